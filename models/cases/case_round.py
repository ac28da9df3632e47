"""One application's way through the office, round by round, and its match keys."""

import datetime as dt
from enum import StrEnum

from pydantic import AwareDatetime

from models.cases.retention import RetentionClass
from models.deadline import Deadline
from models.decision.decision import Outcome
from models.intake.application import PersonRole
from models.record import Record


class Stage(StrEnum):
    """How far a round has come; it only ever moves forward."""

    TAKEN_IN = "taken_in"
    READ = "read"
    MATCHED = "matched"
    CHECKED = "checked"
    DECIDED = "decided"
    SETTLED = "settled"

    @property
    def earlier(self) -> tuple["Stage", ...]:
        """The stages before this one."""
        stages = tuple(Stage)
        return stages[: stages.index(self)]


class ApplicationRound(Record):
    """One handing-in of one application; a changed resubmission is the next round.

    Attributes:
        round_id: 32 hexadecimal digits; names the round everywhere outside the case database.
        application_id: As handed in, or its alias where the identifier itself would tell who
            somebody is.
        round: 1 for the first handing-in.
        content_digest: SHA-256 over everything that came in, hexadecimal.
        region: None, as the next ones, where the application could not be read.
        batch_id: The run that took it in.
        answer_due_on: The last day on which the applicant may answer a return.
        answer_due_provisional: That day may still move; see `models.deadline`.
        machine_outcome: What the machine said, also after a person decided.
        employer_ref: Keyed hash of the employer's delivery that it came with.
        retries: How often the machine was given it again after a fault of the system.
        pictures_deleted_at: When retention deleted them; the next two likewise.
    """

    round_id: str
    application_id: str
    round: int
    content_digest: str
    region: str | None = None
    product: str | None = None
    channel: str | None = None
    submitted_at: AwareDatetime | None = None
    received_at: AwareDatetime
    stage: Stage = Stage.TAKEN_IN
    outcome: Outcome | None = None
    policy_version: str | None = None
    decided_at: AwareDatetime | None = None
    decided_by: str | None = None
    batch_id: str | None = None
    answer_due_on: dt.date | None = None
    answer_due_provisional: bool | None = None
    machine_outcome: Outcome | None = None
    employer_ref: str | None = None
    pictures_deleted_at: AwareDatetime | None = None
    readings_deleted_at: AwareDatetime | None = None
    records_deleted_at: AwareDatetime | None = None
    retries: int = 0

    def deleted(self, what: RetentionClass) -> bool:
        """Whether retention has deleted this of the round."""
        return getattr(self, f"{what.value}_deleted_at") is not None

    @property
    def answer_by(self) -> Deadline | None:
        """Until when the applicant may answer a return."""
        if self.answer_due_on is None:
            return None
        return Deadline(day=self.answer_due_on, provisional=bool(self.answer_due_provisional))


class Registration(Record):
    """The answer to handing something in.

    Attributes:
        round: The round it belongs to.
        known: The very same content was handed in before: nothing was added.
    """

    round: ApplicationRound
    known: bool


class MatchKeyKind(StrEnum):
    """What a match key was made of."""

    NUMBER = "number"
    NAME = "name"
    FILE = "file"
    IMAGE = "image"
    CERTIFICATE = "certificate"
    CERTIFICATE_CHILD = "certificate_child"
    HOUSEHOLD = "household"


class MatchKey(Record):
    """Something by which a later application can be recognised; kept as a keyed hash only.

    Attributes:
        kind: `NUMBER` is the ID number, or the birth certificate's number where the member has
            none; `FILE` a SHA-256; `IMAGE` one band of a picture's print, for pictures of faces
            only (forms all look alike): two bands in common are the same picture; `CERTIFICATE`
            a birth certificate's number as read, `CERTIFICATE_CHILD` the same with the child;
            `HOUSEHOLD` a hukou book's number, which shows people a likeness and decides nothing.
        role: Whose number, name or paper it is; None where it belongs to nobody alone.
        value: In clear; it never leaves memory.
        label: The file as the application names it, for the answer; not kept.
    """

    kind: MatchKeyKind
    role: PersonRole | None = None
    value: str
    label: str = ""
