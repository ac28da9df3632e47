"""I/O counts of each step of an application: decryptions, records, SQL statements.

    .venv/bin/python -m benchmarks.scale.io_counts --count 3 --seed 120001 --level phone

The steps run plainly, each given what the ones before it kept. Counted are calls of the functions
themselves, so the count holds whoever calls them.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, Final

from sqlalchemy import event

from benchmarks.scale.cpu_by_stage import run_steps
from specimens.applications.write_specimens import write_specimens
from storage.bootstrap import Repositories, open_repositories
from storage.objects.archive import Archive
from storage.settings import Settings
from tasks.checks.all_checks import prepare_checks
from tasks.identity.assign_documents import sort_papers
from tasks.intake.take_in import take_in_inbox
from tasks.kinship.proof.derive import derive_kinship

COUNTED: Final = {
    Archive._kept.__code__: "record",
    Archive.get_bytes.__code__: "picture",
    sort_papers.__code__: "documents assigned",
    derive_kinship.__code__: "kinship derived",
    prepare_checks.__code__: "checks prepared",
}


def main() -> None:
    """Print the counts of each application, step by step."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=3)
    parser.add_argument("--seed", type=int, default=120001)
    parser.add_argument("--level", default="phone")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_specimens(folder / "inbox", count=chosen.count, seed=chosen.seed, level=chosen.level)
        repositories = open_repositories(Settings(home=folder / "home"))
        taken = take_in_inbox(repositories, str(folder / "inbox"), shard=200)
        for round_id in taken.round_ids:
            _report(repositories, round_id)
        repositories.close()


def _report(repositories: Repositories, round_id: str) -> None:
    whole: Counter[str] = Counter()
    with counting(repositories) as counts:
        for step in run_steps(repositories, round_id):
            whole.update(counts)
            print(f"  {step:9} {_line(counts)}")
            counts.clear()
    round_ = repositories.cases.get(round_id)
    print(f"{round_.application_id} {round_.outcome}: {_line(whole)}\n")


def _line(counts: Counter[str]) -> str:
    decrypted = sum(n for what, n in counts.items() if what.startswith(("record", "picture")))
    parts = {"decrypted": decrypted, **dict(sorted(counts.items()))}
    return ", ".join(f"{what} {number}" for what, number in parts.items())


@contextmanager
def counting(repositories: Repositories) -> Iterator[Counter[str]]:
    """Count what is called inside the block."""
    counts: Counter[str] = Counter()

    def called(frame: FrameType, what: str, _: Any) -> None:  # noqa: ANN401 - as Python calls it
        name = COUNTED.get(frame.f_code) if what == "call" else None
        if name == "record":
            name = f"record {str(frame.f_locals['key']).partition('/')[0]}"
        if name:
            counts[name] += 1

    def asked(*_: object) -> None:
        counts["SQL statements"] += 1

    event.listen(repositories.engine, "before_cursor_execute", asked)
    sys.setprofile(called)
    try:
        yield counts
    finally:
        sys.setprofile(None)
        event.remove(repositories.engine, "before_cursor_execute", asked)


if __name__ == "__main__":
    main()
