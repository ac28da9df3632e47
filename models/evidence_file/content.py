"""What one evidence file says about one application, every personal value masked.

Third parties read it; a field that is once in it is not renamed while `SCHEMA_VERSION` stays.
"""

import datetime as dt
from typing import Final

from pydantic import AwareDatetime

from models.audit.event import LogProof
from models.bindings.binding import BoundPerson
from models.bindings.unbinding import EndReason
from models.checks.finding import Message
from models.decision.decision import Outcome
from models.faces.face_verdict import FaceVerdict
from models.kinship.claim import KinshipVerdict
from models.record import Record

SCHEMA_VERSION = 1
JSON_NAME: Final = "evidence.json"
SIGNATURE_NAME: Final = "evidence.json.sig"
"""What the files inside the PDF are called."""


class EvidenceCorrection(Record):
    """A field as a person read it."""

    value: str | None
    staff: str
    made_at: AwareDatetime


class EvidenceComparison(Record):
    """A value of the form held against the picture; whose it is, and never the value.

    Attributes:
        person: "applicant" or "member".
        answer: One of `StatedAnswer`.
        margin: Nats by which the stated value is likelier than its best rival.
    """

    person: str
    answer: str
    margin: float


class EvidenceSeal(Record):
    """The station that another page's seal names, held against this page's seal.

    Attributes:
        source: The paper on which the station was read, by its name in this file.
        answer: One of `StatedAnswer`.
        margin: Nats by which that station is likelier than its best rival.
    """

    source: str
    answer: str
    margin: float


class EvidenceField(Record):
    """One field: what the machine saw, and beside it what people read.

    Attributes:
        value: Normalised, masked; None where nothing was read.
        raw: The engine's own text, masked.
        second: What the second reader saw, masked.
        confidence: 0 to 1.
        corrections: The first one first; the last one counts.
        comparisons: What the picture said of the form's values, where the reading was not sure.
    """

    name: str
    value: str | None
    raw: str
    second: str | None
    confidence: float
    corrections: tuple[EvidenceCorrection, ...] = ()
    comparisons: tuple[EvidenceComparison, ...] = ()


class EvidencePaper(Record):
    """One paper.

    Attributes:
        paper: Its name in this file: `F2` is the second file handed in, `F2/1.2` the second
            paper on that file's first page. File names stay in the office: people name files
            after persons.
        digest: SHA-256 of the file, hexadecimal.
        quality: Signals of the photograph, by name.
        codes: What reading found wrong with the picture.
        seals: What its seal was asked; nothing in files of older versions.
    """

    paper: str
    digest: str
    kind: str
    kind_confidence: float
    quality: dict[str, float | int | bool | None]
    codes: tuple[str, ...]
    engine: str
    fields: tuple[EvidenceField, ...]
    seals: tuple[EvidenceSeal, ...] = ()


class EvidencePlace(Record):
    """Where a finding can be seen."""

    paper: str
    field: str | None = None
    value: str | None = None


class EvidenceFinding(Record):
    """One reason: its rule, what it says, and what it rests on."""

    code: str
    severity: str
    verdict: str
    subject: str | None
    title: Message
    places: tuple[EvidencePlace, ...] = ()


class EvidenceDecision(Record):
    """One decision about a round: of the machine, of a person, of a term that ran out."""

    by: str
    decided_by: str
    decided_at: AwareDatetime
    outcome: Outcome
    policy_version: str
    findings: tuple[EvidenceFinding, ...]


class EvidenceOpinion(Record):
    """What one person said; their own words stay in the office.

    Attributes:
        kind: Why they had the case: "doubt"; "sample" or "second_look" after the fact, from
            which nothing follows for the applicant.
        binding: It became the answer of that case.
        grounds: Why failed checks did not stand in the way: `code:how`, see `GroundKind`.
        verified: How the member's will was asked for without a face: who, how, when.
    """

    kind: str
    staff: str
    outcome: Outcome
    codes: tuple[str, ...]
    given_at: AwareDatetime
    binding: bool
    grounds: tuple[str, ...] = ()
    verified: tuple[str, ...] = ()


class EvidenceBinding(Record):
    """The binding that came of it.

    Attributes:
        object_digest: SHA-256 of the binding's object as it lies in the store.
        status: "active", "suspended" or "ended".
        ended: The first day on which it no longer counts, where an end is announced.
        tombstone_digest: SHA-256 of the announced end beside it.
    """

    binding_id: str
    object_digest: str
    status: str
    effective_date: dt.date
    applicant: BoundPerson
    member: BoundPerson
    relationship: str
    audit_head: str
    engine_versions: dict[str, str]
    ended: dt.date | None = None
    end_reason: EndReason | None = None
    tombstone_digest: str | None = None


class EvidencePerson(Record):
    """One of the two persons as the form names them, masked."""

    role: str
    name: str
    number: str


class EvidenceRound(Record):
    """One handing-in.

    Attributes:
        content_digest: SHA-256 over everything that came in.
        people: Empty where the form cannot be read, or retention deleted it.
        claimed: What the form says that the member is to the applicant.
        policy_digest: SHA-256 of the policy's files; None where they changed since.
        runs: Runs of the orchestrator that worked on it.
        deleted: What retention deleted, and when.
        missing: Parts that should be there and are not.
        thresholds: The bands of the face comparison, by name, where one was made.
    """

    round: int
    round_id: str
    content_digest: str
    received_at: AwareDatetime
    submitted_at: AwareDatetime | None
    product: str | None
    region: str | None
    channel: str | None
    people: tuple[EvidencePerson, ...]
    claimed: str | None
    batch: str | None
    runs: tuple[str, ...]
    outcome: Outcome | None
    machine_outcome: Outcome | None
    decided_by: str | None
    decided_at: AwareDatetime | None
    policy_version: str | None
    policy_digest: str | None
    papers: tuple[EvidencePaper, ...]
    kinship: KinshipVerdict | None
    face: FaceVerdict | None
    thresholds: dict[str, float] | None
    decisions: tuple[EvidenceDecision, ...]
    opinions: tuple[EvidenceOpinion, ...]
    binding: EvidenceBinding | None
    deleted: dict[str, AwareDatetime]
    missing: tuple[str, ...]


class EvidenceContent(Record):
    """The whole file.

    Attributes:
        kinbind_evidence: Version of this form.
        software: Which version of kinbind wrote it.
        signer: SHA-256 of the certificate whose key signed it, hexadecimal.
        proves: What a right signature shows, a sentence each.
        does_not_prove: What it does not show.
        log: The application's events, provable against a root by whoever holds that.
    """

    kinbind_evidence: int = SCHEMA_VERSION
    application_id: str
    exported_at: AwareDatetime
    exported_by: str
    software: str
    signer: str
    proves: tuple[Message, ...]
    does_not_prove: tuple[Message, ...]
    rounds: tuple[EvidenceRound, ...]
    log: LogProof
