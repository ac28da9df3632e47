"""Rounds that are in no batch yet, put into batches of limited size."""

from typing import Final

from sqlalchemy import ColumnElement, Connection, select, update

from storage.database.tables.cases import RoundRow

OLDEST_FIRST: Final = (RoundRow.received_at, RoundRow.round_id)


def put_into_batches(
    connection: Connection, waits: ColumnElement[bool], run: str, size: int
) -> None:
    """Give the rounds that wait and are in no batch new batches, the oldest first.

    Args:
        connection: Inside a transaction that holds off everybody else who does the same.
        waits: Which rounds wait.
        run: Begins the names of the batches.
        size: Rounds in a batch, at least 1.
    """
    free = select(RoundRow.round_id).where(waits, RoundRow.batch_id.is_(None))
    waiting = list(connection.scalars(free.order_by(*OLDEST_FIRST)))
    for place, round_id in enumerate(waiting):
        connection.execute(
            update(RoundRow)
            .where(RoundRow.round_id == round_id)
            .values(batch_id=f"{run}-{place // size + 1:03}")
        )
