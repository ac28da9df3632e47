"""The queue as people page through it."""

from typing import Final

from sqlalchemy import Engine, func, select

from models.desk import DeskCase
from storage.database.engine import reading
from storage.database.tables import ReviewRow
from storage.desk_queries import Filters, Order, in_order, narrowed
from storage.desk_rows import DESK_CASES, desk_case

MOST: Final = 1000
"""Cases that are counted at most."""


class QueuePages:
    """The pages of the queue."""

    def __init__(self, engine: Engine) -> None:
        """Page through a database whose tables are up to date."""
        self._engine = engine

    def page(
        self,
        filters: Filters,
        order: Order = Order.DUE,
        *,
        offset: int = 0,
        limit: int = 50,
    ) -> tuple[DeskCase, ...]:
        """Some cases of the queue."""
        # Only the identifiers are sorted: whole rows of ten thousand cases would cost much more.
        chosen = (
            narrowed(select(ReviewRow.review_id), filters)
            .order_by(*in_order(order))
            .offset(offset)
            .limit(limit)
        )
        with reading(self._engine) as connection:
            names = list(connection.scalars(chosen))
            rows = connection.execute(DESK_CASES.where(ReviewRow.review_id.in_(names))).all()
        place = {name: number for number, name in enumerate(names)}
        return tuple(
            sorted((desk_case(row) for row in rows), key=lambda case: place[case.review.review_id])
        )

    def count(self, filters: Filters) -> int:
        """How many cases a filter leaves; `MOST` for more than that, which nobody pages through."""
        some = narrowed(select(ReviewRow.review_id), filters).limit(MOST).subquery()
        with reading(self._engine) as connection:
            return connection.scalar(select(func.count()).select_from(some)) or 0
