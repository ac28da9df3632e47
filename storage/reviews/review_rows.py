"""A case as the desks know it, and as the tables hold it."""

import json
from typing import Final

from sqlalchemy import Connection, Row, select, update

from models.reviews.review import ReviewCase, ReviewState
from models.reviews.review_work import ClaimedReview
from storage.database.tables import ReviewRow, RoundRow
from storage.reviews.queue_queries import held_by
from storage.reviews.review_repository import NotHolderError

_COLUMNS: Final = (
    *(column for column in ReviewRow.__table__.columns if column.name != "note"),
    RoundRow.region,
    RoundRow.channel,
    RoundRow.submitted_at,
)
"""The sealed note stays where it is."""
_CLAIM_FIELDS: Final = tuple(name for name in ClaimedReview.model_fields if name != "review")

CLAIMED_REVIEWS: Final = select(*_COLUMNS).join(RoundRow, RoundRow.round_id == ReviewRow.round_id)
"""Every case with its round; see `claimed_review`."""


def claimed_review(row: Row[tuple[object, ...]]) -> ClaimedReview:
    """A row of `CLAIMED_REVIEWS` as a value."""
    values = dict(row._mapping)
    desk = {name: values.pop(name) for name in _CLAIM_FIELDS}
    values["codes"] = tuple(json.loads(values["codes"]))
    values["decided_codes"] = tuple(json.loads(values["decided_codes"] or "[]"))
    return ClaimedReview.model_validate(desk | {"review": ReviewCase.model_validate(values)})


def held_case(connection: Connection, review_id: str, staff: str) -> ClaimedReview:
    """A case that is on this person's desk.

    Raises:
        NotHolderError: It is not.
    """
    row = connection.execute(CLAIMED_REVIEWS.where(held_by(review_id, staff))).one_or_none()
    if row is None:
        raise NotHolderError("The case is not on your desk any more.")
    return claimed_review(row)


def give_up_claim(connection: Connection, review_id: str, staff: str) -> None:
    """Take a case off a person's desk.

    Raises:
        NotHolderError: It is not there.
    """
    freed = connection.execute(
        update(ReviewRow)
        .where(held_by(review_id, staff))
        .values(state=ReviewState.OPEN, holder=None, lease_until=None)
    )
    if freed.rowcount == 0:
        raise NotHolderError("The case is not on your desk any more.")


def mark(connection: Connection, review_id: str, **values: object) -> None:
    """Change what decides who gets a case next."""
    connection.execute(update(ReviewRow).where(ReviewRow.review_id == review_id).values(**values))
