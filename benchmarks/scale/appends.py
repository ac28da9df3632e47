"""Events appended to the audit log in a second, by several writers at once.

`python -m benchmarks.scale.appends --url postgresql+psycopg://… --writers 1 2 4 8`; without a URL a
SQLite database in a temporary folder. `--batch` events go into one transaction, as a step's do.
`--threads` of each writer append at once: what waits for the disk needs no core of its own. The
load of the machine at the end of each measurement (of one minute) stands beside it.
"""

import argparse
import multiprocessing
import os
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from pydantic import SecretStr

from models.audit.event import EventTag, NewEvent
from storage.bootstrap import using_repositories
from storage.settings import Settings


def event(writer: int, number: int) -> NewEvent:
    """One event of an application of its own."""
    name = f"A{writer}-{number}"
    return NewEvent(
        tag=EventTag.APPLICATION_RECEIVED,
        application_id=name,
        round_id=f"{writer:04}{number:028}",
        actor="machine",
        details={"documents": 5},
        idempotency_key=f"{name}:received",
    )


class Writing(NamedTuple):
    """When a writer began and ended, and its longest transaction; seconds."""

    began: float
    ended: float
    longest: float


def write(settings: Settings, writer: int, events: int, batch: int, threads: int) -> Writing:
    """Append events in one process, from so many threads."""
    with using_repositories(settings) as repositories:

        def append(thread: int) -> float:
            longest = 0.0
            for first in range(0, events, batch):
                began = time.perf_counter()
                numbers = range(first, min(first + batch, events))
                name = writer * threads + thread
                repositories.audit.append_many([event(name, number) for number in numbers])
                longest = max(longest, time.perf_counter() - began)
            return longest

        started = time.time()
        with ThreadPoolExecutor(threads) as pool:
            longest = max(pool.map(append, range(threads)))
        return Writing(started, time.time(), longest)


def measure(settings: Settings, writers: int, given: argparse.Namespace) -> str:
    """Let so many processes append, and tell how that went."""
    with using_repositories(settings) as repositories:
        before = repositories.audit.verify().events
    with multiprocessing.get_context("spawn").Pool(writers) as pool:
        names = range(before, before + writers)
        work = [(settings, name, given.events, given.batch, given.threads) for name in names]
        done = pool.starmap(write, work)
    seconds = max(one.ended for one in done) - min(one.began for one in done)
    with using_repositories(settings) as repositories:
        began = time.process_time()
        report = repositories.audit.verify()
        checked = time.process_time() - began
    count = report.events - before
    return (
        f"{count} events, {writers} writers of {given.threads} threads,"
        f" {given.batch} in a transaction: {count / seconds:.0f} a second,"
        f" longest wait {max(one.longest for one in done):.2f} s, intact {report.intact} (all"
        f" {report.events} checked in {checked:.2f} CPU s),"
        f" load {os.getloadavg()[0]:.1f}"
    )


def main() -> None:
    """Measure and print a line for each number of writers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="of an empty database")
    parser.add_argument("--writers", type=int, nargs="+", default=[1, 2, 4, 8])
    parser.add_argument("--threads", type=int, default=1, help="of each writer; 15 at most")
    parser.add_argument("--events", type=int, default=500, help="of each thread")
    parser.add_argument("--batch", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            home=Path(folder) / "home",
            database_url=SecretStr(given.url) if given.url else None,
            master_key=SecretStr("A" * 43 + "="),
            key_database_url=SecretStr(f"sqlite:///{folder}/keys.db"),
        )
        for writers in given.writers:
            print(measure(settings, writers, given), flush=True)


if __name__ == "__main__":
    main()
