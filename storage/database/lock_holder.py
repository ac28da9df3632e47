"""Which process keeps others from writing into a SQLite database, as Linux tells it."""

import contextlib
import os
import re
from pathlib import Path
from typing import Final, NamedTuple

_LOCKS: Final = Path("/proc/locks")
_LINE: Final = re.compile(r"POSIX +ADVISORY +WRITE +(\d+) \w+:\w+:(\d+) (\d+) (\d+|EOF)")
_WRITER: Final = 120
"""The byte of the index of the log that a writer locks
(https://www.sqlite.org/walformat.html, 2.3.1)."""


class LockingProcess(NamedTuple):
    """A process: its number and its program. Its words are left out: they may name people."""

    process: int
    program: str


def writer_of(database: Path) -> LockingProcess | None:
    """Who holds the lock of writers at this moment; None where nobody does, or nobody can tell."""
    with contextlib.suppress(OSError):
        inode = database.with_name(f"{database.name}-shm").stat().st_ino
        for found in _LINE.finditer(_LOCKS.read_text("ascii")):
            process, file, first, last = found.groups()
            ends = last == "EOF" or int(last) >= _WRITER
            if int(file) == inode and int(first) <= _WRITER and ends and process != "0":
                return LockingProcess(int(process), _program(int(process)))
    return None


def _program(process: int) -> str:
    if process == os.getpid():
        return "本进程 this process"
    with contextlib.suppress(OSError):
        return Path(f"/proc/{process}/comm").read_text("utf-8", "replace").strip()
    return "?"
