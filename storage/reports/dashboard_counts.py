"""The office in figures: how much, how fast, how often people agree. Nothing about anybody."""

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from pydantic import AwareDatetime
from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, case, func, select
from sqlalchemy.orm import aliased

from models.checks.reason import Severity
from models.clock import CHINA
from models.decision.decision import Outcome
from models.record import Record
from models.reviews.opinion_rules import ReasonedOutcome
from models.reviews.review import APPLICATION, ReviewState
from storage.cases.round_rows import MACHINE, PERSON
from storage.database.tables.cases import FindingRow, RoundRow
from storage.database.tables.reviews import (
    DISAGREES,
    LOOKED_AGAIN,
    SAMPLED,
    OpinionRow,
    ReviewRow,
)
from storage.database.transactions import reading

_WAITING: Final = ReviewRow.state.in_((ReviewState.OPEN, ReviewState.CLAIMED))
_COUNT: Final = func.count()
_NOT_APPROVED: Final = tuple(outcome for outcome in Outcome if outcome is not Outcome.APPROVED)
"""Named one by one: with "other than approved" all findings there ever were are walked."""


class ReviewerPace(Record):
    """One reviewer's work: opinions given, and of them those that became the decision."""

    staff: str
    opinions: int
    binding: int


class OpinionPair(NamedTuple):
    """What two people said about cases, and how often they said so.

    Attributes:
        apart: Of those with one outcome, the ones for wholly different reasons.
    """

    first: str
    second: str
    number: int
    apart: int = 0

    @property
    def agreed(self) -> int:
        """How often both said the same for a reason that both gave."""
        return self.number - self.apart if self.first == self.second else 0


class DashboardCounts(Record):
    """The office at one moment, counted since another.

    Attributes:
        outcomes: Rounds decided since then, by outcome.
        oldest: When the case was opened that waits longest.
        due: Waiting cases by the day on which their term ends.
        reasons: The commonest reasons in force since then for what was not approved, in rounds.
        pairs: What two people said about one case since then, neither knowing of the other: the
            first's outcome, the second's, and how often; four eyes and second looks together.
        looked_again: Of people's decisions, those that another person looked at since then.
        differed: Of those, the ones about which the other person said something else.
        disagreements: Of those, ever, the ones that wait for a senior.
        sampled: Of the machine's approvals, those that people have looked at, ever.
        refused: Of those, the ones that people would not have approved.
    """

    received: int
    outcomes: dict[str, int]
    waiting: int
    claimed: int
    oldest: AwareDatetime | None
    due: dict[dt.date, int]
    reasons: dict[str, int]
    pace: tuple[ReviewerPace, ...]
    pairs: tuple[OpinionPair, ...]
    looked_again: int
    differed: int
    disagreements: int
    sampled: int
    refused: int


