"""Who gets which case: given to one person, taken from a desk, several at once."""

import datetime as dt
from collections.abc import Iterator, Sequence

from models.audit.event import Detail, EventTag
from models.reviews.act_refused import ActRefusedError
from models.reviews.claim_rules import Involvement, may_judge
from models.reviews.review import ReviewState
from models.reviews.review_work import ClaimedReview
from models.staff.staff_member import REVIEWING, StaffError, StaffMember, StaffRole
from storage.bootstrap import Repositories
from tasks.reviewing.claims import next_day
from tasks.reviewing.review_events import record_review_event


class CannotAssignError(ActRefusedError):
    """The case cannot go to this person, or nobody else may say so."""

    def __init__(self, zh: str, en: str) -> None:
        """Say why, and what to do."""
        super().__init__(("不能指派", "It cannot be assigned"), (zh, en))


def assign(
    repositories: Repositories, review_id: str, senior: StaffMember, to: str | None
) -> ClaimedReview:
    """Give a waiting case to one person, or with None to whoever comes; it leaves its desk.

    Args:
        repositories: Where everything is kept.
        review_id: The case.
        senior: Who assigns.
        to: An active reviewer or senior who may judge it.

    Raises:
        CannotAssignError: It is no senior, the case is decided, or the person may not judge it.
        ReviewMissingError: There is no case of this identifier.
    """
    if senior.role is not StaffRole.SENIOR:
        raise CannotAssignError("请由复核主管指派。", "A senior has to assign it.")
    with repositories.unit_of_work():
        case = repositories.claims.lock(review_id)
        if case.review.outcome is not None:
            raise CannotAssignError("案件已有决定。", "The case is decided.")
        if to is not None and not _may_get(repositories, case, to):
            raise CannotAssignError(
                "该人员不能审核此案（未登记、已停用、角色不符或已提出意见）；请另选他人。",
                "This person may not judge it (not registered, shut out, another role, or gave an "
                "opinion on it): choose somebody else.",
            )
        if case.review.state is ReviewState.CLAIMED and case.review.holder != to:
            repositories.claims.free(review_id)
        repositories.claims.assign(review_id, to)
        details: dict[str, Detail] = {"to": to or ""}
        record_review_event(repositories, case, EventTag.CASE_ASSIGNED, senior.name, details)
        return repositories.claims.get(review_id)


def release_all(
    repositories: Repositories,
    review_ids: Sequence[str],
    member: StaffMember,
    *,
    now: dt.datetime,
) -> int:
    """Give back several cases at once: one's own, and for a senior also those of others.

    Returns:
        How many lay on a desk and are free now; the others stay as they are.

    Raises:
        ReviewMissingError: There is no case of one of these identifiers.
    """
    freed = 0
    with repositories.unit_of_work():
        for review_id in sorted(set(review_ids)):
            case = repositories.claims.lock(review_id)
            holder = case.review.holder
            if case.review.state is not ReviewState.CLAIMED or holder is None:
                continue
            if holder != member.name and member.role is not StaffRole.SENIOR:
                continue
            repositories.claims.free(review_id)
            if holder == member.name:
                repositories.claims.skip(review_id, holder, next_day(now))
            details: dict[str, Detail] = {"holder": holder}
            record_review_event(repositories, case, EventTag.CASE_RELEASED, member.name, details)
            freed += 1
    return freed


def possible_assignees(repositories: Repositories, case: ClaimedReview) -> Iterator[str]:
    """The names of those to whom a case can be given, in order."""
    involvements = repositories.claims.involvements(case.review.review_id)
    for person in repositories.staff.list():
        if _may_be_assigned(case, person, involvements.get(person.name, Involvement())):
            yield person.name


def _may_be_assigned(case: ClaimedReview, person: StaffMember, involvement: Involvement) -> bool:
    """Whether a case can be given to somebody: at work here, and free to judge it."""
    at_work = person.active and person.role in REVIEWING
    return at_work and may_judge(case, person.role, involvement)


def _may_get(repositories: Repositories, case: ClaimedReview, name: str) -> bool:
    try:
        person = repositories.staff.get(name)
    except StaffError:
        return False
    involvement = repositories.claims.involvement(case.review.review_id, name)
    return _may_be_assigned(case, person, involvement)
