"""Claims and their leases, as rows; who may claim is in `models.reviews.claim_rules`."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from sqlalchemy import Engine, and_, bindparam, delete, insert, or_, select, update
from sqlalchemy.orm import aliased

from models.reviews.claim_rules import Involvement
from models.reviews.review import ReviewState
from models.reviews.review_work import ClaimedReview
from models.staff.staff_member import StaffRole
from storage.database.tables.reviews import OpinionRow, ReviewRow, SkipRow
from storage.database.transactions import reading, writing
from storage.reviews.queue_queries import (
    QueueFilters,
    QueueOrder,
    claimable,
    in_order,
    this_turn,
    with_values,
)
from storage.reviews.review_repository import ReviewMissingError
from storage.reviews.review_rows import CLAIMED_REVIEWS, claimed_review

_ONE: Final = CLAIMED_REVIEWS.where(ReviewRow.review_id == bindparam("review_id"))
_ONE_LOCKED: Final = _ONE.with_for_update(of=ReviewRow)
_ASKED_FOR: Final = aliased(ReviewRow)
_SPOKEN: Final = (
    select(
        OpinionRow.staff,
        and_(OpinionRow.review_id == bindparam("review_id"), this_turn()).label("gave_opinion"),
    )
    .join(ReviewRow, ReviewRow.review_id == OpinionRow.review_id)
    .join(_ASKED_FOR, _ASKED_FOR.round_id == ReviewRow.round_id)
    .where(
        _ASKED_FOR.review_id == bindparam("review_id"),
        or_(OpinionRow.review_id != bindparam("review_id"), this_turn()),
    )
)
"""Who ever spoke about the round of a case, and whether it was about this case; what no longer
counts of that is left out, or who took a second look back could not take it again."""


class ReviewClaims:
    """Reads and writes who has claimed which case, and who gets it next."""

    def __init__(self, engine: Engine) -> None:
        """Use a database whose tables are up to date."""
        self._engine = engine

    def get(self, review_id: str) -> ClaimedReview:
        """One case.

        Raises:
            ReviewMissingError: There is none of this identifier.
        """
        return self._one(review_id, lock=False)

    def lock(self, review_id: str) -> ClaimedReview:
        """One case, which nobody else changes before the unit of work ends.

        Raises:
            ReviewMissingError: There is none of this identifier.
        """
        return self._one(review_id, lock=True)

    def next_free(
        self,
        staff: str,
        role: StaffRole,
        order: QueueOrder,
        now: dt.datetime,
        filters: QueueFilters | None = None,
    ) -> str | None:
        """The first case that may be handed to somebody, locked to the end of the unit of work."""
        first = (
            select(ReviewRow.review_id)
            .where(claimable(staff, role, now), *with_values(filters))
            .order_by(*in_order(order))
            .limit(1)
            .with_for_update(skip_locked=True, of=ReviewRow)
        )
        with reading(self._engine) as connection:
            return connection.scalar(first)

    def involvement(self, review_id: str, staff: str) -> Involvement:
        """What somebody has said about a case, and about the decision that it looks at again."""
        return self.involvements(review_id).get(staff, Involvement())

    def involvements(self, review_id: str) -> Mapping[str, Involvement]:
        """The same of everybody who has said something."""
        found: dict[str, Involvement] = {}
        with reading(self._engine) as connection:
            for row in connection.execute(_SPOKEN, {"review_id": review_id}):
                before = found.get(row.staff, Involvement())
                spoken = bool(row.gave_opinion) or before.gave_opinion
                found[row.staff] = Involvement(gave_opinion=spoken, decided=True)
        return found

    def hold(self, review_id: str, staff: str, until: dt.datetime) -> None:
        """Give a case to somebody until a moment."""
        self._set(review_id, state=ReviewState.CLAIMED, holder=staff, lease_until=until)

    def free(
        self,
        review_id: str,
        *,
        postponed_until: dt.datetime | None = None,
        senior: bool | None = None,
        second: bool | None = None,
    ) -> None:
        """Take the case from its holder, for anybody or for some.

        Args:
            review_id: The case.
            postponed_until: The queue hands it to nobody before. None, as for the next two,
                changes nothing.
            senior: Only a senior may claim it from now on.
            second: A second person has to give an opinion.
        """
        marks = {"postponed_until": postponed_until, "senior": senior, "second": second}
        self._set(
            review_id,
            state=ReviewState.OPEN,
            holder=None,
            lease_until=None,
            **{name: value for name, value in marks.items() if value is not None},
        )

    def assign(self, review_id: str, staff: str | None) -> None:
        """Give a case to one person alone, or with None to whoever comes."""
        self._set(review_id, assigned_to=staff)

    def mark_senior(self, review_id: str, *, senior: bool) -> None:
        """Say whether only a senior may claim the case."""
        self._set(review_id, senior=senior)

    def skip(self, review_id: str, staff: str, until: dt.datetime) -> None:
        """Hand a case to this person no earlier than then."""
        mine = (SkipRow.review_id == review_id, SkipRow.staff == staff)
        with writing(self._engine) as connection:
            connection.execute(delete(SkipRow).where(*mine))
            row = {"review_id": review_id, "staff": staff, "until": until}
            connection.execute(insert(SkipRow).values(row))

    def mark_disagreement(self, review_id: str, *, open_: bool) -> None:
        """Note whether a second look differs from the decision and waits for a senior."""
        self._set(review_id, senior=open_)

    def _one(self, review_id: str, *, lock: bool) -> ClaimedReview:
        with reading(self._engine) as connection:
            query = _ONE_LOCKED if lock else _ONE
            row = connection.execute(query, {"review_id": review_id}).one_or_none()
        if row is None:
            raise ReviewMissingError
        return claimed_review(row)

    def _set(self, review_id: str, **values: object) -> None:
        with writing(self._engine) as connection:
            connection.execute(
                update(ReviewRow).where(ReviewRow.review_id == review_id).values(**values)
            )
