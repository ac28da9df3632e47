"""What more workers give: processes over one database and bucket, reading replaced by its delay.

    python -m benchmarks.scale.hosts.throughput --url postgresql+psycopg://… --bucket \
        --workers 1 2 4 --applications 286

Each worker takes one batch after another and passes applications through all steps, called plainly
as `benchmarks.scale.cpu_by_stage` does; the database (SQLite without a URL), the chain, the locks
and the store (a folder without `--bucket`, else a real S3 server) are real.
"""

import argparse
import contextlib
import multiprocessing
import os
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Final, NamedTuple

from benchmarks.scale.cpu_by_stage import run_steps
from benchmarks.scale.hosts.families import DELAY, replace_reading, write_families
from storage.bootstrap import using_repositories
from storage.settings import Settings
from tasks.intake.take_in import take_in_inbox
from tasks.verification.batches import undecided_rounds
from tests.servers import ACCESS, SECRET, seaweedfs

_BATCH: Final = 50
"""Applications of a batch at most, as `daily` submits them."""


class Spent(NamedTuple):
    """What one batch took: its begin and end, and CPU seconds."""

    began: float
    ended: float
    cpu: float


def work(settings: Settings, batch_id: str) -> Spent:
    """Verify a batch in this process."""
    replace_reading()
    with using_repositories(settings) as repositories:
        rounds = undecided_rounds(repositories, batch_id)
        began, before = time.time(), _cpu()
        for round_ in rounds:
            for _ in run_steps(repositories, round_.round_id):
                pass
        return Spent(began, time.time(), _cpu() - before)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


@contextlib.contextmanager
def _settings(folder: Path, url: str | None, *, bucket: bool) -> Iterator[Settings]:
    common: dict[str, object] = {
        "home": folder / "home",
        "database_url": url,
        "master_key": "A" * 43 + "=",
        "key_database_url": None if url else f"sqlite:///{folder}/keys.db",
    }
    if not bucket:
        yield Settings.model_validate(common)
        return
    folders = SimpleNamespace(mktemp=lambda name: Path(tempfile.mkdtemp(prefix=name, dir=folder)))
    with seaweedfs(folders) as address:
        store = {"object_store": "s3://throughput/office", "s3_endpoint_url": address}
        keys = {"s3_access_key": ACCESS, "s3_secret_key": SECRET}
        yield Settings.model_validate({**common, **store, **keys})


def _measure(settings: Settings, inbox: Path, workers: int) -> str:
    """Take an inbox in, and let so many workers verify it."""
    since = time.time()
    with using_repositories(settings) as repositories:
        taken = take_in_inbox(repositories, str(inbox), shard=_BATCH)
    intake = time.time() - since
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        batches = [(settings, batch) for batch in taken.batch_ids]
        done = pool.starmap(work, batches, chunksize=1)
    with using_repositories(settings) as repositories:
        cases = [repositories.cases.get(round_id) for round_id in taken.round_ids]
        report = repositories.audit.verify(repositories.archive)
        bound = len(repositories.bindings.in_force())
    count = len(cases)
    seconds = max(one.ended for one in done) - min(one.began for one in done)
    outcomes = dict(Counter(case.outcome.value for case in cases if case.outcome))
    return (
        f"{workers} workers: {count} in {seconds:.0f} s, {count / seconds:.2f} a second, beyond the"
        f" delay {1000 * sum(one.cpu for one in done) / count:.0f} CPU ms each;"
        f" taken in at {count / intake:.1f} a second; {outcomes}, {bound} bindings in all,"
        f" chain of {report.events} intact {report.intact}; load {os.getloadavg()[0]:.1f}"
    )


def main() -> None:
    """Print a line for each number of workers."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--url")
    parser.add_argument("--bucket", action="store_true", help="over an S3 server")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--applications", type=int, default=12, help="of each worker")
    parser.add_argument("--seconds", type=float, default=2.0, help="what reading takes")
    given = parser.parse_args()
    os.environ[DELAY] = str(given.seconds)
    with (
        tempfile.TemporaryDirectory() as scratch,
        _settings(Path(scratch), given.url, bucket=given.bucket) as settings,
    ):
        first = 0
        for workers in given.workers:
            count = workers * given.applications
            inbox = Path(scratch) / f"inbox-{workers}"
            write_families(inbox, count, first=first)
            first += count
            print(_measure(settings, inbox, workers), flush=True)


if __name__ == "__main__":
    main()
