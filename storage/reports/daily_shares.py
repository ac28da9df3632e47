"""Of each day's rounds, how many have a reason or a field that could not be relied on."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from sqlalchemy import Engine, select

from models.checks.reason import Severity
from models.clock import CHINA
from models.reports.beta_binomial import DayShare
from models.reports.round_figures import FieldTier
from storage.cases.round_rows import MACHINE
from storage.database.tables.cases import DocumentRow, FindingRow, RoundRow
from storage.database.tables.reports import RoundFiguresRow
from storage.database.transactions import snapshot

_DOUBTED: Final = frozenset({FieldTier.UNSURE, FieldTier.UNREAD, FieldTier.CONTESTED})
_PROVINCE: Final = 2


class SeriesName(NamedTuple):
    """What a series counts.

    Attributes:
        reason: A code; empty for a series about a field.
        region: Two digits of a province that it is about alone; empty for everywhere.
        field: Kind of paper and field, joined by a dot.
    """

    reason: str = ""
    region: str = ""
    field: str = ""


Series = dict[SeriesName, list[DayShare]]


def daily_shares(engine: Engine, first: dt.date, last: dt.date) -> tuple[list[dt.date], Series]:
    """The days on which something came in, and each series over them.

    The machine's own reasons count, whatever people made of them; notes do not. A reason counts
    everywhere and by province, of rounds; a field everywhere, of papers that have it.

    Args:
        engine: The case database.
        first: First day of receipt, by the office's clock.
        last: Last day.
    """
    start = dt.datetime.combine(first, dt.time(), CHINA)
    end = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), CHINA)
    within = (RoundRow.received_at >= start, RoundRow.received_at < end)
    counts = _Counts()
    with snapshot(engine) as connection:
        rounds = select(RoundRow.round_id, RoundRow.received_at, RoundRow.region)
        rounds = rounds.where(*within, RoundRow.machine_outcome.is_not(None))
        for round_id, at, region in connection.execute(rounds):
            counts.enter(round_id, at.astimezone(CHINA).date(), (region or "")[:_PROVINCE])
        reasons = (
            select(FindingRow.round_id, FindingRow.code)
            .join(RoundRow, RoundRow.round_id == FindingRow.round_id)
            .where(*within, FindingRow.origin == MACHINE, FindingRow.severity != Severity.INFO)
            .distinct()
        )
        for round_id, code in connection.execute(reasons):
            counts.add_reason(round_id, code)
        for round_id, field, doubted in _fields(connection, within):
            counts.add_field(round_id, field, doubted=doubted)
    return counts.series()


def _fields(connection: Any, within: Any) -> Iterator[tuple[str, str, bool]]:  # noqa: ANN401
    """Round, kind of paper with field, and whether it could not be relied on."""
    papers = (
        select(DocumentRow.round_id, DocumentRow.ordinal, DocumentRow.kind)
        .join(RoundRow, RoundRow.round_id == DocumentRow.round_id)
        .where(*within)
    )
    kinds = {(round_id, at): kind for round_id, at, kind in connection.execute(papers)}
    figures = (
        select(RoundFiguresRow.round_id, RoundFiguresRow.figures)
        .join(RoundRow, RoundRow.round_id == RoundFiguresRow.round_id)
        .where(*within)
    )
    for round_id, text in connection.execute(figures):
        for paper, field, _, tier, _ in json.loads(text)["fields"]:
            kind = kinds.get((round_id, paper))
            if kind is not None:
                yield round_id, f"{kind}.{field}", tier in _DOUBTED


class _Counts:
    """Hits and totals of every series by day."""

    def __init__(self) -> None:
        self._of_round: dict[str, tuple[dt.date, str]] = {}
        self._rounds: dict[tuple[dt.date, str], int] = {}
        self._hits: dict[tuple[SeriesName, dt.date], int] = {}
        self._papers: dict[tuple[SeriesName, dt.date], int] = {}

    def enter(self, round_id: str, day: dt.date, region: str) -> None:
        self._of_round[round_id] = day, region
        for place in ("", region):
            self._rounds[day, place] = self._rounds.get((day, place), 0) + 1

    def add_reason(self, round_id: str, code: str) -> None:
        if round_id in self._of_round:
            day, region = self._of_round[round_id]
            for place in {"", region}:
                _count(self._hits, (SeriesName(reason=code, region=place), day))

    def add_field(self, round_id: str, field: str, *, doubted: bool) -> None:
        if round_id in self._of_round:
            key = SeriesName(field=field), self._of_round[round_id][0]
            _count(self._papers, key)
            if doubted:
                _count(self._hits, key)

    def series(self) -> tuple[list[dt.date], Series]:
        days = sorted({day for day, _ in self._of_round.values()})
        names = sorted({name for name, _ in self._hits})
        return days, {name: [self._share(name, day) for day in days] for name in names}

    def _share(self, name: SeriesName, day: dt.date) -> DayShare:
        totals: dict[Any, int] = self._papers if name.field else self._rounds
        key = (name, day) if name.field else (day, name.region)
        return DayShare(self._hits.get((name, day), 0), totals.get(key, 0))


def _count(counts: dict[Any, int], key: object) -> None:
    counts[key] = counts.get(key, 0) + 1
