"""Who has which case on the desk: claims, leases, and how a case leaves the desk undecided."""

import datetime as dt
from typing import Final

from sqlalchemy import Engine, bindparam, select, update

from models.reviews.review import ReviewState
from models.reviews.review_work import ClaimedReview
from models.staff.staff_member import StaffRole
from storage.database.engine import reading, writing
from storage.database.tables import ReviewRow
from storage.reviews.queue_queries import QueueOrder, claimable, free_for, held_by, in_order
from storage.reviews.review_repository import ReviewMissingError
from storage.reviews.review_rows import (
    CLAIMED_REVIEWS,
    claimed_review,
    give_up_claim,
    mark,
)

_ONE: Final = CLAIMED_REVIEWS.where(ReviewRow.review_id == bindparam("review_id"))


class ReviewClaims:
    """The desks of all reviewers."""

    def __init__(self, engine: Engine) -> None:
        """Open the desks in a database whose tables are up to date."""
        self._engine = engine

    def get(self, review_id: str) -> ClaimedReview:
        """One case.

        Raises:
            ReviewMissingError: There is none of this identifier.
        """
        with reading(self._engine) as connection:
            row = connection.execute(_ONE, {"review_id": review_id}).one_or_none()
        if row is None:
            raise ReviewMissingError("There is no such review case.")
        return claimed_review(row)

    def claim(
        self,
        review_id: str,
        staff: str,
        role: StaffRole,
        lease: dt.timedelta,
        *,
        now: dt.datetime | None = None,
    ) -> ClaimedReview | None:
        """Take a case onto one's desk, or keep it there longer.

        Returns:
            The case; None when another holds it, it is decided, only a senior may take it, or
            this person gave an opinion on it already.

        Raises:
            ReviewMissingError: There is none of this identifier.
        """
        moment = now or dt.datetime.now(dt.UTC)
        with writing(self._engine) as connection:
            taken = connection.execute(
                update(ReviewRow)
                .where(ReviewRow.review_id == review_id, free_for(staff, role, moment))
                .values(state=ReviewState.CLAIMED, holder=staff, lease_until=moment + lease)
            )
        found = self.get(review_id)
        return found if taken.rowcount else None

    def renew(
        self, review_id: str, staff: str, lease: dt.timedelta, *, now: dt.datetime | None = None
    ) -> dt.datetime | None:
        """Keep a case on one's desk; None when it is not there any more."""
        until = (now or dt.datetime.now(dt.UTC)) + lease
        with writing(self._engine) as connection:
            kept = connection.execute(
                update(ReviewRow).where(held_by(review_id, staff)).values(lease_until=until)
            )
        return until if kept.rowcount else None

    def claim_next(
        self,
        staff: str,
        role: StaffRole,
        lease: dt.timedelta,
        *,
        order: QueueOrder = QueueOrder.DUE,
        now: dt.datetime | None = None,
    ) -> ClaimedReview | None:
        """Take the first case of the queue that this person may take; None when none waits."""
        moment = now or dt.datetime.now(dt.UTC)
        first = (
            select(ReviewRow.review_id)
            .where(claimable(staff, role, moment))
            .order_by(*in_order(order))
            .limit(1)
            .with_for_update(skip_locked=True, of=ReviewRow)
        )
        with writing(self._engine) as connection:
            review_id = connection.scalar(first)
            if review_id is None:
                return None
            connection.execute(
                update(ReviewRow)
                .where(ReviewRow.review_id == review_id)
                .values(state=ReviewState.CLAIMED, holder=staff, lease_until=moment + lease)
            )
        return self.get(review_id)

    def release(self, review_id: str, staff: str) -> None:
        """Put a case back for anybody.

        Raises:
            NotHolderError: It is not on this person's desk.
        """
        with writing(self._engine) as connection:
            give_up_claim(connection, review_id, staff)

    def postpone(self, review_id: str, staff: str, until: dt.datetime) -> None:
        """Put a case back and hand it out to nobody before a moment.

        Raises:
            NotHolderError: It is not on this person's desk.
        """
        with writing(self._engine) as connection:
            give_up_claim(connection, review_id, staff)
            mark(connection, review_id, postponed_until=until)

    def escalate(self, review_id: str, staff: str) -> None:
        """Put a case back for a senior.

        Raises:
            NotHolderError: It is not on this person's desk.
        """
        with writing(self._engine) as connection:
            give_up_claim(connection, review_id, staff)
            mark(connection, review_id, senior=True)
