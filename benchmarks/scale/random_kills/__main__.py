"""Kill the processes of a batch at random moments, each part in its turn, until it is done.

    TMPDIR=/dev/shm .venv/bin/python -m benchmarks.scale.random_kills --kills 100 --seed 1
    TMPDIR=/dev/shm .venv/bin/python -m benchmarks.scale.random_kills --kills 100 --seed 2 --plain

A calm run comes first. Then the same inbox again, in homes of their own: the command is started; a
reading process and the orchestrator, without which it goes on, are killed, then the command or a
worker, and it is started again, until a run ends by itself, or ten were killed and one is left
alone. Then outcomes and codes are those of the calm run, every approval has one binding, the chain
is whole, the books agree (`reconcile`), and no process is left. Exit code 1 where anything differs.

Readings are stored ones (`stored_readings`), so that seconds do; `--at-once` series of homes share
the kills. `--plain` does the same work in one process without orchestrator and workers
(`plain_run`); it is forked from this one and starts at once. With `TMPDIR=/dev/shm` nothing waits
for a disk, of which a kill takes nothing anyway.
"""

import argparse
import multiprocessing
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from multiprocessing.queues import SimpleQueue
from pathlib import Path
from typing import Final

from benchmarks.scale.random_kills.kill_runs import Killing, kill_runs, run_calmly
from benchmarks.scale.random_kills.office import Office
from benchmarks.scale.random_kills.stored_readings import write_stored

_FORK: Final = multiprocessing.get_context("fork")
_SHOWN: Final = 20
"""Of what differed: a home that was not brought to its end differs in every application."""


def main() -> None:
    """Print what was killed, and what differed."""
    chosen = _chosen()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kinbind-kills-") as scratch:
        folder = Path(scratch)
        environment = write_stored(folder, count=chosen.count, seed=chosen.seed)
        environment["XDG_CONFIG_HOME"] = str(folder / "configuration")  # keys lie there
        os.environ.update(environment)
        calm = Office(folder / "calm", folder / "inbox", environment, chosen.plain)
        seconds = run_calmly(calm)
        if not calm.plain:  # the first run made the run history, which took most of its time
            warm = calm._replace(home=folder / "warm")
            shutil.copytree(calm.home / "orchestrator", warm.home / "orchestrator")
            seconds = run_calmly(warm)
        print(f"calm: {chosen.count} applications, {seconds:.0f} s", flush=True)
        done = _in_series(calm, seconds, chosen)
    killed = sum((one.killed for one in done), Counter[str]())
    wrong = [line for one in done for line in one.wrong]
    print(
        f"killed {killed.total()} over {sum(one.homes for one in done)} homes: {dict(killed)};"
        f" differences: {len(wrong)}; {time.monotonic() - started:.0f} s"
    )
    for line in wrong[:_SHOWN]:
        print(f"  {line}")
    sys.exit(1 if wrong or killed.total() < chosen.kills else 0)


def _chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=60, help="Applications.")
    parser.add_argument("--kills", type=int, default=100, help="At least so many.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plain", action="store_true", help="No orchestrator, no workers.")
    parser.add_argument("--at-once", type=int, default=4, help="Series; they mostly wait.")
    return parser.parse_args()


def _in_series(calm: Office, seconds: float, chosen: argparse.Namespace) -> list[Killing]:
    """Kill in several homes at once, each series with its share; one that fails gives nothing."""
    answers: SimpleQueue[Killing] = _FORK.SimpleQueue()
    series = []
    for number in range(chosen.at_once):
        kills = len(range(number, chosen.kills, chosen.at_once))
        # No thread runs yet in this process.
        work = (answers, calm, seconds, kills, chosen.seed * 100 + number)
        series.append(_FORK.Process(target=_one_series, args=work))
    for one in series:
        one.start()
    done = []
    for one in series:
        one.join()
    while not answers.empty():
        done.append(answers.get())
    return done


def _one_series(
    answers: "SimpleQueue[Killing]", calm: Office, seconds: float, kills: int, seed: int
) -> None:
    """Reading processes are known by the readings that they look into: each series has its own."""
    folder = calm.inbox.parent / f"series{seed}"
    shutil.copytree(calm.inbox, folder / "inbox")
    readings = folder / "readings"
    readings.symlink_to(calm.inbox.parent / "readings")
    environment = calm.environment | {"STORED_READINGS": str(readings)}
    os.environ.update(environment)
    own = calm._replace(environment=environment)
    answers.put(kill_runs(own, folder / "inbox", seconds, kills, seed))


if __name__ == "__main__":
    main()
