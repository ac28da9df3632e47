"""Events appended to the audit log in a second, by several writers at once.

`python -m benchmarks.scale.appends --url postgresql+psycopg://… --writers 4 --events 500`; without
a URL a SQLite database in a temporary folder. `--batch` events go into one transaction, as a
step's do. `--threads` of each writer append at once: what waits for the disk needs no core of
its own.
"""

import argparse
import multiprocessing
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


def main() -> None:
    """Measure and print one line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url")
    parser.add_argument("--writers", type=int, default=4)
    parser.add_argument("--threads", type=int, default=1, help="of each writer; 15 at most")
    parser.add_argument("--events", type=int, default=500, help="of each thread")
    parser.add_argument("--batch", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = SecretStr(given.url) if given.url else None
        settings = Settings(
            home=Path(folder) / "home",
            database_url=url,
            master_key=SecretStr("A" * 43 + "="),
            key_database_url=SecretStr(f"sqlite:///{folder}/keys.db"),
        )
        with using_repositories(settings) as repositories:
            before = repositories.audit.verify().events
        with multiprocessing.get_context("spawn").Pool(given.writers) as pool:
            work = [
                (settings, n, given.events, given.batch, given.threads)
                for n in range(given.writers)
            ]
            done = pool.starmap(write, work)
        seconds = max(one.ended for one in done) - min(one.began for one in done)
        with using_repositories(settings) as repositories:
            report = repositories.audit.verify()
    count = report.events - before
    print(
        f"{count} events, {given.writers} writers of {given.threads} threads,"
        f" {given.batch} in a transaction:"
        f" {count / seconds:.0f} a second, longest wait {max(one.longest for one in done):.2f} s,"
        f" intact {report.intact}"
    )


if __name__ == "__main__":
    main()
