"""Child processes that leave nothing behind."""

import ctypes
import os
import signal
import subprocess
import sys

_PR_SET_PDEATHSIG = 1


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


def stop(process: "subprocess.Popen[bytes]", *, patience: float) -> None:
    """End a child: asked first, made to after that many seconds."""
    process.terminate()
    try:
        process.wait(timeout=patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
