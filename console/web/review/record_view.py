"""The line that every look at somebody's papers leaves, before it is granted."""

import uuid
from typing import Final, NamedTuple

from models.audit.event import Detail, EventTag
from models.reviews.review_work import ClaimedReview, ViewKind
from models.staff.staff_member import StaffSession
from storage.bootstrap import Repositories
from tasks.rounds.round_events import round_event

_IN_THE_CHAIN: Final = {
    ViewKind.CASE: EventTag.CASE_VIEWED,
    ViewKind.FIELD: EventTag.FIELD_REVEALED,
}


class ViewedPapers(NamedTuple):
    """Whose papers are looked at, and as which case; "" where they are nobody's case."""

    application_id: str
    round_id: str
    review_id: str = ""

    @classmethod
    def of(cls, case: ClaimedReview) -> "ViewedPapers":
        """The papers of a case."""
        review = case.review
        return cls(review.application_id, review.round_id, review.review_id)


def record_view(
    repositories: Repositories,
    papers: ViewedPapers,
    session: StaffSession,
    kind: ViewKind,
    detail: str = "",
) -> None:
    """Record a view in the access log and, for a case or a number, in the audit chain.

    A page that is loaded again in the same session is the same view to the chain. So are the
    numbers that it shows unasked; what somebody asks for is a look of its own.
    """
    name, event = session.staff.name, None
    if tag := _IN_THE_CHAIN.get(kind):
        same = f"{name}:{session.session_id[:16]}"
        again = {ViewKind.CASE: same, ViewKind.FIELD: f"{same}:{detail}"}.get(kind)
        told = {"review_id": papers.review_id, "field": detail}
        details: dict[str, Detail] = {name: value for name, value in told.items() if value}
        round_ = repositories.cases.get(papers.round_id)
        event = round_event(round_, tag, details, key=again or uuid.uuid4().hex, actor=name)
    repositories.access.note(
        name, kind, papers.application_id, papers.round_id, detail, event=event
    )
