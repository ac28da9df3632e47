"""What a page offers to do with a case or an application: never what would be refused."""

import datetime as dt
from collections.abc import Sequence
from typing import Final, NamedTuple

from models.bindings.unbinding import EndReason
from models.cases.case_round import ApplicationRound
from models.decision.decision import Outcome
from models.reviews.claim_rules import may_claim
from models.reviews.review import APPLICATION, ReviewCase, ReviewState
from models.reviews.review_work import ClaimedReview, Opinion
from models.staff.staff_member import REVIEWING, StaffMember, StaffRole
from storage.bootstrap import Repositories
from tasks.reviewing.undo import may_undo

END_REASONS: Final = tuple(reason for reason in EndReason if reason is not EndReason.REVERIFIED)
"""Why somebody asks for the end of a binding; what a review finds ends it by itself."""
_IN_FORCE: Final = frozenset({"active", "suspended"})


class CaseOffers(NamedTuple):
    """What somebody may do with a case now, beside deciding it.

    Attributes:
        skip: Be handed it no more today.
        assign: Give it to somebody; to whom is asked when that part of the page is opened.
        undo: One's own opinion can be taken back.
        undo_until: Until when; None where that ends with the next person's claim.
    """

    claim: bool = False
    skip: bool = False
    assign: bool = False
    undo: bool = False
    undo_until: dt.datetime | None = None


class ApplicationOffers(NamedTuple):
    """What somebody may do about an application that is decided.

    Attributes:
        reopen: Have its last round looked at again.
        unbind: End the binding that came of it.
        objection: Enter what the applicant objects.
    """

    reopen: bool = False
    unbind: bool = False
    objection: bool = False


def case_offers(
    repositories: Repositories,
    case: ClaimedReview,
    opinions: Sequence[Opinion],
    member: StaffMember,
    now: dt.datetime,
) -> CaseOffers:
    """What this person may do with a case at this moment, with the opinions that count."""
    if member.role not in REVIEWING:
        return CaseOffers()
    review = case.review
    undo = may_undo(repositories, case, opinions, member, now)
    if review.outcome is not None:
        return CaseOffers(undo=undo, undo_until=review.settle_after if undo else None)
    involvement = repositories.claims.involvement(review.review_id, member.name)
    claimable = may_claim(case, member.name, member.role, involvement, now)
    return CaseOffers(
        claim=claimable and not case.is_held_by(member.name),
        skip=claimable,
        assign=member.role is StaffRole.SENIOR,
        undo=undo,
    )


def application_offers(
    repositories: Repositories,
    round_: ApplicationRound,
    member: StaffMember,
    review: ReviewCase | None = None,
) -> ApplicationOffers:
    """What this person may do about a decided application; of a round before its last nothing.

    Args:
        repositories: Where everything is kept.
        round_: The application's round.
        member: Who asks.
        review: A case of the round, where one is at hand.
    """
    if review is None or review.subject != APPLICATION:
        review = repositories.reviews.find(round_.round_id, APPLICATION)
    if member.role not in REVIEWING or _is_under_way(repositories, round_, review):
        return ApplicationOffers()
    denied = round_.outcome in {Outcome.RETURNED, Outcome.REJECTED}
    senior = member.role is StaffRole.SENIOR
    bound = senior and _is_bound(repositories, round_)
    return ApplicationOffers(reopen=bound or (senior and denied), unbind=bound, objection=denied)


def _is_under_way(
    repositories: Repositories, round_: ApplicationRound, review: ReviewCase | None
) -> bool:
    """Whether people have it, or it is not the last round."""
    if review is not None and review.state is not ReviewState.SETTLED:
        return True
    return repositories.cases.find(round_.application_id)[-1].round_id != round_.round_id


def _is_bound(repositories: Repositories, round_: ApplicationRound) -> bool:
    states = repositories.bindings.of_round(round_.round_id)
    return any(state.status in _IN_FORCE for state in states)
