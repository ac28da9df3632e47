"""The line that every look at somebody's papers leaves, before it is granted."""

import uuid
from collections.abc import Sequence
from typing import Final, NamedTuple

from models.audit.event import Detail, EventTag, NewEvent
from models.cases.case_round import ApplicationRound
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
    record_views(repositories, papers, session, ((kind, detail),))


def record_views(
    repositories: Repositories,
    papers: ViewedPapers,
    session: StaffSession,
    looks: Sequence[tuple[ViewKind, str]],
    *,
    round_: ApplicationRound | None = None,
) -> None:
    """Record several views of one page, in one transaction; see `record_view`.

    Args:
        repositories: Where everything is kept.
        papers: Whose papers are looked at.
        session: Who looks.
        looks: What is looked at: its kind and, within the papers, its place and name.
        round_: Their round, where it is at hand.
    """
    round_ = round_ or repositories.cases.get(papers.round_id)
    with repositories.unit_of_work():
        for kind, detail in looks:
            repositories.access.note(
                session.staff.name,
                kind,
                papers.application_id,
                papers.round_id,
                detail,
                event=_event(round_, papers, session, kind, detail),
            )


def _event(
    round_: ApplicationRound,
    papers: ViewedPapers,
    session: StaffSession,
    kind: ViewKind,
    detail: str,
) -> NewEvent | None:
    """What the chain keeps of a look; None for one that only the access log keeps."""
    tag = _IN_THE_CHAIN.get(kind)
    if tag is None:
        return None
    name = session.staff.name
    same = f"{name}:{session.session_id[:16]}"
    again = {ViewKind.CASE: same, ViewKind.FIELD: f"{same}:{detail}"}.get(kind)
    event_details = {"review_id": papers.review_id, "field": detail}
    details: dict[str, Detail] = {name: value for name, value in event_details.items() if value}
    return round_event(round_, tag, details, key=again or uuid.uuid4().hex, actor=name)
