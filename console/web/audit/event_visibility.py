"""Which of the chain's events a reviewer may see."""

from typing import Final

from models.audit.event import AuditEvent, EventTag
from models.reviews.review import ReviewState
from models.reviews.review_work import ClaimedReview, ReviewKind
from models.staff.staff_member import StaffRole, StaffSession
from storage.bootstrap import Repositories

_BLIND: Final = frozenset(
    {
        EventTag.APPLICATION_DECIDED,
        EventTag.BINDING_WRITTEN,
        EventTag.CASE_SAMPLED,
        EventTag.CASE_OPENED,
        EventTag.NOTICE_DELIVERED,
        EventTag.NOTICE_GIVEN_UP,
    }
)
"""What would tell a reviewer what the machine had made of a case that was drawn for the sample."""


def history_of(
    repositories: Repositories, case: ClaimedReview, session: StaffSession
) -> tuple[AuditEvent, ...]:
    """A round's events; without what must not sway a reviewer while an opinion can be changed."""
    events = [
        event
        for event in repositories.audit.events(case.review.application_id)
        if event.round_id == case.review.round_id
    ]
    changeable = case.review.state is not ReviewState.SETTLED
    if changeable and session.staff.role is not StaffRole.AUDITOR:
        events = [event for event in events if event.tag not in _BLIND]
        if case.kind is ReviewKind.SECOND_LOOK:
            opened = case.review.opened_at
            events = [e for e in events if e.recorded_at >= opened or not _by_people(e)]
    return tuple(event for event in events if event.tag is not EventTag.DOCUMENT_READ)


def _by_people(event: AuditEvent) -> bool:
    """Whether it tells that people had the case, or what came of it."""
    return event.tag.value.startswith(("review:", "binding:", "audit:"))
