"""What a report counts of its days beyond what the page 今日 counts: terms, samples, notes."""

import datetime as dt
import statistics
from collections import Counter
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Engine, and_, case, func, select

from models.checks.reason import Severity
from models.clock import CHINA
from models.decision.decision import Outcome
from models.record import Record
from models.reviews.review_work import ReviewKind
from storage.cases.round_rows import MACHINE
from storage.database.tables.cases import FindingRow, RoundRow
from storage.database.tables.reports import RoundFiguresRow
from storage.database.tables.reviews import ReviewRow
from storage.database.transactions import snapshot


class SampleTally(NamedTuple):
    """Of one class of proof: approvals that people looked at blind, and those they refused."""

    looked: int
    refused: int


class PeriodCounts(Record):
    """Some days of the office.

    Attributes:
        decided_by_day: Rounds that got an outcome on each day; those put before people are none.
        by_machine: How many of them the machine decided.
        median_hours: From receipt to outcome; None where there is none.
        reviews_decided: Cases that people decided on these days.
        within_term: Of those, the ones by the end of their term.
        notes: The commonest notes, in rounds; a note decides nothing.
        samples: Class of proof to what samples found, from the beginning to the end of the days.
        sampled: Of those samples, the ones looked at on these days.
    """

    decided_by_day: dict[dt.date, int]
    by_machine: int
    median_hours: float | None
    reviews_decided: int
    within_term: int
    notes: dict[str, int]
    samples: dict[str, SampleTally]
    sampled: int


def period_counts(engine: Engine, start: dt.datetime, end: dt.datetime) -> PeriodCounts:
    """Count from one moment to before another; the tables of the data team count so too."""
    with snapshot(engine) as connection:
        days, by_machine, hours = _decided(connection, start, end)
        decided, within = _terms(connection, start, end)
        return PeriodCounts(
            decided_by_day=dict(sorted(days.items())),
            by_machine=by_machine,
            median_hours=statistics.median(hours) if hours else None,
            reviews_decided=decided,
            within_term=within,
            notes=_notes(connection, start, end),
            samples=_samples(connection, end),
            sampled=_sampled(connection, start, end),
        )


def _decided(
    connection: Connection, start: dt.datetime, end: dt.datetime
) -> tuple[Counter[dt.date], int, list[float]]:
    query = select(RoundRow.received_at, RoundRow.decided_at, RoundRow.decided_by).where(
        RoundRow.decided_at >= start,
        RoundRow.decided_at < end,
        RoundRow.outcome.is_not(None),
        RoundRow.outcome != Outcome.IN_REVIEW,
    )
    days: Counter[dt.date] = Counter()
    by_machine, hours = 0, []
    for received, decided, by in connection.execute(query):
        days[decided.astimezone(CHINA).date()] += 1
        by_machine += by == MACHINE
        hours.append((decided - received).total_seconds() / 3600)
    return days, by_machine, hours


def _terms(connection: Connection, start: dt.datetime, end: dt.datetime) -> tuple[int, int]:
    within = func.sum(case((ReviewRow.decided_at <= ReviewRow.due_at, 1), else_=0))
    query = select(func.count(), within).where(
        ReviewRow.kind == ReviewKind.DOUBT,
        ReviewRow.outcome.is_not(None),  # the index of decided cases has no others
        ReviewRow.decided_at >= start,
        ReviewRow.decided_at < end,
    )
    decided, kept = connection.execute(query).one()
    return decided, int(kept or 0)


def _notes(connection: Connection, start: dt.datetime, end: dt.datetime) -> dict[str, int]:
    rounds = func.count(FindingRow.round_id.distinct())
    query = (
        select(FindingRow.code, rounds)
        .join(RoundRow, RoundRow.round_id == FindingRow.round_id)
        .where(
            RoundRow.decided_at >= start,
            RoundRow.decided_at < end,
            FindingRow.severity == Severity.INFO,
        )
        .group_by(FindingRow.code)
        .order_by(rounds.desc(), FindingRow.code)
        .limit(5)
    )
    return {str(code): number for code, number in connection.execute(query)}


def _samples(connection: Connection, end: dt.datetime) -> dict[str, SampleTally]:
    refused = func.sum(case((ReviewRow.outcome != Outcome.APPROVED, 1), else_=0))
    query = (
        select(RoundFiguresRow.proof_class, func.count(), refused)
        .select_from(ReviewRow)
        .outerjoin(RoundFiguresRow, RoundFiguresRow.round_id == ReviewRow.round_id)
        .where(_looked_at(end))
        .group_by(RoundFiguresRow.proof_class)
        .order_by(RoundFiguresRow.proof_class)
    )
    return {
        str(proof or ""): SampleTally(looked, int(no or 0))
        for proof, looked, no in connection.execute(query)
    }


def _sampled(connection: Connection, start: dt.datetime, end: dt.datetime) -> int:
    query = select(func.count()).where(_looked_at(end), ReviewRow.decided_at >= start)
    return connection.scalar(query) or 0


def _looked_at(end: dt.datetime) -> ColumnElement[bool]:
    return and_(
        ReviewRow.kind == ReviewKind.SAMPLE,
        ReviewRow.outcome.is_not(None),
        ReviewRow.decided_at < end,
    )
