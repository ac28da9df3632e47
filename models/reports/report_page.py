"""What a report of the office says, before anybody draws it: parts with sentences, bars, tables."""

import datetime as dt
from typing import NamedTuple

from models.clock import CHINA
from models.record import Record


class ReportSpan(NamedTuple):
    """The days that a report is about, by the office's clock.

    Attributes:
        first: First day.
        last: Last day; the first one for the report of a day.
        monthly: Whether it is a month's.
    """

    first: dt.date
    last: dt.date
    monthly: bool

    @classmethod
    def of_day(cls, day: dt.date) -> "ReportSpan":
        """One day."""
        return cls(day, day, monthly=False)

    @classmethod
    def of_month(cls, day: dt.date) -> "ReportSpan":
        """The whole month that a day lies in."""
        first = day.replace(day=1)
        after = (first + dt.timedelta(days=32)).replace(day=1)
        return cls(first, after - dt.timedelta(days=1), monthly=True)

    @property
    def name(self) -> str:
        """`2026-11-27` or `2026-11`: of its files too."""
        return f"{self.first:%Y-%m}" if self.monthly else self.first.isoformat()

    @property
    def zh(self) -> str:
        """In Chinese."""
        month = f"{self.first.year}年{self.first.month}月"
        return month if self.monthly else f"{month}{self.first.day}日"

    @property
    def start(self) -> dt.datetime:
        """Its first moment."""
        return dt.datetime.combine(self.first, dt.time(), CHINA)

    @property
    def end(self) -> dt.datetime:
        """The first moment after it."""
        return dt.datetime.combine(self.last + dt.timedelta(days=1), dt.time(), CHINA)


class ReportSentence(NamedTuple):
    """One sentence in both languages."""

    zh: str
    en: str


class ReportBar(NamedTuple):
    """One bar of a picture: what it counts, and how many; `en` is empty where `zh` says it all."""

    zh: str
    en: str
    number: int


class ReportTable(NamedTuple):
    """A small table; each cell is text in both languages already."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class ReportPart(Record):
    """One question that a report answers.

    Attributes:
        sentences: The answer.
        bars: A picture of it; empty for none.
        table: Figures that a picture does not tell.
        notes: What a reader has to know to understand the figures.
    """

    zh: str
    en: str
    sentences: tuple[ReportSentence, ...]
    bars: tuple[ReportBar, ...] = ()
    table: ReportTable | None = None
    notes: tuple[ReportSentence, ...] = ()


class ReportPage(Record):
    """A whole report.

    Attributes:
        name: Of its files, without their ending.
        made_at: When its figures were counted, for the readers: office's clock, to the minute.
        summary: The answer, before all parts.
    """

    name: str
    zh: str
    en: str
    made_at: str
    summary: ReportSentence
    parts: tuple[ReportPart, ...]
