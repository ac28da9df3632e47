"""The forms of the answers, as the description publishes them."""

from pydantic import AwareDatetime, Field

from models.checks.finding import Evidence, Message
from models.checks.reason import Severity
from models.deadline import Deadline
from models.decision.decision import Outcome
from models.faces.face_verdict import FaceBand
from models.intake.application import ConsentGiver, ConsentKind
from models.record import Record


class AcceptedAnswer(Record):
    """An application was accepted and is stored; the same content again gets the same answer.

    Attributes:
        round: 1 for the first handing-in; a changed one is the next.
        state: The address that tells how far it is.
    """

    application_id: str
    round: int
    received_at: AwareDatetime
    state: str


class FindingAnswer(Record):
    """One reason; personal values are masked."""

    code: str
    severity: Severity
    message: Message
    subject: str | None
    evidence: tuple[Evidence, ...]


class RelationshipAnswer(Record):
    """What was claimed, and what the papers prove."""

    claimed: str
    derived: tuple[str, ...]
    proof: tuple[str, ...]


class FaceAnswer(Record):
    """How the selfie compares with the member's portrait, and with the applicant's.

    Attributes:
        score: Cosine similarity, from -1 to 1; null where faces were not compared.
        engine: Name and version.
        thresholds: Version of the bands in force.
    """

    compared: bool
    score: float | None
    score_to_applicant: float | None
    band: FaceBand | None
    engine: str
    thresholds: str
    liveness: str


class OutcomeAnswer(Record):
    """The outcome of a round, as its notice tells it too.

    Attributes:
        face: Scores and bands of the comparison; null where no faces were compared.
        message: What the outcome means for the applicant.
        answer_by: Until when a return can be answered.
        second_reader_missing: Numbers rest on one reader; the machine lacked the other.
        objection_to_round: The round whose outcome this one disputes; null for all others.
    """

    application_id: str
    round: int
    outcome: Outcome
    decided_at: AwareDatetime
    policy_version: str
    findings: tuple[FindingAnswer, ...]
    relationship: RelationshipAnswer | None
    face: FaceAnswer | None
    message: Message | None = None
    answer_by: Deadline | None = None
    second_reader_missing: bool = False
    objection_to_round: int | None = None


class ObjectionRequest(Record):
    """An objection to the last outcome of an application.

    Attributes:
        text: What the applicant says, in the own words.
    """

    text: str = Field(min_length=1, max_length=2000)


class WithdrawalRequest(Record):
    """A consent that somebody takes back.

    Attributes:
        by: Whose consent it was; null: everybody's of this kind.
    """

    kind: ConsentKind
    by: ConsentGiver | None = None


class WithdrawalAnswer(Record):
    """What followed from a withdrawal.

    Attributes:
        faces_deleted: Cut-out faces, selfies and prints that are gone.
        binding: The state of the application's binding; null where none is in force.
    """

    application_id: str
    faces_deleted: int
    binding: str | None


class DeletionAnswer(Record):
    """Everything of an application is deleted.

    Attributes:
        proof: Hash of the event in the audit log that says so last.
    """

    application_id: str
    proof: str


class ApplicationState(Record):
    """How far an application is.

    Attributes:
        state: `received`, or its outcome.
        outcome: Null until there is one, and after its records were deleted.
    """

    application_id: str
    round: int
    received_at: AwareDatetime
    state: str
    outcome: OutcomeAnswer | None
