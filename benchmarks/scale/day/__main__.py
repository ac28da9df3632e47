"""24 hours of arrivals over HTTP in some minutes, three workers, one of them killed each minute.

    python -m benchmarks.scale.day --applications 300 --minutes 4 --url postgresql+psycopg://…

A SQLite database without a URL. The console that answers HTTP is the real one, in a process of its
own; reading is replaced by its delay. Every family is to be approved. Exit code 1 where one is not,
or is bound twice, where the chain is broken or the books differ.
"""

import argparse
import contextlib
import datetime as dt
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from benchmarks.scale.day.arrivals import Sent, hand_in, moments
from benchmarks.scale.hosts.families import DELAY, write_families
from storage.bootstrap import Repositories, using_repositories
from storage.settings import load_settings
from tasks.reconciliation.reconcile import reconcile
from tasks.staff.api_keys import issue_key

_ADDRESS: Final = re.compile(r"http://127\.0\.0\.1:\d+")
_KILL_EVERY: Final = 60.0
"""Seconds between two workers' deaths."""
_LONGEST_REST: Final = 300.0
"""Seconds after the last arrival in which everything must have its outcome."""


class Workers:
    """So many worker processes; the oldest can be killed, and another one started in its place."""

    def __init__(self, count: int, said: Path) -> None:
        """Start them."""
        self._said = said
        self._living = [self._start() for _ in range(count)]
        self.killed = 0

    def _start(self) -> "subprocess.Popen[bytes]":
        with self._said.open("ab") as said:
            return subprocess.Popen(
                (sys.executable, "-m", "benchmarks.scale.day.worker"), stdout=said, stderr=said
            )

    def kill_oldest(self) -> None:
        """Without a word, as a machine fails."""
        oldest = self._living.pop(0)
        oldest.kill()
        oldest.wait()
        self._living.append(self._start())
        self.killed += 1

    def end(self) -> None:
        """End all of them."""
        for worker in self._living:
            worker.kill()
            worker.wait()


@contextlib.contextmanager
def _console(said: Path) -> Iterator[str]:
    """The console, by its address."""
    kinbind = Path(sys.executable).with_name("kinbind")
    with said.open("ab") as out:
        command = [str(kinbind), "serve", "--console-only", "--port", "0"]
        process = subprocess.Popen(command, stdout=out, stderr=out)  # noqa: S603 (our own command)
    try:
        deadline = time.monotonic() + 60
        while not (found := _ADDRESS.search(said.read_text("utf-8"))):
            if process.poll() is not None or time.monotonic() > deadline:
                sys.exit(said.read_text("utf-8"))
            time.sleep(0.2)
        yield found.group()
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(120)


def _day(folder: Path, given: argparse.Namespace, repositories: Repositories) -> list[Sent]:
    """Let the day pass, and wait until everything has its outcome."""
    write_families(folder / "inbox", given.applications)
    folders = sorted((folder / "inbox").iterdir())
    at = moments(given.applications, given.minutes * 60, random.Random(given.seed))  # noqa: S311
    key = issue_key(repositories, "load", (), actor="benchmark").secret
    workers = Workers(3, folder / "workers.log")
    try:
        with _console(folder / "console.log") as address, ThreadPoolExecutor(1) as pool:
            sending = pool.submit(hand_in, address, key, folders, at)
            kill_at, last = time.monotonic() + _KILL_EVERY, 0.0
            while not sending.done() or _waiting(repositories, given.applications):
                time.sleep(0.5)
                if time.monotonic() > kill_at:
                    workers.kill_oldest()
                    kill_at += _KILL_EVERY
                last = last or (time.monotonic() if sending.done() else 0.0)
                if last and time.monotonic() > last + _LONGEST_REST:
                    break
            print(f"{workers.killed} workers killed", flush=True)
            return sending.result()
    finally:
        workers.end()


def _waiting(repositories: Repositories, applications: int) -> bool:
    rounds = repositories.cases.rounds()
    return len(rounds) < applications or any(round_.outcome is None for round_ in rounds)


def _tell(sent: Sequence[Sent], repositories: Repositories) -> None:
    answers = [one.seconds for one in sent]
    again = sum(one.tries > 1 for one in sent)
    print(
        f"accepted {sum(one.accepted for one in sent)} of {len(sent)}, {again} sent again;", end=""
    )
    print(f" answered within {_spread(answers)}")
    rounds = repositories.cases.rounds()
    waits = [
        (round_.decided_at - round_.received_at).total_seconds()
        for round_ in rounds
        if round_.decided_at is not None
    ]
    print(f"decided {_spread(waits)} after they were received")


def _spread(seconds: Sequence[float]) -> str:
    ordered = sorted(seconds)
    rare = ordered[int(len(ordered) * 0.95)]
    return f"{statistics.median(ordered):.2f} s (95 %: {rare:.2f} s, longest {ordered[-1]:.2f} s)"


def _differences(repositories: Repositories, applications: int) -> list[str]:
    rounds = repositories.cases.rounds()
    outcomes = Counter(case.outcome.value if case.outcome else "undecided" for case in rounds)
    report = repositories.audit.verify(repositories.archive)
    print(f"outcomes {dict(outcomes)}; {report.events} events, chain intact {report.intact}")
    later = dt.datetime.now(dt.UTC) + dt.timedelta(days=2)
    found = [f"{one.fault.value}: {one.subject}" for one in reconcile(repositories, later)]
    if dict(outcomes) != {"approved": applications}:
        found.append("not every family was approved")
    found += [
        f"{round_.application_id} has {bound} bindings"
        for round_ in rounds
        if (bound := len(repositories.bindings.find(round_.application_id))) != 1
    ]
    return found + ([] if report.intact else [f"chain: {report.problem}"])


def main() -> int:
    """Run the day and look."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--url", help="of an empty database")
    parser.add_argument("--applications", type=int, default=300)
    parser.add_argument("--minutes", type=float, default=4.0)
    parser.add_argument("--seconds", type=float, default=1.0, help="what reading takes")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kinbind-day-") as scratch:
        folder = Path(scratch)
        os.environ |= {
            DELAY: str(given.seconds),
            "KINBIND_HOME": str(folder / "home"),
            "XDG_CONFIG_HOME": str(folder / "configuration"),
        }
        if given.url:
            os.environ["KINBIND_DATABASE_URL"] = given.url
        with using_repositories(load_settings()) as repositories:
            sent = _day(folder, given, repositories)
            _tell(sent, repositories)
            found = _differences(repositories, given.applications)
            said = (folder / "workers.log").read_text("utf-8", "replace")
    print("\n".join([*found, said[-3000:]]) if found else "nothing lost, nothing doubled")
    print(f"load of the machine {os.getloadavg()[0]:.1f}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
