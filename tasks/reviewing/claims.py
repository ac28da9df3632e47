"""Claim a review case, keep it, and give it back; each with its audit event in one transaction."""

import datetime as dt
from typing import Final

from models.audit.event import Detail, EventTag
from models.clock import CHINA
from models.reviews.act_refused import ActRefusedError
from models.reviews.claim_rules import LEASE, NotHolderError, PastTermError, may_claim
from models.reviews.review_work import ClaimedReview
from models.staff.staff_member import StaffRole
from storage.bootstrap import Repositories
from storage.reviews.queue_queries import QueueFilters, QueueOrder
from tasks.reviewing.review_events import record_review_event
from tasks.rounds.working_days import add_working_days, read_overrides

_START_OF_WORK: Final = dt.time(9, 0)


class MayNotJudgeError(ActRefusedError):
    """Somebody holds a case about which they may give no opinion (any more)."""

    def __init__(self) -> None:
        """Say why, and the way on."""
        super().__init__(
            ("您不能审核此案", "You may not judge this case"),
            (
                "案件须由复核主管或其他人员审核（已上报，或您已提出意见）；请退回并领取下一件。",
                "It is for a senior or for somebody else (escalated, or you gave an opinion on "
                "it): give it back and claim the next one.",
            ),
        )


def claim(
    repositories: Repositories,
    review_id: str,
    staff: str,
    role: StaffRole,
    *,
    now: dt.datetime | None = None,
) -> ClaimedReview | None:
    """Claim a case, or keep it for another lease.

    Returns:
        The case; None where somebody else holds it, it is decided, only a senior may claim it, or
        this person gave an opinion on it already.

    Raises:
        ReviewMissingError: There is none of this identifier.
    """
    moment = now or dt.datetime.now(dt.UTC)
    with repositories.unit_of_work():
        case = repositories.claims.lock(review_id)
        involvement = repositories.claims.involvement(review_id, staff)
        if not may_claim(case, staff, role, involvement, moment):
            return None
        return _hold(repositories, review_id, staff, moment)


def claim_next(
    repositories: Repositories,
    staff: str,
    role: StaffRole,
    *,
    order: QueueOrder = QueueOrder.DUE,
    filters: QueueFilters | None = None,
    now: dt.datetime | None = None,
) -> ClaimedReview | None:
    """Claim the first case of the queue that this person may judge; None where there is none.

    Args:
        repositories: Where everything is kept.
        staff: Who claims.
        role: Their role.
        order: What comes first.
        filters: Only a case with this reason, of this product, due before this moment.
        now: The present.
    """
    moment = now or dt.datetime.now(dt.UTC)
    with repositories.unit_of_work():
        review_id = repositories.claims.next_free(staff, role, order, moment, filters)
        return _hold(repositories, review_id, staff, moment) if review_id else None


def renew_claim(
    repositories: Repositories, review_id: str, staff: str, *, now: dt.datetime | None = None
) -> dt.datetime | None:
    """Hold a case for another lease, and say until when; None where this person has lost it."""
    until = (now or dt.datetime.now(dt.UTC)) + LEASE
    with repositories.unit_of_work():
        if not repositories.claims.lock(review_id).is_held_by(staff):
            return None
        repositories.claims.hold(review_id, staff, until)
    return until


def held_case(repositories: Repositories, review_id: str, staff: str) -> ClaimedReview:
    """The case, whose claim is renewed.

    Raises:
        NotHolderError: This person does not hold it.
        ReviewMissingError: There is none of this identifier.
    """
    renewed = renew_claim(repositories, review_id, staff)
    case = repositories.claims.get(review_id)
    if renewed is None:
        raise NotHolderError(case)
    return case


