"""What a person has written about a case and not sent: it outlives claim, session and reload."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from models.reviews.act_refused import ActRefusedError
from models.reviews.review_work import ClaimedReview
from models.staff.staff_member import StaffMember
from storage.bootstrap import Repositories

LONGEST: Final = 20_000
"""Characters of all fields together: ten times what the form of a decision takes."""
KEPT: Final = dt.timedelta(days=30)
"""Longer than any term of a review; a draft that nobody came back to is deleted then."""
_NOT_KEPT: Final = frozenset({"csrf"})


class DraftTooLongError(ActRefusedError):
    """More than a form takes."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            ("草稿过长，未保存", "The draft is too long and was not kept"),
            ("请缩短后重试。", "Shorten it."),
        )


def save_draft(
    repositories: Repositories,
    review_id: str,
    member: StaffMember,
    fields: Mapping[str, Sequence[str]],
    *,
    now: dt.datetime | None = None,
) -> bool:
    """Keep what stands in somebody's form; an empty form deletes the draft.

    A person keeps a draft also of a case that has gone to somebody else meanwhile; nobody but
    that person ever reads it.

    Returns:
        Whether something is kept; nothing is of a case that is decided.

    Raises:
        DraftTooLongError: It is longer than `LONGEST`.
        ReviewMissingError: There is no case of this identifier.
    """
    kept = {name: values for name, values in fields.items() if name not in _NOT_KEPT}
    if sum(len(value) for values in kept.values() for value in values) > LONGEST:
        raise DraftTooLongError
    with repositories.unit_of_work():
        case = repositories.claims.lock(review_id)
        if not _is_open(case) or not any(any(values) for values in kept.values()):
            repositories.drafts.delete(review_id, member.name)
            return False
        repositories.drafts.save(review_id, member.name, kept, now or dt.datetime.now(dt.UTC))
    return True


def load_draft(
    repositories: Repositories, review_id: str, member: StaffMember
) -> Mapping[str, tuple[str, ...]] | None:
    """The fields of this person's form as they were kept last; None where nothing is."""
    return repositories.drafts.get(review_id, member.name)


def purge_drafts(repositories: Repositories, now: dt.datetime) -> int:
    """Delete drafts that nobody came back to, and say how many there were."""
    return repositories.drafts.delete_before(now - KEPT)


def _is_open(case: ClaimedReview) -> bool:
    return case.review.outcome is None
