"""The audit log's vocabulary: who did what to which application, in a chain."""

from enum import StrEnum

from pydantic import AwareDatetime, ConfigDict, Field

from models.record import Record

Detail = str | int | float | bool | list[str]
"""What an event may tell besides its tag: codes, counts and identifiers, nothing personal."""


class EventTag(StrEnum):
    """What happened, in three words: `source:subject:action`.

    1. source: the part of the system that speaks: `intake`, `reading`, `face`, `kinship`,
       `checks`, `policy`, `review`, `binding`, `retention`, `dataset`, `audit`, `flow`, `staff`,
       `notice`
    2. subject: what it did something to: `application`, `document`, `case`, `object`, ...
    3. action: what it did, in the past tense

    A tag that was ever written is never renamed: old events must stay readable.
    """

    APPLICATION_RECEIVED = "intake:application:received"
    APPLICATION_REFUSED = "intake:application:refused"
    APPLICATION_SUBMITTED = "intake:application:submitted"
    FILE_KEPT = "intake:file:kept"
    OBJECTION_RECEIVED = "intake:objection:received"
    OBJECTION_ENTERED = "intake:objection:entered"
    CONSENT_WITHDRAWN = "intake:consent:withdrawn"
    RETURN_ANSWERED = "intake:return:answered"
    CLOCK_PAUSED = "review:clock:paused"
    CLOCK_RESUMED = "review:clock:resumed"
    CASE_REOPENED = "review:case:reopened"
    TERM_MOVED = "review:term:moved"
    DOCUMENT_READ = "reading:document:read"
    SELFIE_COMPARED = "face:selfie:compared"
    RELATION_DERIVED = "kinship:relation:derived"
    APPLICATION_CHECKED = "checks:application:checked"
    APPLICATION_RETRIED = "flow:application:retried"
    APPLICATION_DECIDED = "policy:application:decided"
    CASE_OPENED = "review:case:opened"
    CASE_VIEWED = "review:case:viewed"
    CASE_CLAIMED = "review:case:claimed"
    CASE_RELEASED = "review:case:released"
    CASE_DECIDED = "review:case:decided"
    CASE_SETTLED = "review:case:settled"
    CASE_ESCALATED = "review:case:escalated"
    CASE_POSTPONED = "review:case:postponed"
    CASE_SAMPLED = "review:case:sampled"
    DISAGREEMENT_CLOSED = "review:disagreement:closed"
    OPINION_GIVEN = "review:opinion:given"
    OPINION_WITHDRAWN = "review:opinion:withdrawn"
    CASE_ASSIGNED = "review:case:assigned"
    CASE_SKIPPED = "review:case:skipped"
    SESSION_OPENED = "staff:session:opened"
    SESSION_REFUSED = "staff:session:refused"
    FIELD_REVEALED = "review:field:revealed"
    FIELD_CORRECTED = "review:field:corrected"
    STAFF_CHANGED = "staff:account:changed"
    RETURN_EXPIRED = "review:return:expired"
    BINDING_WRITTEN = "binding:object:written"
    BINDING_ENDED = "binding:record:ended"
    END_ANNOUNCED = "binding:end:announced"
    BINDING_SUSPENDED = "binding:record:suspended"
    BINDING_RESUMED = "binding:record:resumed"
    DELETION_REQUESTED = "retention:deletion:requested"
    DELETION_ORDERED = "retention:object:ordered"
    OBJECT_DELETED = "retention:object:deleted"
    BOOKS_RECONCILED = "flow:books:reconciled"
    POLICIES_NOTED = "policy:files:noted"
    ROOT_PUBLISHED = "audit:root:published"
    DATASET_PUBLISHED = "dataset:tables:published"
    EVIDENCE_EXPORTED = "audit:evidence:exported"
    NOTICE_DELIVERED = "notice:outcome:delivered"
    NOTICE_GIVEN_UP = "notice:outcome:abandoned"
    API_KEY_CHANGED = "staff:key:changed"
    MASTER_KEY_ROTATED = "staff:master:rotated"
    BACKUP_MADE = "flow:backup:made"
    LOG_ACCEPTED = "audit:log:accepted"
    EMPLOYER_TOLD = "flow:employer:told"
    BATCH_STARTED = "flow:batch:started"
    BATCH_FINISHED = "flow:batch:finished"


