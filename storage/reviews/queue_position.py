"""The place of a case among those that wait."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select, update

from models.reviews.review_work import ReviewKind, risk_of
from storage.database.tables.cases import RoundRow
from storage.database.tables.reviews import ReasonRow, ReviewRow


def enqueue(
    connection: Connection,
    review_id: str,
    codes: Sequence[str],
    kind: ReviewKind = ReviewKind.DOUBT,
) -> None:
    """Give a case that was just opened its place, in the same transaction."""
    product = select(RoundRow.product).where(RoundRow.round_id == ReviewRow.round_id)
    _place(connection, review_id, codes, kind=kind, product=product.scalar_subquery())


def requeue(connection: Connection, review_id: str, codes: Sequence[str]) -> None:
    """Give a case its place that is put before people once more, in the same transaction."""
    _place(connection, review_id, codes, senior=False, second=False, postponed_until=None)


def dequeue(connection: Connection, review_id: str) -> None:
    """Let a case that was just decided wait for nobody, in the same transaction."""
    mine = ReasonRow.review_id == review_id
    connection.execute(update(ReasonRow).where(mine).values(over=True))


def enqueue_again(connection: Connection, review_id: str) -> None:
    """Let a case wait whose decision was just taken back, in the same transaction."""
    mine = ReasonRow.review_id == review_id
    connection.execute(update(ReasonRow).where(mine).values(over=False))


def _place(connection: Connection, review_id: str, codes: Sequence[str], **values: object) -> None:
    connection.execute(
        update(ReviewRow)
        .where(ReviewRow.review_id == review_id)
        .values(risk=risk_of(codes), **values)
    )
    connection.execute(delete(ReasonRow).where(ReasonRow.review_id == review_id))
    rows = [{"code": code, "over": False, "review_id": review_id} for code in sorted(set(codes))]
    if rows:
        connection.execute(insert(ReasonRow), rows)
