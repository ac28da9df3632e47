"""How fast the console answers with few and with many open cases, over HTTP on a local port.

    .venv/bin/python -m benchmarks.console --cases 1000 10000 --rounds 200
    .venv/bin/python -m benchmarks.console --claims 1000
    .venv/bin/python -m benchmarks.console --database postgresql+psycopg://… (an empty database)

Every round asks each page once, in turn, so that whatever else the machine does meets all alike.
"""

import argparse
import tempfile
from pathlib import Path

from benchmarks.console.claims import race
from benchmarks.console.fill import add_people, add_rows, add_whole_cases
from benchmarks.console.visit import Times, serving, visit
from storage.bootstrap import using_repositories
from storage.settings import Settings

_WHOLE = 150


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, nargs="*", default=[1000, 10_000])
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--claims", type=int, default=0, help="let 8 empty a queue of so many")
    parser.add_argument("--database", help="URL of an empty database; SQLite where not given")
    parser.add_argument("--home", type=Path, help="a folder to keep everything in")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        settings = Settings(home=chosen.home or Path(scratch), database_url=chosen.database)
        if chosen.claims:
            race(settings, chosen.claims)
            return
        _measure(settings, sorted(chosen.cases), chosen.rounds)


def _measure(settings: Settings, sizes: list[int], rounds: int) -> None:
    with using_repositories(settings) as opened:
        known = opened.reviews.list()
        if not known:
            add_people(opened, reviewers=1)
            add_whole_cases(opened, _WHOLE)
    filled = max(0, len(known) - _WHOLE)
    for size in sizes:
        with using_repositories(settings) as opened:
            add_rows(opened, filled, max(0, size - _WHOLE - filled))
            filled = max(filled, size - _WHOLE)
            whole = [r.review_id for r in opened.reviews.list() if r.application_id[0] == "W"]
        with serving(settings) as address:
            _print(size, visit(address, whole, rounds))


def _print(size: int, times: Times) -> None:
    base = times.percentile("sign-in page", 95)
    print(f"\n{size} open cases\n{'page':<34} {'p50 ms':>8} {'p95 ms':>8} {'to sign-in':>11}")
    for name in times.names:
        half, most = times.percentile(name, 50), times.percentile(name, 95)
        print(f"{name:<34} {half:8.1f} {most:8.1f} {most / base:10.1f}x")


if __name__ == "__main__":
    main()
