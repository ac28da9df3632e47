"""The place of a new case among those that wait."""

import json
from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from models.desk import DeskKind, risk_of
from storage.database.desk_tables import DeskRow
from storage.database.tables import ReviewRow


def place_on_desk(
    connection: Connection,
    review_id: str,
    codes: Sequence[str],
    kind: DeskKind = DeskKind.DOUBT,
) -> None:
    """Give a case that was just opened its place, in the same transaction."""
    connection.execute(
        insert(DeskRow).values(
            review_id=review_id,
            kind=kind,
            risk=risk_of(codes),
            senior=False,
            second=False,
        )
    )


def place_missing(connection: Connection) -> int:
    """Give a place to cases that a process of an older version opened; say how many."""
    query = (
        select(ReviewRow.review_id, ReviewRow.codes)
        .outerjoin(DeskRow, DeskRow.review_id == ReviewRow.review_id)
        .where(DeskRow.review_id.is_(None))
    )
    missing = connection.execute(query).all()
    for row in missing:
        place_on_desk(connection, row.review_id, json.loads(row.codes))
    return len(missing)
