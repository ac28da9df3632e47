"""The processes that work for one home, by their part in the work."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

PARTS: Final = {
    "command": "kinbind\0run\0",
    "orchestrator": "console.server.orchestrator.server_process",
    "worker": "multiprocessing.spawn",
    "reading process": "tasks.reading.process.reading_process",
}
"""Part to words of its command line."""


def processes(home: Path) -> Iterator[tuple[int, str]]:
    """Every process that was started for a home, with its command line."""
    mark = f"KINBIND_HOME={home}\0".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().decode(errors="replace")
            mine = mark in (folder / "environ").read_bytes()
        except OSError:
            continue
        if mine and words:
            yield int(folder.name), words


def members(home: Path, inbox: Path, part: str) -> list[int]:
    """The processes of one part; reading processes have no home of ours in their environment."""
    if part == "reading process":
        return _readers(inbox)
    return [pid for pid, words in processes(home) if PARTS[part] in words]


def left_behind(home: Path, inbox: Path, seconds: float) -> list[int]:
    """What still runs for a home so long after its command ended."""
    deadline = time.monotonic() + seconds
    while True:
        left = [pid for pid, _ in processes(home)] + _readers(inbox)
        if not left or time.monotonic() > deadline:
            return left
        time.sleep(0.1)


def kill(pid: int) -> bool:
    """Kill a process at once; False where it has just ended."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def _readers(inbox: Path) -> list[int]:
    """Reading processes that look into the readings beside an inbox."""
    mark = f"STORED_READINGS={inbox.parent / 'readings'}\0".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().decode(errors="replace")
            if PARTS["reading process"] in words and mark in (folder / "environ").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue
    return found
