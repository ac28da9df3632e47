"""What reading made of a case: papers found, fields right, values taken from another paper."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.reading.field_cases.case import CasePaper, FieldCase
from models.reading.document import DocumentReading

SURE: Final = 0.95
_REPORTS: Final = frozenset({"Q05", "Q06", "D04"})
"""Codes that tell the family that something in the picture was not read."""
_OF_MANY: Final = 4
"""Characters from which a value that stands on another paper was surely taken from there: two
people are often of one sex, ethnicity or family."""
_SHARED: Final = frozenset({"household_number", "address", "registration_date", "issue_date"})
"""Fields that papers of one family have in common."""


class CaseScore(NamedTuple):
    """One picture held against its truth.

    Attributes:
        row: Of which row of cases.
        case: Its name.
        papers: How many it shows.
        found: How many of them were read as what they are.
        extra: Readings of a kind that match no paper.
        reported: Something was said to be unread.
        fields: How many there are to be read.
        right: Of them, read exactly.
        wrong: Another value, at any confidence.
        sure: Of the wrong ones, those at 0.95 or more.
        foreign: Values that stand on another paper of the picture and not on this one.
        foreign_sure: Of them, those at 0.95 or more.
        missing: Findings that were to be given and were not, and the other way about.
        seconds: CPU.
        misses: One line for each wrong or foreign value.
    """

    row: str
    case: str
    papers: int
    found: int
    extra: int
    reported: bool
    fields: int
    right: int
    wrong: int
    sure: int
    foreign: int
    foreign_sure: int
    missing: tuple[str, ...]
    seconds: float
    misses: tuple[str, ...]


def score_case(row: str, case: FieldCase, readings: tuple[DocumentReading, ...]) -> CaseScore:
    """Hold the readings of a picture against what it shows."""
    pairs = _pair(case.papers, readings)
    codes = {found.code.value for reading in readings for found in reading.findings}
    right = 0
    misses: list[tuple[str, bool, bool]] = []
    for paper, reading in pairs:
        others = [other for other in case.papers if other is not paper]
        for name, value in paper.fields.items():
            read = reading.value(name) if reading else None
            sure = reading is not None and reading.confidence(name) >= SURE
            if name in paper.covered:
                if read is not None and sure:
                    misses.append((f"{name}: covered, read as {read}", True, False))
                continue
            right += reading is not None and read == value and name in reading.fields
            if read is not None and read != value:
                foreign = _is_foreign(name, read, others)
                at = reading.confidence(name) if reading else 0.0
                text = f"{name}: {value} read as {read} at {at:.3f}" + " FOREIGN" * foreign
                misses.append((text, sure, foreign))
    paired = sum(reading is not None for _, reading in pairs)
    unknown = [r for r in readings if r.kind.value not in {"other"}]
    return CaseScore(
        row,
        case.name,
        len(case.papers),
        paired,
        max(0, len(unknown) - paired),
        bool(codes & _REPORTS),
        sum(len(paper.fields) - len(paper.covered) for paper in case.papers),
        right,
        len(misses),
        sum(sure for _, sure, _ in misses),
        sum(foreign for *_, foreign in misses),
        sum(sure and foreign for _, sure, foreign in misses),
        (
            *(f"without {code}" for code in sorted(case.wanted - codes)),
            *(f"with {code}" for code in sorted(case.unwanted & codes)),
        ),
        sum(reading.seconds for reading in readings),
        tuple(text for text, *_ in misses),
    )


def _is_foreign(name: str, read: str, others: list[CasePaper]) -> bool:
    """Whether a value stands on another paper: as the same field, or anywhere when long."""
    if name in _SHARED:
        return False
    if len(read) >= _OF_MANY:
        return any(read in other.fields.values() for other in others)
    return any(other.fields.get(name) == read for other in others)


def _pair(
    papers: tuple[CasePaper, ...], readings: tuple[DocumentReading, ...]
) -> list[tuple[CasePaper, DocumentReading | None]]:
    """Each paper with the reading of its kind that says most of what stands on it."""

    def alike(paper: CasePaper, reading: DocumentReading) -> int:
        if reading.kind is not paper.kind:
            return -1
        return sum(reading.value(n) == v for n, v in paper.fields.items() if v is not None)

    ranked = sorted(
        (
            (alike(paper, reading), i, j)
            for i, paper in enumerate(papers)
            for j, reading in enumerate(readings)
        ),
        reverse=True,
    )
    taken: dict[int, int] = {}
    for likeness, i, j in ranked:
        if likeness >= 0 and i not in taken and j not in taken.values():
            taken[i] = j
    return [(p, readings[taken[i]] if i in taken else None) for i, p in enumerate(papers)]


def save(scores: Iterable[CaseScore], path: Path) -> None:
    """Keep scores as JSON Lines, to hold a later state against them."""
    lines = (json.dumps(score._asdict(), ensure_ascii=False) + "\n" for score in scores)
    path.write_text("".join(lines), encoding="utf-8")


def load(path: Path) -> list[CaseScore]:
    """Scores that were kept."""
    return [CaseScore(**json.loads(line)) for line in path.read_text("utf-8").splitlines()]
