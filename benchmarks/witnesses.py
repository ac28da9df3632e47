"""How often a misreading lands on a value that the form or another paper gives.

    .venv/bin/python -m benchmarks.outcomes --count 60 --seed 90001 --keep /tmp/kept
    .venv/bin/python -m benchmarks.witnesses /tmp/kept [/tmp/another ...]

The chances in `tasks/identity/witnesses.py` are set above what this counts. A misread value counts
as landing when it is what the form states of either person, or what stands in a field of the same
sort on any paper of the same application by the truth: every value that could speak for it.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from benchmarks.intervals import MeasuredShare
from models.reading.document import DocumentReading
from storage.bootstrap import open_repositories
from storage.settings import Settings
from tasks.identity.similarity import Similarity, compare_names
from tasks.rounds.round_results import load_readings

LEAST: Final = 0.30
"""Below this confidence no witness is heard."""
_SORTS: Final = (
    ("id_number", "numbers"),
    ("name", "names"),
    ("_date", "days"),
    ("_time", "days"),
    ("household_number", "household numbers"),
)


class MisreadField(NamedTuple):
    """One field that was read wrong, and what could have spoken for it."""

    sort: str
    value: str
    truth: str
    others: frozenset[str]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Count what misreadings land on.")
    parser.add_argument("kept", type=Path, nargs="+", help="folders that benchmarks.outcomes kept")
    chosen = parser.parse_args()
    read: Counter[str] = Counter()
    wrong = [m for folder in chosen.kept for m in _misread(folder, read)]
    print(f"{'fields':20}{'read':>8}  {'wrong':34}{'landing on another value':34}look-alikes")
    for sort in dict.fromkeys(name for _, name in _SORTS):
        misread = [m for m in wrong if m.sort == sort]
        landed = MeasuredShare(sum(m.value in m.others for m in misread), len(misread))
        alike = sum(compare_names(m.value, m.truth) is Similarity.ALIKE for m in misread)
        share = MeasuredShare(len(misread), read[sort])
        told = alike if sort == "names" else "-"
        print(f"{sort:20}{read[sort]:8}  {share!s:34}{landed!s:34}{told}")


def _misread(folder: Path, read: Counter[str]) -> Iterator[MisreadField]:
    """Every field of a kept run that was read wrong and not as a guess."""
    repositories = open_repositories(Settings(home=folder / "home"))
    for case in repositories.cases.rounds():
        path = folder / "inbox" / f"{case.application_id}.truth.json"
        if case.region is None or not path.is_file():
            continue
        truth = json.loads(path.read_text("utf-8"))
        papers = load_readings(repositories, case.round_id).papers
        yield from _of_application(truth, papers, read)
    repositories.close()


def _of_application(
    truth: dict[str, Any], papers: tuple[DocumentReading, ...], read: Counter[str]
) -> Iterator[MisreadField]:
    told = {
        (file, one["page"], one["part"]): one
        for file, parts in truth["files"].items()
        for one in parts
    }
    values = _values(told.values())
    for paper in papers:
        one = told.get((paper.file, paper.page, paper.part))
        if one is None or one["kind"] != paper.kind:
            continue
        for name, right in one["fields"].items():
            sort, value = _sort(name), paper.value(name)
            if sort is None or right is None or value is None or paper.confidence(name) < LEAST:
                continue
            read[sort] += 1
            if _plain(name, value) != _plain(name, right):
                yield MisreadField(sort, value, right, frozenset(values[sort] - {right}))


def _values(papers: Any) -> dict[str, set[str]]:  # noqa: ANN401
    found: dict[str, set[str]] = {name: set() for _, name in _SORTS}
    for paper in papers:
        for name, value in paper["fields"].items():
            if value is not None and (sort := _sort(name)) is not None:
                found[sort].add(_plain(name, value))
    return found


def _plain(name: str, value: str) -> str:
    """Of a moment its day."""
    return value[:10] if name.endswith("_time") else value


def _sort(name: str) -> str | None:
    plain = name.rstrip("0123456789")
    return next((sort for ending, sort in _SORTS if plain.endswith(ending)), None)


if __name__ == "__main__":
    main()
