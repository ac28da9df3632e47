"""The queue as people page through it."""

import datetime as dt
import functools
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, Engine, Select, bindparam, func, select

from models.record import Record
from models.reviews.review_work import ClaimedReview
from storage.database.tables.reviews import ReviewRow
from storage.database.transactions import reading
from storage.reviews.queue_queries import (
    QueueFilters,
    QueueOrder,
    QueuePart,
    in_order,
    latest_first,
    matching,
    narrow,
)
from storage.reviews.review_rows import CLAIMED_REVIEWS, claimed_review

MOST: Final = 1000
"""Cases that are counted at most, and paged through: who wants others narrows the queue."""


class QueuePage(Record):
    """Some cases of the queue.

    Attributes:
        total: How many the filter leaves; `MOST` for that many or more.
    """

    cases: tuple[ClaimedReview, ...]
    total: int


class _Statements(NamedTuple):
    """The statements of one kind of filter; made once, because making them costs more than asking.

    Attributes:
        few: A page where the filter leaves few: its own index finds them, and they are sorted.
        many: A page where it leaves many: the order's index is walked until the page is full.
    """

    total: Select[tuple[int]]
    few: Select[tuple[object, ...]]
    many: Select[tuple[object, ...]]


class QueuePages:
    """The pages of the queue."""

    def __init__(self, engine: Engine) -> None:
        """Page through a database whose tables are up to date."""
        self._engine = engine

    def page(
        self,
        filters: QueueFilters,
        order: QueueOrder = QueueOrder.DUE,
        *,
        offset: int = 0,
        limit: int = 50,
    ) -> QueuePage:
        """Some cases of the queue in an order; of those that are done, the last decided first.

        No page reads the whole queue, however long it is.
        """
        statements, values = _statements_of(filters, order), _values(filters, offset, limit)
        with reading(self._engine) as connection:
            total = connection.scalar(statements.total, values) or 0
            page = statements.few if total < MOST else statements.many
            rows = connection.execute(page, values).all() if total else ()
        return QueuePage(cases=tuple(claimed_review(row) for row in rows), total=total)

    def first(self, filters: QueueFilters, limit: int) -> tuple[ClaimedReview, ...]:
        """The first cases that a filter leaves, by their terms; where there are few, as on a desk.

        How many there are altogether is not asked.
        """
        statements = _statements_of(filters, QueueOrder.DUE)
        with reading(self._engine) as connection:
            rows = connection.execute(statements.few, _values(filters, 0, limit)).all()
        return tuple(claimed_review(row) for row in rows)

    def count(self, filters: QueueFilters) -> int:
        """How many cases a filter leaves; `MOST` for that many or more."""
        return self.page(filters, limit=0).total


def _values(filters: QueueFilters, offset: int, limit: int) -> dict[str, object]:
    return filters.model_dump(exclude={"part"}) | {
        "now": dt.datetime.now(dt.UTC),
        "most": MOST,
        "offset": offset,
        "limit": limit,
    }


def _statements_of(filters: QueueFilters, order: QueueOrder) -> _Statements:
    return _statements(
        filters.part,
        order,
        code=bool(filters.code),
        product=bool(filters.product),
        due=filters.due_before is not None,
    )


@functools.cache
def _statements(
    part: QueuePart, order: QueueOrder, *, code: bool, product: bool, due: bool
) -> _Statements:
    some = narrow(select(ReviewRow.review_id), part, code=code, product=product, due=due)
    some = some.limit(bindparam("most"))
    walked = matching(part, code=code, product=product, due=due)
    first = latest_first() if part is QueuePart.DONE else in_order(order)

    def page(*conditions: ColumnElement[bool]) -> Select[tuple[object, ...]]:
        # Only identifiers are sorted or walked; whole rows are fetched of the page alone.
        chosen = (
            select(ReviewRow.review_id)
            .where(*conditions)
            .order_by(*first)
            .offset(bindparam("offset"))
            .limit(bindparam("limit"))
        )
        return CLAIMED_REVIEWS.where(ReviewRow.review_id.in_(chosen)).order_by(*first)

    return _Statements(
        total=select(func.count()).select_from(some.subquery()),
        few=page(ReviewRow.review_id.in_(some)),
        many=page(*walked),
    )
