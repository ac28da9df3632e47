"""One line for every field that was read: what was wanted, what was found, how sure it was."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.intervals import MeasuredShare
from benchmarks.reading.papers import BenchmarkPaper
from models.reading.document import DocumentReading

SURE: Final = 0.95


class FieldOutcome(NamedTuple):
    """One field of one paper.

    Attributes:
        paper: The picture's name.
        kind: The paper's true kind.
        read_as: What it was taken for.
        level: How the picture was taken.
        field: Which field.
        wanted: The truth; None where the paper is blank.
        found: What was read; None for blank or unread.
        raw: The engine's own text.
        confidence: 0 to 1, as published.
        evidence: 0 to 1, before calibration.
        glyph_height_px: Median height of the page's lines, pixels of the upload.
        blur: 0 sharp to 1 unreadable.
    """

    paper: str
    kind: str
    read_as: str
    level: str
    field: str
    wanted: str | None
    found: str | None
    raw: str
    confidence: float
    evidence: float
    glyph_height_px: float
    blur: float

    @property
    def right(self) -> bool:
        """Whether the value is exactly the truth."""
        return self.wanted == self.found

    @property
    def sure(self) -> bool:
        """Whether it was published as all but certain."""
        return self.confidence >= SURE


class PageOutcome(NamedTuple):
    """One paper: what it was taken for, and what it cost in CPU seconds."""

    kind: str
    read_as: str
    level: str
    seconds: float
    codes: tuple[str, ...]


def score(
    paper: BenchmarkPaper, reading: DocumentReading
) -> tuple[PageOutcome, list[FieldOutcome]]:
    """Hold one reading against the truth."""
    page = PageOutcome(
        paper.kind.value,
        reading.kind.value,
        paper.level,
        reading.seconds,
        tuple(found.code.value for found in reading.findings),
    )
    return page, [_field(paper, reading, name) for name in paper.fields]


def _field(paper: BenchmarkPaper, reading: DocumentReading, name: str) -> FieldOutcome:
    field = reading.fields.get(name)
    return FieldOutcome(
        paper.name,
        paper.kind.value,
        reading.kind.value,
        paper.level,
        name,
        paper.fields[name],
        field.value if field else None,
        field.raw if field else "",
        field.confidence if field else 0.0,
        field.evidence if field and field.evidence is not None else 0.0,
        reading.quality.glyph_height_px if reading.quality else 0.0,
        reading.quality.blur if reading.quality else 1.0,
    )


def right_share(outcomes: Iterable[FieldOutcome]) -> MeasuredShare:
    """How many are exactly right."""
    counted = [outcome.right for outcome in outcomes]
    return MeasuredShare(sum(counted), len(counted))


def save(outcomes: Iterable[FieldOutcome], path: Path) -> None:
    """Write the outcomes as JSON Lines, for calibration."""
    with path.open("w", encoding="utf-8") as lines:
        for outcome in outcomes:
            lines.write(json.dumps(outcome._asdict(), ensure_ascii=False) + "\n")


def load(path: Path) -> list[FieldOutcome]:
    """Read what `save` wrote."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [FieldOutcome(**json.loads(line)) for line in lines]