class NewEvent(Record):
    """An event that is to be appended.

    Attributes:
        application_id: None for an event about the system as a whole.
        actor: "machine", a flow's name, or a member of staff.
        idempotency_key: The log keeps one event only of each, e.g. `{round_id}:received`; it is
            hashed, stored and exported as `once`.
    """

    tag: EventTag
    application_id: str | None = None
    round_id: str | None = None
    actor: str = "machine"
    details: dict[str, Detail] = Field(default_factory=dict)
    idempotency_key: str = Field(alias="once")

    model_config = ConfigDict(validate_by_name=True, serialize_by_alias=True)


class AuditEvent(NewEvent):
    """An event as it stands in the log.

    Attributes:
        sequence: Its place in the whole log, from 1, without gaps.
        previous_hash: Hash of the event before it; 64 zeros for the first.
        previous_application_hash: Hash of the same application's event before it; 64 zeros for
            the first.
        hash: Keyed hash over everything else in this event.
    """

    sequence: int
    recorded_at: AwareDatetime
    previous_hash: str
    previous_application_hash: str
    hash: str


class ChainReport(Record):
    """What a check of the whole log found.

    Attributes:
        intact: Nothing was changed, deleted, inserted, reordered or cut off.
        events: How many events stand in the log.
        head: Hash of the last one; 64 zeros for an empty log.
        first_broken: Sequence number of the first event that is not as it was written or is
            missing; None where the chain is intact.
        problem: What is wrong there, in one sentence.
        problem_zh: The same in Chinese.
        anchors: How many heads and roots kept outside the database were compared.
        bindings: How many binding objects were compared.
        root: Root of the tree of plain hashes over the events that were checked; who keeps it
            outside the office can check an evidence file against it.
        checked_before: The first so many events were recomputed by an earlier check; 0: all were
            recomputed by this one.
        checked_again: So many of them were recomputed again, in turn.
        whole_since: Every event was recomputed at this moment or later; None where it is broken.
    """

    intact: bool
    events: int
    head: str
    first_broken: int | None = None
    problem: str | None = None
    problem_zh: str | None = None
    anchors: int = 0
    bindings: int = 0
    root: str = ""
    checked_before: int = 0
    checked_again: int = 0
    whole_since: AwareDatetime | None = None

    @property
    def whole(self) -> bool:
        """Whether every event was recomputed by this very check."""
        return self.checked_again >= self.checked_before


class VerifiedLog(Record):
    """Up to where the log was found intact by the last check that did.

    Attributes:
        events: How many events.
        root: Root of the tree of plain hashes over them.
        checked_at: When.
        whole_since: Every one of them was recomputed at this moment or later.
    """

    events: int
    root: str
    checked_at: AwareDatetime
    whole_since: AwareDatetime


class ProvenEvent(Record):
    """One event with what leads from it to the root of the tree over the whole log.

    Attributes:
        record: The event as one JSON text: sorted keys, no spaces, ASCII.
        path: Hashes (hexadecimal), the lowest first, after `L` or `R` for their side.
    """

    record: str
    path: tuple[str, ...]


class LogProof(Record):
    """Events of one application, provable against a root by whoever holds it.

    Attributes:
        size: How many events of the whole log the root covers.
        root: Root of the tree of plain hashes over them, hexadecimal.
        head: Keyed hash of the last of them; only the office can recompute it.
    """

    size: int
    root: str
    head: str
    events: tuple[ProvenEvent, ...]
