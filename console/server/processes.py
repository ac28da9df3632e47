"""Child processes that leave nothing behind."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

_PR_SET_PDEATHSIG = 1


class ChildProcess(NamedTuple):
    """A process that is wanted.

    Attributes:
        name: As people are told.
        command: What starts it. It has to end with its parent of its own accord.
        environment: All of it.
        inherited: Descriptors of files and sockets that it inherits.
        folder: Where it starts.
        log: Where its output goes; the folder is made where it is missing.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    inherited: tuple[int, ...]
    folder: Path
    log: Path


def start(child: ChildProcess) -> "subprocess.Popen[bytes]":
    """Start a child in a session of its own: Ctrl-C in a terminal is for us; we end it in order."""
    child.log.parent.mkdir(parents=True, exist_ok=True)
    with child.log.open("ab") as log:
        return subprocess.Popen(  # noqa: S603  (our own modules)
            child.command,
            env=dict(child.environment),
            pass_fds=child.inherited,
            cwd=child.folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def stop(process: "subprocess.Popen[bytes]", *, grace_seconds: float) -> None:
    """End a child: asked first, killed after that many seconds."""
    process.terminate()
    try:
        process.wait(timeout=grace_seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def end_with_parent(parent: int) -> None:
    """Ask the kernel to end this process when its parent ends, even by SIGKILL (Linux only).

    What the kernel watches is the thread that started this process: it has to live as long.

    Args:
        parent: The process that started this one; when it is gone already, so are we.
    """
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit(0)
