"""What more workers give: processes over one database, with reading replaced by its delay.

    python -m benchmarks.scale.hosts.throughput --url postgresql+psycopg://… --workers 1 2 4

Each worker passes applications through all steps, called plainly as
`benchmarks.scale.cpu_by_stage` does; the database (SQLite without a URL),
the chain, the locks and the store are real.
"""

import argparse
import multiprocessing
import os
import resource
import tempfile
import time
from collections import Counter
from pathlib import Path

from pydantic import SecretStr

from benchmarks.scale.cpu_by_stage import run_steps
from benchmarks.scale.hosts.families import DELAY, replace_reading, write_families
from storage.bootstrap import using_repositories
from storage.settings import Settings
from tasks.intake.take_in import take_in_inbox
from tasks.verification.batches import undecided_rounds


def work(settings: Settings, batch_id: str) -> tuple[float, float, float]:
    """Verify a batch in this process; gives begin and end, and the CPU seconds that it took."""
    replace_reading()
    with using_repositories(settings) as repositories:
        rounds = undecided_rounds(repositories, batch_id)
        began, before = time.time(), resource.getrusage(resource.RUSAGE_SELF)
        for round_ in rounds:
            for _ in run_steps(repositories, round_.round_id):
                pass
        after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return began, time.time(), cpu


def main() -> None:
    """Print a line for each number of workers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--applications", type=int, default=12, help="of each worker")
    parser.add_argument("--seconds", type=float, default=4.5, help="what reading takes")
    given = parser.parse_args()
    os.environ[DELAY] = str(given.seconds)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            home=Path(folder) / "home",
            database_url=SecretStr(given.url) if given.url else None,
            master_key=SecretStr("A" * 43 + "="),
            key_database_url=SecretStr(f"sqlite:///{folder}/keys.db"),
        )
        first = 0
        for workers in given.workers:
            count = workers * given.applications
            inbox = Path(folder) / f"inbox-{workers}"
            write_families(inbox, count, first=first)
            first += count
            with using_repositories(settings) as repositories:
                taken = take_in_inbox(repositories, str(inbox), shard=given.applications)
            with multiprocessing.get_context("spawn").Pool(workers) as pool:
                done = pool.starmap(work, [(settings, batch) for batch in taken.batch_ids])
            with using_repositories(settings) as repositories:
                cases = [repositories.cases.get(round_id) for round_id in taken.round_ids]
                intact = repositories.audit.verify(repositories.archive).intact
            seconds = max(end for _, end, _ in done) - min(begin for begin, _, _ in done)
            outcomes = dict(Counter(case.outcome.value for case in cases if case.outcome))
            print(
                f"{workers} workers: {count / seconds:.2f} applications a second, beyond the delay"
                f" {1000 * sum(cpu for _, _, cpu in done) / count:.0f} CPU ms each;"
                f" {outcomes}, chain intact {intact}",
                flush=True,
            )


if __name__ == "__main__":
    main()
