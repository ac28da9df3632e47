"""A review case with its round, from a row to a value."""

import json
from typing import Final

from sqlalchemy import Row, select

from models.reviews.review import ReviewCase
from models.reviews.review_work import ClaimedReview
from storage.database.tables.cases import RoundRow
from storage.database.tables.reviews import ReviewRow

_COLUMNS: Final = (
    *(column for column in ReviewRow.__table__.columns if column.name != "note"),
    RoundRow.region,
    RoundRow.channel,
    RoundRow.submitted_at,
)
"""Everything but the sealed note."""
_CLAIM_FIELDS: Final = tuple(name for name in ClaimedReview.model_fields if name != "review")

CLAIMED_REVIEWS: Final = select(*_COLUMNS).join(RoundRow, RoundRow.round_id == ReviewRow.round_id)
"""Every case with its round; see `claimed_review`."""


def claimed_review(row: Row[tuple[object, ...]]) -> ClaimedReview:
    """A row of `CLAIMED_REVIEWS` as a value."""
    values = dict(row._mapping)
    claim = {name: values.pop(name) for name in _CLAIM_FIELDS}
    values["codes"] = tuple(json.loads(values["codes"]))
    values["decided_codes"] = tuple(json.loads(values["decided_codes"] or "[]"))
    return ClaimedReview.model_validate(claim | {"review": ReviewCase.model_validate(values)})
