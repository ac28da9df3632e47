"""How often a misreading lands on a value that is somebody's: the chance of a false witness.

    .venv/bin/python -m benchmarks.reading.witnesses --seeds 60 --level hard

The chances in `tasks/identity/witnesses.py` have to lie above what this counts. Papers with known
contents are drawn and read; a misread value lands when it is the true value of the same sort on any
other of the drawn papers. An application has two people and a handful of papers, so a witness that
says just that is rarer by far.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final, NamedTuple

from benchmarks.intervals import MeasuredShare
from benchmarks.reading.papers import BenchmarkPaper, drawn
from models.reading.document import DocumentKind, DocumentReading
from tasks.identity.similarity import Similarity, compare_names
from tasks.reading.read_file import read_file

LEAST: Final = 0.30
"""Below this confidence no witness is heard."""
_FIRST_SEED: Final = 95_000
_KINDS: Final = (
    DocumentKind.HUKOU_MEMBER,
    DocumentKind.HUKOU_COVER,
    DocumentKind.ID_CARD_PORTRAIT,
    DocumentKind.BIRTH_CERTIFICATE,
)
_SORTS: Final = (
    ("id_number", "numbers"),
    ("name", "names"),
    ("_date", "days"),
    ("_time", "days"),
    ("household_number", "household numbers"),
)


class ReadField(NamedTuple):
    """One field that was read, right or wrong."""

    sort: str
    paper: str
    value: str
    truth: str


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Count what misreadings land on.")
    parser.add_argument("--seeds", type=int, default=60, help="papers of each kind")
    parser.add_argument("--level", default="hard")
    chosen = parser.parse_args()
    seeds = range(_FIRST_SEED, _FIRST_SEED + chosen.seeds)
    papers = drawn(_KINDS, chosen.level, seeds, "tuning")
    fields = [field for paper in papers for field in _fields(paper)]
    _print_table(fields)


def _fields(paper: BenchmarkPaper) -> Iterable[ReadField]:
    """The fields of the sorts that have witnesses, read as more than a guess."""
    for read in read_file(f"{paper.name}.jpg", paper.data):
        if read.reading.kind is paper.kind:
            yield from _of_reading(paper, read.reading)


def _of_reading(paper: BenchmarkPaper, reading: DocumentReading) -> Iterable[ReadField]:
    for name, truth in paper.fields.items():
        sort, value = _sort(name), reading.value(name)
        heard = reading.confidence(name) >= LEAST
        if sort and truth is not None and value is not None and heard:
            yield ReadField(sort, paper.name, _plain(name, value), _plain(name, truth))


def _print_table(fields: list[ReadField]) -> None:
    of_others: dict[str, Counter[str]] = defaultdict(Counter)
    for sort, truth in {(f.sort, f.truth) for f in fields}:
        of_others[sort][truth] += 1
    print(f"{'fields':20}{'read wrong':36}{'landing on somebody else':36}look-alikes")
    for sort in dict.fromkeys(name for _, name in _SORTS):
        mine = [f for f in fields if f.sort == sort]
        wrong = [f for f in mine if f.value != f.truth]
        landed = MeasuredShare(sum(f.value in of_others[sort] for f in wrong), len(wrong))
        alike = sum(compare_names(f.value, f.truth) is Similarity.ALIKE for f in wrong)
        share = MeasuredShare(len(wrong), len(mine))
        print(f"{sort:20}{share!s:36}{landed!s:36}{alike if sort == 'names' else '-'}")


def _plain(name: str, value: str) -> str:
    """Of a moment its day."""
    return value[:10] if name.endswith("_time") else value


def _sort(name: str) -> str | None:
    return next((sort for ending, sort in _SORTS if name.endswith(ending)), None)


if __name__ == "__main__":
    main()
