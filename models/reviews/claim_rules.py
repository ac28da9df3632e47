"""Who may claim a review case (领取案件), and for how long."""

import datetime as dt
from typing import Final, NamedTuple

from models.errors import KinbindError
from models.reviews.review_work import ClaimedReview
from models.staff.staff_member import StaffRole

LEASE: Final = dt.timedelta(minutes=10)
"""How long a claim lasts unless it is renewed; an open page renews it.

A claim that runs out stays with its holder until somebody else takes the case.
"""

LONGEST_PAUSE: Final = 5
"""Working days for which a case may be postponed at most."""


_NOT_HELD: Final = (
    "案件已不在您名下，请重新领取。You do not hold this case any more; claim it again."
)


class NotHolderError(KinbindError):
    """Somebody else has claimed the case, or it is decided already."""

    def __init__(self, message: str = _NOT_HELD) -> None:
        """Say what to do."""
        super().__init__(message)


class Involvement(NamedTuple):
    """What a member of staff has said about a case already.

    Attributes:
        gave_opinion: On this case, since it was put before people last.
        decided: On the decision that a second look (复查) is about.
    """

    gave_opinion: bool = False
    decided: bool = False


def may_claim(
    case: ClaimedReview, staff: str, role: StaffRole, involvement: Involvement, now: dt.datetime
) -> bool:
    """Whether somebody may claim a case by its identifier; the holder may claim it longer.

    `storage.reviews.queue_queries.claimable` asks the same in SQL, to find the next case; it hands
    out neither a case that somebody holds nor one that is postponed.
    """
    waiting = case.review.outcome is None
    free = case.review.holder == staff or lease_is_over(case, now)
    return waiting and free and may_judge(case, role, involvement)


def lease_is_over(case: ClaimedReview, now: dt.datetime) -> bool:
    """Whether nobody's claim on the case is in force."""
    until = case.review.lease_until
    return until is None or until < now


def may_judge(case: ClaimedReview, role: StaffRole, involvement: Involvement) -> bool:
    """Whether somebody may give an opinion: nobody gives two about one case.

    What was escalated is for a senior; a second look is for those who had no part in the decision.
    """
    if involvement.gave_opinion or (case.kind.is_second_look and involvement.decided):
        return False
    return role is StaffRole.SENIOR or not case.senior
