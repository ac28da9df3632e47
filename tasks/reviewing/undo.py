"""Take an opinion back within minutes, before anything has come of it."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from models.audit.event import EventTag
from models.reviews.act_refused import ActRefusedError
from models.reviews.claim_rules import LEASE
from models.reviews.review import ReviewState
from models.reviews.review_work import ClaimedReview, Opinion
from models.staff.staff_member import StaffMember, StaffRole
from storage.bindings.binding_repository import binding_key, tombstone_key
from storage.bootstrap import Repositories
from tasks.reviewing.review_events import record_review_event
from tasks.reviewing.settle_review import settled_name
from tasks.rounds.round_results import decision_key


class CannotUndoError(ActRefusedError):
    """It is too late, or it was somebody else's opinion."""

    def __init__(self) -> None:
        """Say who can still do something."""
        super().__init__(
            ("不能撤回", "It cannot be taken back"),
            (
                "决定已生效、已过可撤回时间，或不是您作出的；如有错误，请复核主管重新审核。",
                "It is in effect, the time is over, or it was not yours; a senior can reopen it.",
            ),
        )


class UndoneOpinion(NamedTuple):
    """What was taken back, for the page that shows the case again."""

    case: ClaimedReview
    opinion: Opinion


def undo_opinion(
    repositories: Repositories, review_id: str, member: StaffMember, *, now: dt.datetime
) -> UndoneOpinion:
    """Take one's last opinion back; the case is the person's again, and nothing was decided.

    A decision can be taken back until it is put into effect; an opinion that waits for a second
    person until that one has claimed the case. The opinion stays in the book and in the audit
    log, and counts no longer.

    Args:
        repositories: Where everything is kept.
        review_id: The case.
        member: Who takes it back: who gave it.
        now: The present.

    Raises:
        CannotUndoError: It is too late, or it was not this person's.
        ReviewMissingError: There is no case of this identifier.
    """
    with repositories.unit_of_work():
        case = repositories.claims.lock(review_id)
        opinions = repositories.opinions.of(review_id)
        if not may_undo(repositories, case, opinions, member, now):
            raise CannotUndoError
        last = opinions[-1]
        repositories.opinions.withdraw(review_id, last.ordinal, now)
        if case.review.outcome is not None:
            repositories.reviews.take_back(review_id)
        if case.kind.is_second_look:
            repositories.claims.mark_disagreement(review_id, open_=False)
        if len(opinions) == 2 and member.role is not StaffRole.SENIOR:
            # The second of two made it a senior's; a reviewer could not have had a senior's case.
            repositories.claims.mark_senior(review_id, senior=False)
        repositories.claims.hold(review_id, member.name, now + LEASE)
        record_review_event(
            repositories,
            case,
            EventTag.OPINION_WITHDRAWN,
            member.name,
            {
                "outcome": last.outcome.value,
                "ordinal": last.ordinal,
                "senior": repositories.claims.get(review_id).senior,
            },
        )
        return UndoneOpinion(repositories.claims.get(review_id), last)


def may_undo(
    repositories: Repositories,
    case: ClaimedReview,
    opinions: Sequence[Opinion],
    member: StaffMember,
    now: dt.datetime,
) -> bool:
    """Whether `undo_opinion` would take this person's opinion back at this moment.

    Args:
        repositories: Where everything is kept.
        case: As it stands.
        opinions: Those that count, in their order.
        member: Who asks.
        now: The present.
    """
    return bool(opinions) and _may_undo(repositories, case, opinions[-1], member, now)


def _may_undo(
    repositories: Repositories,
    case: ClaimedReview,
    last: Opinion,
    member: StaffMember,
    now: dt.datetime,
) -> bool:
    if last.staff != member.name:
        return False
    review = case.review
    if review.outcome is None:
        return review.state is ReviewState.OPEN  # nobody has claimed it since
    in_time = review.settle_after is not None and now < review.settle_after
    return review.state is ReviewState.DECIDED and in_time and not _began(repositories, case)


def _began(repositories: Repositories, case: ClaimedReview) -> bool:
    """Whether a settling that was cut off has put an object already, which would stay behind.

    That of a sample or a second look puts none. A binding that is on record was written by a
    decision before this one, and so was what lies there of an application whose binding people
    look at again.
    """
    if case.kind.after_the_fact:
        return False
    review = case.review
    binding_id = repositories.keyring.identifier("binding", review.round_id)
    if case.is_about_binding:
        return repositories.archive.exists(tombstone_key(binding_id))
    put = {decision_key(review.round_id, settled_name(review))}
    if not repositories.bindings.of_round(review.round_id):
        put.add(binding_key(binding_id))
    return any(map(repositories.archive.exists, put))