class _Span(NamedTuple):
    """What counts: from a moment, to before another one."""

    start: dt.datetime
    end: dt.datetime | None

    def holds(self, moment: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a column
        """Whether a moment lies within."""
        since = moment >= self.start
        return since if self.end is None else and_(since, moment < self.end)


class DashboardQueries:
    """Counts over all applications."""

    def __init__(self, engine: Engine) -> None:
        """Count in a database whose tables are up to date."""
        self._engine = engine

    def since(self, start: dt.datetime, end: dt.datetime | None = None) -> DashboardCounts:
        """The office now, counted since a moment.

        Args:
            start: The first moment that counts.
            end: The first moment that counts no longer; what waits and what was sampled ever is
                counted as it is now all the same.
        """
        span = _Span(start, end)
        with reading(self._engine) as connection:
            looks = _second_looks(connection, span)
            waiting = select(_COUNT).where(DISAGREES)
            sampled, refused = _sample(connection)
            received = select(_COUNT).where(span.holds(RoundRow.received_at))
            claimed = select(_COUNT).where(ReviewRow.state == ReviewState.CLAIMED)
            return DashboardCounts(
                received=connection.scalar(received) or 0,
                outcomes=_outcomes(connection, span),
                waiting=connection.scalar(select(_COUNT).where(_WAITING)) or 0,
                claimed=connection.scalar(claimed) or 0,
                oldest=connection.scalar(select(func.min(ReviewRow.opened_at)).where(_WAITING)),
                due=_due(connection),
                reasons=_reasons(connection, span),
                pace=_pace(connection, span),
                pairs=_together((*_four_eyes(connection, span), *looks)),
                looked_again=sum(pair.number for pair in looks),
                differed=sum(pair.number - pair.agreed for pair in looks),
                disagreements=connection.scalar(waiting) or 0,
                sampled=sampled,
                refused=refused,
            )


def _outcomes(connection: Connection, span: _Span) -> dict[str, int]:
    query = select(RoundRow.outcome, _COUNT).where(
        span.holds(RoundRow.decided_at), RoundRow.outcome.is_not(None)
    )
    return _counted(connection, query.group_by(RoundRow.outcome))


def _reasons(connection: Connection, span: _Span) -> dict[str, int]:
    """As the data team's tables count: no notes, nothing overruled, a round once for a code."""
    origin = case((RoundRow.decided_by == MACHINE, MACHINE), else_=PERSON)
    rounds = func.count(FindingRow.round_id.distinct())
    query = (
        select(FindingRow.code, rounds)
        .join(RoundRow, RoundRow.round_id == FindingRow.round_id)
        .where(
            span.holds(RoundRow.decided_at),
            RoundRow.outcome.in_(_NOT_APPROVED),
            FindingRow.severity != Severity.INFO,
            FindingRow.origin == origin,
        )
        .group_by(FindingRow.code)
        .order_by(rounds.desc(), FindingRow.code)
        .limit(10)
    )
    return _counted(connection, query)


def _counted(connection: Connection, query: Select[tuple[Any, int]]) -> dict[str, int]:
    return {str(name): number for name, number in connection.execute(query)}


def _due(connection: Connection) -> dict[dt.date, int]:
    query = select(ReviewRow.due_at, _COUNT).where(_WAITING).group_by(ReviewRow.due_at)
    days: dict[dt.date, int] = {}
    for moment, number in connection.execute(query.order_by(ReviewRow.due_at)):
        day = moment.astimezone(CHINA).date()
        days[day] = days.get(day, 0) + number
    return days


def _pace(connection: Connection, span: _Span) -> tuple[ReviewerPace, ...]:
    binding = func.sum(case((OpinionRow.binding, 1), else_=0))
    query = (
        select(OpinionRow.staff, _COUNT, binding)
        .where(span.holds(OpinionRow.given_at), OpinionRow.withdrawn_at.is_(None))
        .group_by(OpinionRow.staff)
        .order_by(_COUNT.desc(), OpinionRow.staff)
    )
    return tuple(
        ReviewerPace(staff=staff, opinions=given, binding=int(bound or 0))
        for staff, given, bound in connection.execute(query)
    )


def _four_eyes(connection: Connection, span: _Span) -> list[OpinionPair]:
    """First and second opinions about one case, of those that nobody took back."""
    place = func.row_number().over(partition_by=OpinionRow.review_id, order_by=OpinionRow.ordinal)
    lately = select(OpinionRow.review_id).where(span.holds(OpinionRow.given_at))
    standing = (
        select(
            OpinionRow.review_id,
            OpinionRow.outcome,
            OpinionRow.codes,
            OpinionRow.given_at,
            place.label("place"),
        )
        .where(OpinionRow.withdrawn_at.is_(None), OpinionRow.review_id.in_(lately))
        .subquery()
    )
    first, second = standing.alias(), standing.alias()
    query = (
        select(first.c.outcome, first.c.codes, second.c.outcome, second.c.codes, _COUNT)
        .select_from(first)
        .join(second, second.c.review_id == first.c.review_id)
        .where(first.c.place == 1, second.c.place == 2, span.holds(second.c.given_at))
        .group_by(first.c.outcome, first.c.codes, second.c.outcome, second.c.codes)
    )
    return [_pair(*row) for row in connection.execute(query)]


def _second_looks(connection: Connection, span: _Span) -> list[OpinionPair]:
    """Decisions of people, and what another person said about them afterwards."""
    first = aliased(ReviewRow)
    query = (
        select(
            first.outcome, first.decided_codes, ReviewRow.outcome, ReviewRow.decided_codes, _COUNT
        )
        .select_from(ReviewRow)
        .join(first, and_(first.round_id == ReviewRow.round_id, first.subject == APPLICATION))
        .where(LOOKED_AGAIN, span.holds(ReviewRow.decided_at), first.outcome.is_not(None))
        .group_by(first.outcome, first.decided_codes, ReviewRow.outcome, ReviewRow.decided_codes)
    )
    return [_pair(*row) for row in connection.execute(query)]


def _pair(
    first: str, first_codes: str | None, second: str, second_codes: str | None, number: int
) -> OpinionPair:
    one = ReasonedOutcome(Outcome(first), tuple(json.loads(first_codes or "[]")))
    other = ReasonedOutcome(Outcome(second), tuple(json.loads(second_codes or "[]")))
    apart = first == second and not one.agrees_with(other)
    return OpinionPair(first, second, number, number if apart else 0)


def _together(pairs: Iterable[OpinionPair]) -> tuple[OpinionPair, ...]:
    counts: dict[tuple[str, str], tuple[int, int]] = {}
    for pair in pairs:
        number, apart = counts.get((pair.first, pair.second), (0, 0))
        counts[pair.first, pair.second] = number + pair.number, apart + pair.apart
    return tuple(OpinionPair(*key, *count) for key, count in sorted(counts.items()))


def _sample(connection: Connection) -> tuple[int, int]:
    refused = func.sum(case((ReviewRow.outcome != Outcome.APPROVED, 1), else_=0))
    query = select(_COUNT, refused).select_from(ReviewRow).where(SAMPLED)
    looked, no = connection.execute(query).one()
    return looked, int(no or 0)