def release(
    repositories: Repositories, review_id: str, staff: str, *, now: dt.datetime | None = None
) -> None:
    """Give a case back for anybody; this person is not handed it again before the next day.

    Raises:
        NotHolderError: This person does not hold it.
    """
    with repositories.unit_of_work():
        case = locked_for(repositories, review_id, staff)
        repositories.claims.free(review_id)
        repositories.claims.skip(review_id, staff, next_day(now or dt.datetime.now(dt.UTC)))
        record_review_event(repositories, case, EventTag.CASE_RELEASED, staff)


def skip(
    repositories: Repositories, review_id: str, staff: str, *, now: dt.datetime | None = None
) -> None:
    """Be handed a case no more before the next day, whether one holds it or not."""
    with repositories.unit_of_work():
        case = repositories.claims.lock(review_id)
        if case.is_held_by(staff):
            repositories.claims.free(review_id)
        repositories.claims.skip(review_id, staff, next_day(now or dt.datetime.now(dt.UTC)))
        record_review_event(repositories, case, EventTag.CASE_SKIPPED, staff)


def next_day(now: dt.datetime) -> dt.datetime:
    """The beginning of the office's next day."""
    day = now.astimezone(CHINA).date() + dt.timedelta(days=1)
    return dt.datetime.combine(day, dt.time(), CHINA)


def end_of_postponement(
    repositories: Repositories, working_days: int, now: dt.datetime
) -> dt.datetime:
    """When a case that is postponed now for some working days is handed out again."""
    overrides = read_overrides(repositories.policies.working_days)
    day = add_working_days(now.astimezone(CHINA).date(), working_days, overrides).day
    return dt.datetime.combine(day, _START_OF_WORK, CHINA)


def postpone(
    repositories: Repositories,
    review_id: str,
    staff: str,
    working_days: int,
    *,
    past_term: bool = False,
    now: dt.datetime | None = None,
) -> None:
    """Give a case back; the queue hands it out again after some working days. Its term runs on.

    Args:
        repositories: Where everything is kept.
        review_id: The case.
        staff: Who holds it.
        working_days: 1 to `models.reviews.claim_rules.LONGEST_PAUSE`.
        past_term: The term may run out meanwhile; the person has said so.
        now: The present.

    Raises:
        NotHolderError: This person does not hold it.
        PastTermError: The term would run out, and nobody has said that it may.
    """
    moment = now or dt.datetime.now(dt.UTC)
    until = end_of_postponement(repositories, working_days, moment)
    with repositories.unit_of_work():
        case = locked_for(repositories, review_id, staff)
        due = case.review.due_at
        if moment <= due < until and not past_term:
            raise PastTermError(due.astimezone(CHINA).date())
        repositories.claims.free(review_id, postponed_until=until)
        details: dict[str, Detail] = {"until": until.date().isoformat()}
        record_review_event(repositories, case, EventTag.CASE_POSTPONED, staff, details)


def escalate(repositories: Repositories, review_id: str, staff: str) -> None:
    """Give a case to a senior (上报).

    Raises:
        NotHolderError: This person does not hold it.
    """
    with repositories.unit_of_work():
        case = locked_for(repositories, review_id, staff)
        repositories.claims.free(review_id, senior=True)
        record_review_event(repositories, case, EventTag.CASE_ESCALATED, staff)


def locked_for(repositories: Repositories, review_id: str, staff: str) -> ClaimedReview:
    """A case that nobody else changes before the unit of work ends.

    Raises:
        NotHolderError: This person does not hold it.
        ReviewMissingError: There is none of this identifier.
    """
    case = repositories.claims.lock(review_id)
    if not case.is_held_by(staff):
        raise NotHolderError(case)
    return case


def _hold(
    repositories: Repositories, review_id: str, staff: str, now: dt.datetime
) -> ClaimedReview:
    repositories.claims.hold(review_id, staff, now + LEASE)
    case = repositories.claims.get(review_id)
    until = (now + LEASE).isoformat()
    details: dict[str, Detail] = {"lease_until": until}
    record_review_event(repositories, case, EventTag.CASE_CLAIMED, staff, details, key=until)
    return case
