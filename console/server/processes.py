"""Child processes that leave nothing behind."""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

_PR_SET_PDEATHSIG: Final = 1
_LOG_BYTES: Final = 10_000_000


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


def bound_log(path: Path, *, max_bytes: int = _LOG_BYTES) -> None:
    """Where a child's log has grown too large, keep its content once as `….1` and begin anew.

    The child goes on writing: it appends, wherever the end is. What it writes between the copy and
    the cut is lost.
    """
    try:
        if path.stat().st_size <= max_bytes:
            return
        shutil.copyfile(path, path.with_name(f"{path.name}.1"))
        os.truncate(path, 0)
    except OSError:  # a log that cannot be bounded stops nobody's work
        return


def start(child: ChildProcess) -> "subprocess.Popen[bytes]":
    """Start a child in a session of its own: Ctrl-C in a terminal is for us; we end it in order."""
    child.log.parent.mkdir(parents=True, exist_ok=True)
    bound_log(child.log)
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
