"""What the audit log says of one round: the measure of everything else that is kept of it."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from models.audit.event import AuditEvent, EventTag
from models.bindings.counted_bindings import ACTIVE, ENDED, SUSPENDED
from models.decision.decision import Outcome
from storage.bindings.binding_repository import binding_key, tombstone_key
from tasks.rounds.round_results import (
    ARRIVAL,
    CHECKS,
    DECISION,
    DECISION_NAME,
    EXPIRED,
    FACES,
    FAULT,
    MACHINE,
    READINGS,
    STATED,
    arrival_key,
    checks_key,
    decision_key,
    face_key,
    readings_key,
    stated_key,
)
from tasks.rounds.row_digests import noted_rows

RECEIVED: Final = frozenset({EventTag.APPLICATION_RECEIVED, EventTag.APPLICATION_REFUSED})
_BY_ROUND: Final = {
    ARRIVAL: arrival_key,
    READINGS: readings_key,
    STATED: stated_key,
    FACES: face_key,
    CHECKS: checks_key,
}
_STATUS: Final = {
    EventTag.BINDING_WRITTEN: ACTIVE,
    EventTag.BINDING_RESUMED: ACTIVE,
    EventTag.BINDING_SUSPENDED: SUSPENDED,
    EventTag.BINDING_ENDED: ENDED,
}
OPENINGS: Final = frozenset({EventTag.CASE_OPENED, EventTag.CASE_REOPENED, EventTag.CASE_SAMPLED})
"""What puts a case before people."""
_REVIEW: Final = frozenset({*OPENINGS, EventTag.CASE_DECIDED})


_OF_MACHINE: Final = frozenset(
    {
        EventTag.DOCUMENT_READ,
        EventTag.SELFIE_COMPARED,
        EventTag.APPLICATION_CHECKED,
        EventTag.APPLICATION_DECIDED,
        EventTag.CASE_OPENED,
    }
)
"""What is undone when the machine is given a round again."""


class GivenOpinion(NamedTuple):
    """One opinion: about which case, whose, and which way."""

    review_id: str
    staff: str
    outcome: str


class RoundLog(NamedTuple):
    """What the log says of one round.

    Attributes:
        tags: What happened to it.
        content: Digest of everything that came in; empty in logs of older versions.
        received_at: When it was taken in, ISO 8601; empty in logs of older versions.
        objects: Object key to its digest, for each object that an event names.
        outcomes: Name of a decision (`machine`, `fault`, `expired`) to the outcome that was noted.
        policy: Policy version of the machine's decision; empty where it made none.
        reviews: Review to the last event that opened, reopened or decided it.
        opinions: Every opinion that was given, in order.
        statuses: Binding to the status that the events leave it in.
        deleted: Classes whose deletion was ordered; `faces` beside those of retention.
        events: All of them, those that a later try of the machine replaced included.
        rows: Name of a row to the digest that was noted last; nothing in logs of older versions.
    """

    round_id: str
    tags: frozenset[EventTag]
    content: str
    received_at: str
    objects: dict[str, str]
    outcomes: dict[str, str]
    policy: str
    reviews: dict[str, AuditEvent]
    opinions: tuple[GivenOpinion, ...]
    statuses: dict[str, str]
    deleted: dict[str, int]
    events: tuple[AuditEvent, ...]
    rows: dict[str, str]

    @property
    def received(self) -> bool:
        """Whether the log knows that it came in."""
        return bool(self.tags & RECEIVED)


def round_log(round_id: str, events: Sequence[AuditEvent]) -> RoundLog:
    """Rebuild what happened to one round from the events of its application."""
    every = tuple(event for event in events if event.round_id == round_id)
    own = _in_force(every)
    received = next((event for event in own if event.tag in RECEIVED), None)
    machine = next((e for e in own if e.tag is EventTag.APPLICATION_DECIDED), None)
    return RoundLog(
        round_id=round_id,
        tags=frozenset(event.tag for event in own),
        content=detail(received, "content"),
        received_at=detail(received, "received_at"),
        objects={key: digest for event in own for key, digest in _objects(round_id, event)},
        outcomes=dict(_outcomes(own)),
        policy=detail(machine, "policy"),
        reviews={detail(e, "review_id"): e for e in own if e.tag in _REVIEW},
        opinions=tuple(
            GivenOpinion(detail(event, "review_id"), event.actor, detail(event, "outcome"))
            for event in own
            if event.tag is EventTag.OPINION_GIVEN
        ),
        statuses={detail(e, "binding_id"): _STATUS[e.tag] for e in own if e.tag in _STATUS},
        deleted={
            detail(event, "class"): int(str(event.details.get("objects", 0)))
            for event in own
            if event.tag is EventTag.DELETION_ORDERED
        },
        events=every,
        rows={name: digest for event in own for name, digest in noted_rows(event).items()},
    )


def _in_force(events: Sequence[AuditEvent]) -> Sequence[AuditEvent]:
    """The events without what the machine had made of the round before it was given it again."""
    retried = [i for i, event in enumerate(events) if event.tag is EventTag.APPLICATION_RETRIED]
    last = retried[-1] if retried else -1
    return [event for i, event in enumerate(events) if i > last or event.tag not in _OF_MACHINE]


def _objects(round_id: str, event: AuditEvent) -> list[tuple[str, str]]:
    """The objects that an event names, each with its digest."""
    named = [
        (make_key(round_id), detail(event, name))
        for name, make_key in _BY_ROUND.items()
        if name in event.details
    ]
    if DECISION in event.details:
        made_by = detail(event, DECISION_NAME)
        named.append((decision_key(round_id, made_by), detail(event, DECISION)))
    if event.tag is EventTag.BINDING_WRITTEN:
        named.append((binding_key(detail(event, "binding_id")), detail(event, "object")))
    if event.tag is EventTag.END_ANNOUNCED and "object" in event.details:
        named.append((tombstone_key(detail(event, "binding_id")), detail(event, "object")))
    return named


def _outcomes(events: Sequence[AuditEvent]) -> list[tuple[str, str]]:
    """The machine's own decisions; a person's are told by its review."""
    found = []
    for event in events:
        if event.tag is EventTag.APPLICATION_DECIDED:
            name = FAULT if event.details.get("fault") else MACHINE
            found.append((name, detail(event, "outcome")))
        elif event.tag is EventTag.RETURN_EXPIRED:
            found.append((EXPIRED, detail(event, "outcome")))
    return found


def detail(event: AuditEvent | None, name: str) -> str:
    """A detail of an event as text; empty where it has none, or there is no event."""
    value = event.details.get(name) if event is not None else None
    return str(value) if value is not None else ""


def last_outcome(log: RoundLog, review_id: str) -> Outcome | None:
    """What people decided in a review; None where it waits, or waits again."""
    event = log.reviews.get(review_id)
    if event is None or event.tag is not EventTag.CASE_DECIDED:
        return None
    return Outcome(detail(event, "outcome"))
