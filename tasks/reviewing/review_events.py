"""Record in the audit log what a member of staff did with a case."""

import datetime as dt
import uuid
from collections.abc import Mapping

from models.audit.event import Detail, EventTag
from models.reviews.review_work import ClaimedReview, ViewKind
from storage.bootstrap import Repositories
from tasks.rounds.round_events import record_event, round_event


def record_review_event(
    repositories: Repositories,
    case: ClaimedReview,
    tag: EventTag,
    staff: str,
    details: Mapping[str, Detail] | None = None,
    *,
    key: str = "",
) -> None:
    """Append one event about a case; inside a unit of work it is a part of that.

    Args:
        repositories: Where the log is.
        case: The case.
        tag: What was done.
        staff: Who did it.
        details: Codes and identifiers; nothing personal.
        key: Tells several such events apart; person and moment where it is empty.
    """
    round_ = repositories.cases.get(case.review.round_id)
    record_event(
        repositories,
        round_,
        tag,
        {"review_id": case.review.review_id, **(details or {})},
        key=key or f"{staff}:{dt.datetime.now(dt.UTC).isoformat()}",
        actor=staff,
    )


def record_terminal_view(repositories: Repositories, case: ClaimedReview, staff: str) -> None:
    """Leave the line of a look at a case outside a browser, in the access log and in the chain."""
    round_ = repositories.cases.get(case.review.round_id)
    repositories.access.note(
        staff,
        ViewKind.CASE,
        case.review.application_id,
        case.review.round_id,
        "",
        event=round_event(
            round_,
            EventTag.CASE_VIEWED,
            {"review_id": case.review.review_id},
            key=f"{staff}:{uuid.uuid4().hex}",
            actor=staff,
        ),
    )
