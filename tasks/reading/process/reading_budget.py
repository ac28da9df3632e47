"""How much memory and time one file may cost, and how a process holds itself to that."""

import contextlib
import ctypes
import os
import resource
import sys
from pathlib import Path
from typing import Final, NamedTuple

_LEAST_WALL: Final = 120.0
_STATM: Final = Path("/proc/self/statm")
_OOM_SCORE: Final = Path("/proc/self/oom_score_adj")
_FIRST_TO_GO: Final = "1000"
_MAX_FILE_BYTES: Final = 256 * 2**20
_CLONE_NEWUSER: Final = 0x10000000
_CLONE_NEWNET: Final = 0x40000000


class ReadingBudget(NamedTuple):
    """What one file may cost.

    Attributes:
        memory: Bytes beyond what the process holds when it begins. The largest pictures that are
            accepted (80 million pixels with transparency) need 0.6 GB.
        file_seconds: CPU seconds from which on no further page of a file is begun. A page costs
            0.3 to 1.2, the worst that was found (a page of fine noise) 4.
        page_seconds: CPU seconds beyond that after which the process is ended: one page hangs.
        application_seconds: CPU seconds from which on no further file of an application is begun;
            an honest application costs 4.
    """

    memory: int = 1500 * 2**20
    file_seconds: float = 45.0
    page_seconds: float = 30.0
    application_seconds: float = 120.0

    @property
    def wall_seconds(self) -> float:
        """How long to wait for an answer: the process may wait for a processor, not for ever."""
        return max(_LEAST_WALL, 8 * (self.file_seconds + self.page_seconds))


def confine_process() -> str:
    """Give this process no core dump, no network, and the first place when memory runs out.

    Has to come before the process has a second thread.

    Returns:
        "none", or "open" where the platform does not let a process give up the network.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_MAX_FILE_BYTES, _MAX_FILE_BYTES))
    if not sys.platform.startswith("linux"):
        return "open"
    with contextlib.suppress(OSError):  # the kernel ends this one, and not the one that watches
        _OOM_SCORE.write_text(_FIRST_TO_GO)
    libc = ctypes.CDLL(None, use_errno=True)
    spaces = _CLONE_NEWNET if os.geteuid() == 0 else _CLONE_NEWUSER | _CLONE_NEWNET
    return "none" if libc.unshare(spaces) == 0 else "open"


def lift_limits() -> None:
    """Take back what the last task was limited to: loading engines is no part of a file's work."""
    for kind in (resource.RLIMIT_CPU, resource.RLIMIT_AS):
        highest = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (highest, highest))


def begin_task(memory: int, seconds: float) -> None:
    """Limit what this process may take from now on.

    Args:
        memory: Bytes of address space beyond what it has.
        seconds: CPU seconds beyond what it has used; the kernel ends it after them.
    """
    own = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(own.ru_utime + own.ru_stime + seconds) + 1
    _limit(resource.RLIMIT_CPU, spent)
    if _STATM.exists():
        held = int(_STATM.read_text().split()[0]) * resource.getpagesize()
        _limit(resource.RLIMIT_AS, held + memory)


def _limit(kind: int, most: int) -> None:
    """Limit this process; a lower limit that it was started under stays the highest."""
    highest = resource.getrlimit(kind)[1]
    resource.setrlimit(
        kind, (most if highest == resource.RLIM_INFINITY else min(most, highest), highest)
    )
