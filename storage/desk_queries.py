"""Conditions and orders of the queue."""

import datetime as dt
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, exists, or_, select

from models.record import Record
from models.review import ReviewState
from models.staff import Role
from storage.database.desk_tables import DeskRow, OpinionRow
from storage.database.tables import ReviewRow, RoundRow

_WAITING: Final = (ReviewState.OPEN, ReviewState.CLAIMED)


class Order(StrEnum):
    """What comes first."""

    DUE = "due"
    RISK = "risk"
    AGE = "age"


class Standing(StrEnum):
    """Which part of the queue is meant."""

    WAITING = "waiting"
    MINE = "mine"
    SENIOR = "senior"
    SECOND = "second"
    POSTPONED = "postponed"
    DONE = "done"


class Filters(Record):
    """What narrows the queue.

    Attributes:
        viewer: Whose "mine" is meant.
        code: A reason that the case must have.
        due_before: Only cases whose term ends before.
    """

    standing: Standing = Standing.WAITING
    viewer: str = ""
    code: str = ""
    product: str = ""
    due_before: dt.datetime | None = None


def narrowed(query: Select[tuple[str]], filters: Filters) -> Select[tuple[str]]:
    """A query over cases with a filter's conditions, joined to no more than they need."""
    joined = query.join(DeskRow, DeskRow.review_id == ReviewRow.review_id)
    if filters.product:
        joined = joined.join(RoundRow, RoundRow.round_id == ReviewRow.round_id)
    return joined.where(*_matching(filters))


def _matching(filters: Filters) -> list[ColumnElement[bool]]:
    conditions = list(_standing(filters))
    if filters.code:
        conditions.append(ReviewRow.codes.contains(f'"{filters.code}"', autoescape=True))
    if filters.product:
        conditions.append(RoundRow.product == filters.product)
    if filters.due_before is not None:
        conditions.append(ReviewRow.due_at < filters.due_before)
    return conditions


def _standing(filters: Filters) -> tuple[ColumnElement[bool], ...]:
    waiting = ReviewRow.state.in_(_WAITING)
    now = dt.datetime.now(dt.UTC)
    match filters.standing:
        case Standing.WAITING:
            later = DeskRow.postponed_until > now
            return waiting, or_(DeskRow.postponed_until.is_(None), ~later)
        case Standing.MINE:
            mine = ReviewRow.holder == filters.viewer
            return ReviewRow.state == ReviewState.CLAIMED, mine
        case Standing.SENIOR:
            return waiting, DeskRow.senior.is_(True)
        case Standing.SECOND:
            return waiting, DeskRow.second.is_(True)
        case Standing.POSTPONED:
            return waiting, DeskRow.postponed_until > now
        case Standing.DONE:
            return (ReviewRow.state.not_in(_WAITING),)


def in_order(order: Order) -> tuple[SQLColumnExpression[object], ...]:
    """What comes first, down to the last tie."""
    due, risk = ReviewRow.due_at, DeskRow.risk.desc()
    first: tuple[SQLColumnExpression[object], ...] = {
        Order.DUE: (due, risk),
        Order.RISK: (risk, due),
        Order.AGE: (ReviewRow.opened_at,),
    }[order]
    return (*first, ReviewRow.review_id)


def this_turn() -> ColumnElement[bool]:
    """An opinion counts for the case as it was put before people last."""
    return OpinionRow.given_at >= ReviewRow.opened_at


def on_desk(review_id: str, staff: str) -> ColumnElement[bool]:
    """The case is on this person's desk; an expired lease counts until somebody else takes it."""
    return and_(
        ReviewRow.review_id == review_id,
        ReviewRow.state == ReviewState.CLAIMED,
        ReviewRow.holder == staff,
    )


def free_for(staff: str, role: Role, moment: dt.datetime) -> ColumnElement[bool]:
    """This person may take the case by name, or has it."""
    free = or_(
        ReviewRow.state == ReviewState.OPEN,
        and_(
            ReviewRow.state == ReviewState.CLAIMED,
            or_(ReviewRow.lease_until < moment, ReviewRow.holder == staff),
        ),
    )
    spoken = exists().where(
        OpinionRow.review_id == ReviewRow.review_id, OpinionRow.staff == staff, this_turn()
    )
    conditions = [free, ~spoken.correlate(ReviewRow)]
    if role is not Role.SENIOR:
        for_senior = select(DeskRow.review_id).where(
            DeskRow.review_id == ReviewRow.review_id, DeskRow.senior
        )
        conditions.append(~for_senior.correlate(ReviewRow).exists())
    return and_(*conditions)


def claimable(staff: str, role: Role, moment: dt.datetime) -> ColumnElement[bool]:
    """The queue hands the case to this person: free, not theirs yet, not postponed."""
    later = and_(DeskRow.postponed_until.is_not(None), DeskRow.postponed_until > moment)
    mine = and_(
        ReviewRow.state == ReviewState.CLAIMED,
        ReviewRow.holder == staff,
        ReviewRow.lease_until >= moment,
    )
    return and_(ReviewRow.state.in_(_WAITING), free_for(staff, role, moment), ~mine, ~later)
