"""The outcome of an application, and everything that was known when it was decided."""

import datetime as dt
from enum import StrEnum

from pydantic import AwareDatetime, Field

from models.checks.finding import Finding, Message
from models.deadline import Deadline
from models.decision.proof_class import ProofClass
from models.faces.face_verdict import FaceVerdict
from models.intake.application import Application
from models.intake.arrival import EmployerBatch
from models.kinship.claim import KinshipVerdict
from models.reading.document import DocumentReading
from models.reading.stated_value import SealComparison, StatedComparison
from models.record import Record


class Outcome(StrEnum):
    """The four ends of a round."""

    APPROVED = "approved"
    RETURNED = "returned"  # 补件
    IN_REVIEW = "in_review"
    REJECTED = "rejected"

    @property
    def zh(self) -> str:
        """The outcome in Chinese."""
        return {
            "approved": "通过",
            "returned": "退回补件",
            "in_review": "人工审核",
            "rejected": "拒绝",
        }[self.value]


class History(Record):
    """What earlier applications tell about this one, by keyed hashes only.

    Attributes:
        reused_files: Files of this application whose content was used for other people.
        shared_numbers: Roles whose ID number is on file with another person's name.
        applicant_bindings: Active bindings of this applicant with this product.
        member_bindings: Active bindings of this member by other applicants.
        bound_this_month: Bindings of this applicant with this product that were made in this
            calendar month, ended ones included.
        spouse_bound: One of the two has an active spouse binding with somebody else.
        parent_bound: The child of the two has another active father, or mother, of the same sex.
        already_bound: This very binding is active.
        related_otherwise: The two are bound as other relatives, either way round.
        shared_faces: Roles of whom a picture of a face is on file with another identity.
        shared_certificates: Files with a birth certificate whose number is on file for another
            child.
    """

    reused_files: tuple[str, ...] = ()
    shared_numbers: tuple[str, ...] = ()
    applicant_bindings: int = 0
    member_bindings: int = 0
    bound_this_month: int = 0
    spouse_bound: bool = False
    parent_bound: bool = False
    already_bound: bool = False
    related_otherwise: bool = False
    shared_faces: tuple[str, ...] = ()
    shared_certificates: tuple[str, ...] = ()


class Resubmission(Record):
    """Which handing-in of its application this is.

    Attributes:
        number: From 1.
        earlier: How the round before ended; None for the first, and while it has no outcome.
        same_papers: Form and files are those of the round before; the employer's list differs.
        other_people: Neither of the two is who stood on the form of the round before.
    """

    number: int = 1
    earlier: Outcome | None = None
    same_papers: bool = False
    other_people: bool = False


class Dossier(Record):
    """All that is known about one application when it is checked.

    Attributes:
        application: As it arrived.
        readings: Every paper that was read.
        intake: Findings about files, made before anything was read.
        face: The face verdict; None before the faces were looked at.
        history: What earlier applications tell.
        employer_batch: The employer's list that came with it, if one did.
        turn: Which handing-in this is.
        taken_on: File to the day that its camera wrote into it, where one did.
        stated: The form's values held against the pictures, where a reading was not sure.
        seals: Stations held against the seals of other pages.
    """

    application: Application
    readings: tuple[DocumentReading, ...] = ()
    intake: tuple[Finding, ...] = ()
    face: FaceVerdict | None = None
    history: History = History()
    employer_batch: EmployerBatch | None = None
    turn: Resubmission = Resubmission()
    taken_on: dict[str, dt.date] = Field(default_factory=dict)
    stated: tuple[StatedComparison, ...] = ()
    seals: tuple[SealComparison, ...] = ()


class Decision(Record):
    """One outcome with all of its findings.

    Attributes:
        message: What the outcome means for the applicant; None in decisions of older versions.
        answer_by: Until when the applicant can answer a return; None for every other outcome.
        proof_class: What an approval rests on; None for every other outcome, and in decisions of
            older versions.
        second_reader_missing: Numbers rest on one reader; the machine lacked the other.
    """

    application_id: str
    round: int = 1
    outcome: Outcome
    decided_at: AwareDatetime
    decided_by: str = "machine"
    policy_version: str
    findings: tuple[Finding, ...] = ()
    relationship: KinshipVerdict | None = None
    face: FaceVerdict | None = None
    message: Message | None = None
    answer_by: Deadline | None = None
    proof_class: ProofClass | None = None
    second_reader_missing: bool = False
