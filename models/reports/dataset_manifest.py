"""What one publication of the data team's tables consists of."""

import datetime as dt
from collections import Counter
from typing import Final

from pydantic import AwareDatetime, Field

from models.record import Record
from models.reports.dataset_table import SCHEMA_VERSION

MANIFESTS: Final = "manifests"
"""The folder of the manifests; the last one by name is in force."""


class DatasetPart(Record):
    """One file of one table.

    Attributes:
        key: Where it lies below the dataset's folder.
        month: Whose rounds or cases it holds; None for a table that is not kept by months.
        state: Digest of what it was made of; an unchanged one is not written again.
    """

    table: str
    key: str
    month: str | None
    rows: int
    state: str


class DatasetManifest(Record):
    """All files of one snapshot.

    Attributes:
        as_of: When the case database was read.
        anonymity: How many rounds at least share what is told of an applicant.
        coarsened: Step of anonymisation to how many rounds it made coarser; `withheld` counts
            rounds and cases that are in no table.
    """

    schema_version: int = SCHEMA_VERSION
    as_of: AwareDatetime
    anonymity: int
    coarsened: dict[str, dict[str, int]] = Field(default_factory=dict)
    parts: tuple[DatasetPart, ...] = ()

    @property
    def rows(self) -> dict[str, int]:
        """Rows of each table."""
        counts: Counter[str] = Counter()
        for part in self.parts:
            counts[part.table] += part.rows
        return dict(counts)

    @property
    def withheld(self) -> int:
        """Rounds and cases that could not be told without singling somebody out."""
        return sum(steps.get("withheld", 0) for steps in self.coarsened.values())

    @property
    def key(self) -> str:
        """Under which it lies; later ones sort behind it."""
        return f"{MANIFESTS}/{self.as_of.astimezone(dt.UTC):%Y%m%dT%H%M%S%fZ}.json"
