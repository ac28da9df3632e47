"""The marks of a case in the queue, as its events leave them: who may take it, and from when."""

from collections.abc import Iterator, Sequence
from typing import Final

from models.audit.event import AuditEvent, EventTag
from models.clock import CHINA
from models.record import Record
from models.reviews.review_work import ClaimedReview, ClaimState
from tasks.reconciliation.round_log import OPENINGS, detail

_BY_PERSON: Final = (ClaimState.NEEDS_SECOND.value, ClaimState.NEEDS_SENIOR.value)


class CaseMarks(Record):
    """The marks of a case.

    Attributes:
        senior: Only a senior may take it; None where events of an older version do not tell.
        second: A second person has to give an opinion.
        postponed_until: The day before which nobody gets it handed out, ISO 8601; else empty.
        assigned_to: To whom alone it is handed out; else empty.
    """

    senior: bool | None = False
    second: bool = False
    postponed_until: str = ""
    assigned_to: str = ""


def other_marks(case: ClaimedReview, events: Sequence[AuditEvent]) -> Iterator[str]:
    """The marks that a case has otherwise than its events leave them.

    Args:
        case: As the database has it.
        events: Everything that happened to it, in order.
    """
    expected = _expected(events, of_second_look=case.kind.is_second_look)
    if expected.senior is not None and case.senior != expected.senior:
        yield "senior"
    if case.second != expected.second:
        yield "second"
    rests = case.postponed_until
    if (str(rests.astimezone(CHINA).date()) if rests else "") != expected.postponed_until:
        yield "postponed_until"
    if (case.assigned_to or "") != expected.assigned_to:
        yield "assigned_to"


def _expected(events: Sequence[AuditEvent], *, of_second_look: bool) -> CaseMarks:
    marks = CaseMarks()
    for event in events:
        marks = marks.model_copy(update=_change(event, of_second_look=of_second_look))
    return marks


def _change(event: AuditEvent, *, of_second_look: bool) -> dict[str, bool | str | None]:
    """What one event changes."""
    match event.tag:
        case EventTag.OPINION_GIVEN:
            return _by_opinion(event, of_second_look=of_second_look)
        case EventTag.OPINION_WITHDRAWN:
            return {"senior": _flag(event, "senior")}
        case EventTag.CASE_ESCALATED if not is_overdue(event):
            return {"senior": True}
        case EventTag.DISAGREEMENT_CLOSED:
            return {"senior": False}
        case EventTag.CASE_POSTPONED:
            return {"postponed_until": detail(event, "until")}
        case EventTag.CASE_ASSIGNED:
            return {"assigned_to": detail(event, "to")}
        case tag if tag in OPENINGS:
            return {"senior": False, "second": False, "postponed_until": ""}
        case _:
            return {}


def _by_opinion(event: AuditEvent, *, of_second_look: bool) -> dict[str, bool | str | None]:
    state = detail(event, "state")
    if state in _BY_PERSON:
        return {"second": True, "senior": state == ClaimState.NEEDS_SENIOR}
    return {"senior": _flag(event, "differs")} if of_second_look else {}


def _flag(event: AuditEvent, name: str) -> bool | None:
    """A yes or no of an event; None where it does not tell."""
    value = event.details.get(name)
    return value if isinstance(value, bool) else None


def is_overdue(event: AuditEvent) -> bool:
    """Whether a case was escalated because its term is over; a person gives no reason."""
    return event.tag is EventTag.CASE_ESCALATED and "code" in event.details
