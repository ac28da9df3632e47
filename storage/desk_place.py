"""The place of a new case among those that wait."""

from collections.abc import Sequence

from sqlalchemy import Connection, insert

from models.desk import DeskKind, risk_of
from storage.database.desk_tables import DeskRow


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
