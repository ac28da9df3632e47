"""How long a case stays on a desk, and the line that says who took it."""

import datetime as dt
from typing import Final

from models.audit.event import EventTag
from models.reviews.review_work import ClaimedReview
from storage.bootstrap import Repositories
from tasks.rounds.round_events import record_event

LEASE: Final = dt.timedelta(minutes=10)
"""An open page renews it; a closed one lets the case fall back to the queue."""


def note_claim(repositories: Repositories, case: ClaimedReview, staff: str) -> None:
    """Write a claim into the chain."""
    until = case.review.lease_until
    note_on_case(
        repositories,
        case,
        EventTag.CASE_CLAIMED,
        staff,
        key=until.isoformat() if until else "",
        lease_until=until.isoformat() if until else "",
    )


def note_on_case(
    repositories: Repositories,
    case: ClaimedReview,
    tag: EventTag,
    staff: str,
    *,
    key: str = "",
    **details: str | int,
) -> None:
    """Write what somebody did with a case into the chain.

    Args:
        repositories: Where the log is.
        case: The case.
        tag: What was done.
        staff: Who did it.
        key: Tells several such events apart; the moment where it is empty.
        **details: Codes and identifiers; nothing personal.
    """
    round_ = repositories.cases.get(case.review.round_id)
    event_key = key or f"{staff}:{dt.datetime.now(dt.UTC).isoformat()}"
    record_event(
        repositories,
        round_,
        tag,
        {"review_id": case.review.review_id, **details},
        key=event_key,
        actor=staff,
    )
