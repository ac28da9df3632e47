"""A pipe that ends a process, and what it started, once whoever holds the other end is gone.

Linux sends the signal itself, whatever the process is at: a decoder may hold the interpreter for
minutes. `PR_SET_PDEATHSIG` would be of no use: it follows the thread that started the process, and
threads of a run end before it. Elsewhere, and where a copy of the parent holds the pipe open, a
look at the parent every second does it.
"""

import contextlib
import fcntl
import os
import signal
import threading
import time
from typing import Final

_LOOK_SECONDS: Final = 1.0


def end_with_parent(parent: int, lifeline: int) -> None:
    """End this process and its group when the parent has ended.

    Args:
        parent: Its process identifier.
        lifeline: The reading end of a pipe; the parent keeps the other end and writes nothing.
    """
    if hasattr(fcntl, "F_SETSIG"):
        flags = fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC | os.O_NONBLOCK
        fcntl.fcntl(lifeline, fcntl.F_SETOWN, -os.getpgrp() if _leads() else os.getpid())
        fcntl.fcntl(lifeline, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(lifeline, fcntl.F_SETFL, flags)
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def end_group(leader: int) -> None:
    """End a process that leads a group, and what it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)
    if _leads():
        end_group(os.getpid())
    os._exit(0)


def _leads() -> bool:
    """Whether the group is this process's own: others are in it that must not end with us."""
    return os.getpgrp() == os.getpid()
