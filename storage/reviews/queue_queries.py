"""Conditions and orders of the queue."""

import datetime as dt
from enum import StrEnum
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    and_,
    bindparam,
    exists,
    false,
    func,
    or_,
    true,
)
from sqlalchemy.orm import aliased

from models.record import Record
from models.reviews.review_work import ReviewKind
from models.staff.staff_member import StaffRole
from storage.database.tables.base import Moment
from storage.database.tables.reviews import OpinionRow, ReasonRow, ReviewRow, SkipRow

WAITING: Final = ReviewRow.outcome.is_(None)
"""Open or claimed; in these words, because the indexes of the queue are over such rows."""
_FOR_A_SECOND: Final = (ReviewRow.second == true(), ReviewRow.senior == false())
"""One has spoken, and any second person may; what two judged, or one handed on, is a senior's."""


class QueueOrder(StrEnum):
    """What comes first."""

    DUE = "due"
    RISK = "risk"
    AGE = "age"


class QueuePart(StrEnum):
    """Which part of the queue is meant."""

    WAITING = "waiting"
    MINE = "mine"
    SENIOR = "senior"
    SECOND = "second"
    HELD = "held"
    POSTPONED = "postponed"
    DONE = "done"


class QueueFilters(Record):
    """What narrows the queue.

    Attributes:
        viewer: Whose "mine" is meant.
        code: A reason that the case must have.
        due_before: Only cases whose term ends before.
    """

    part: QueuePart = QueuePart.WAITING
    viewer: str = ""
    code: str = ""
    product: str = ""
    due_before: dt.datetime | None = None


def narrow(
    query: Select[tuple[str]], part: QueuePart, *, code: bool, product: bool, due: bool
) -> Select[tuple[str]]:
    """A query over reviews with the conditions of a filter, each looked up in its own index.

    What the conditions compare with are the parameters `now`, and those named as in `QueueFilters`.
    """
    if code:
        query = query.join(ReasonRow, ReasonRow.review_id == ReviewRow.review_id).where(
            *_of_code(part)
        )
    if product:
        query = query.where(ReviewRow.product == bindparam("product"))
    return query.where(*_of_part(part), *_due(asked=due))


def matching(
    part: QueuePart, *, code: bool, product: bool, due: bool
) -> tuple[ColumnElement[bool], ...]:
    """The same conditions, but asked of each case of the queue in turn.

    They are put so that no index answers them: that of the queue's order is to be walked.
    """
    conditions = [*_of_part(part), *_due(asked=due)]
    if code:
        mine = exists().where(ReasonRow.review_id == ReviewRow.review_id, *_of_code(part))
        conditions.append(mine.correlate(ReviewRow))
    if product:
        conditions.append(func.coalesce(ReviewRow.product, "") == bindparam("product"))
    return tuple(conditions)


def with_values(filters: QueueFilters | None) -> tuple[ColumnElement[bool], ...]:
    """What a filter leaves of the cases that wait: by part, reason, product and end of term.

    Of the parts only those count in which a case can wait for anybody.
    """
    if filters is None:
        return ()
    conditions: list[ColumnElement[bool]] = []
    if filters.part is QueuePart.SENIOR:
        conditions.append(ReviewRow.senior == true())
    if filters.part is QueuePart.SECOND:
        conditions.extend(_FOR_A_SECOND)
    if filters.code:
        mine = ReasonRow.review_id == ReviewRow.review_id, ReasonRow.code == filters.code
        conditions.append(exists().where(*mine, ReasonRow.over == false()).correlate(ReviewRow))
    if filters.product:
        conditions.append(ReviewRow.product == filters.product)
    if filters.due_before:
        conditions.append(ReviewRow.due_at < filters.due_before)
    return tuple(conditions)


def _of_code(part: QueuePart) -> tuple[ColumnElement[bool], ...]:
    over = part is QueuePart.DONE
    return ReasonRow.code == bindparam("code"), ReasonRow.over == over


def _due(*, asked: bool) -> tuple[ColumnElement[bool], ...]:
    return (ReviewRow.due_at < bindparam("due_before"),) if asked else ()


def _of_part(part: QueuePart) -> tuple[ColumnElement[bool], ...]:
    now = bindparam("now", type_=Moment())
    match part:
        case QueuePart.WAITING:
            later = ReviewRow.postponed_until
            return WAITING, or_(later.is_(None), later <= now)
        case QueuePart.MINE:
            return WAITING, ReviewRow.holder == bindparam("viewer")
        case QueuePart.HELD:
            return WAITING, ReviewRow.holder.is_not(None)
        case QueuePart.SENIOR:
            return WAITING, ReviewRow.senior == true()
        case QueuePart.SECOND:
            return WAITING, *_FOR_A_SECOND
        case QueuePart.POSTPONED:
            return WAITING, ReviewRow.postponed_until > now
        case QueuePart.DONE:
            return (ReviewRow.outcome.is_not(None),)


def in_order(order: QueueOrder) -> tuple[SQLColumnExpression[object], ...]:
    """What comes first among those that wait, down to the last tie; there is an index for each."""
    due, risk = ReviewRow.due_at, ReviewRow.risk.desc()
    first: tuple[SQLColumnExpression[object], ...] = {
        QueueOrder.DUE: (due, risk),
        QueueOrder.RISK: (risk, due),
        QueueOrder.AGE: (ReviewRow.opened_at,),
    }[order]
    return (*first, ReviewRow.review_id)


def latest_first() -> tuple[SQLColumnExpression[object], ...]:
    """The order of those that are done."""
    return ReviewRow.decided_at.desc(), ReviewRow.review_id


def this_turn() -> ColumnElement[bool]:
    """An opinion counts for the case as it was put before people last, unless taken back."""
    return and_(OpinionRow.given_at >= ReviewRow.opened_at, OpinionRow.withdrawn_at.is_(None))


def claimable(staff: str, role: StaffRole, moment: dt.datetime) -> ColumnElement[bool]:
    """Nobody holds the case, it is not postponed or skipped, and this person may judge it."""
    later = ReviewRow.postponed_until
    now = or_(later.is_(None), later <= moment)
    skipped = exists().where(
        SkipRow.review_id == ReviewRow.review_id, SkipRow.staff == staff, SkipRow.until > moment
    )
    free = and_(WAITING, _unleased(moment), now, ~skipped.correlate(ReviewRow))
    return and_(free, _for(staff), _may_judge(staff, role))


def _for(staff: str) -> ColumnElement[bool]:
    """The case is assigned to nobody else."""
    return or_(ReviewRow.assigned_to.is_(None), ReviewRow.assigned_to == staff)


def _unleased(moment: dt.datetime) -> ColumnElement[bool]:
    return or_(ReviewRow.lease_until.is_(None), ReviewRow.lease_until < moment)


def _may_judge(staff: str, role: StaffRole) -> ColumnElement[bool]:
    """`models.reviews.claim_rules.may_judge`, in SQL."""
    spoken = exists().where(
        OpinionRow.review_id == ReviewRow.review_id, OpinionRow.staff == staff, this_turn()
    )
    decided = aliased(ReviewRow)
    decided_it = exists().where(
        OpinionRow.review_id == decided.review_id,
        decided.round_id == ReviewRow.round_id,
        decided.review_id != ReviewRow.review_id,
        OpinionRow.staff == staff,
    )
    other = ReviewRow.kind != ReviewKind.SECOND_LOOK
    new = and_(~spoken.correlate(ReviewRow), or_(other, ~decided_it.correlate(ReviewRow)))
    return new if role is StaffRole.SENIOR else and_(new, ReviewRow.senior == false())
