"""Make a simulated history and publish its tables: `python -m benchmarks.history HOME`.

The notebooks can then be run over it: `KINBIND_DATASET=HOME/dataset`.
"""

import argparse
import resource
import time
from pathlib import Path

from benchmarks.history.copies import copy_history
from benchmarks.history.record import record_history
from specimens.history.simulate import simulate
from storage.bootstrap import using_repositories
from storage.settings import Settings
from tasks.reports.dataset.publish_dataset import publish_dataset


def main() -> None:
    """Record, publish, and say what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--days", type=int, default=250)
    parser.add_argument("--seed", type=int, default=15001)
    parser.add_argument(
        "--copies", type=int, default=0, help="of it, beside it: for its size alone"
    )
    options = parser.parse_args()
    with using_repositories(Settings(home=options.home)) as office:
        start = time.process_time()
        cases = simulate(options.count, seed=options.seed, days=options.days)
        rounds = record_history(office, cases, seed=options.seed)
        copy_history(office, options.copies)
        print(f"{rounds} rounds decided, {time.process_time() - start:.1f} CPU s")
        start = time.process_time()
        manifest = publish_dataset(office)
        print(f"published in {time.process_time() - start:.1f} CPU s: {manifest.rows}")
        print(f"made coarser: {manifest.coarsened}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"peak {peak} MB")


if __name__ == "__main__":
    main()
