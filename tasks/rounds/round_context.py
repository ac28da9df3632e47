"""One round within one step: what is kept of it, each part loaded when it is first needed."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from models.cases.case_round import ApplicationRound
from models.decision.check_report import CheckReport
from models.decision.decision import Dossier
from models.errors import SettingError
from models.faces.face_verdict import FaceVerdict
from models.intake.arrival import Arrival
from models.policy.policy import Policy
from models.reading.document import Readings
from models.reading.stated_value import StatedComparisons
from storage.bootstrap import Repositories
from tasks.rounds.round_results import (
    checks_key,
    face_key,
    load_arrival,
    policy_for,
    readings_key,
    stated_key,
)

NO_POLICY: Final = "none"
"""The policy version of a round whose form names no region that could be judged."""


@dataclass(frozen=True)
class HandedOn:
    """Digests of what earlier steps kept; with one given, only that very object is taken.

    Attributes:
        readings: What reading kept.
        stated: What the comparison of stated values kept.
        faces: What the comparison of the faces kept.
        report: What the checks kept.
    """

    readings: str | None = None
    stated: str | None = None
    faces: str | None = None
    report: str | None = None


@dataclass(frozen=True)
class RoundContext:
    """A round, and what is kept of it; nothing is loaded twice.

    Attributes:
        repositories: Where everything is kept.
        round: The round as it stood when the step began.
        handed_on: What earlier steps said they kept.
    """

    repositories: Repositories
    round: ApplicationRound
    handed_on: HandedOn = HandedOn()

    @classmethod
    def load(
        cls, repositories: Repositories, round_id: str, handed_on: HandedOn | None = None
    ) -> "RoundContext":
        """The context of a round.

        Raises:
            RoundMissingError: There is none of this identifier.
        """
        return cls(repositories, repositories.cases.get(round_id), handed_on or HandedOn())

    @cached_property
    def arrival(self) -> Arrival:
        """What intake kept, with the consents that still hold."""
        return load_arrival(self.repositories, self.round.round_id)

    @cached_property
    def readings(self) -> Readings:
        """What reading kept."""
        return self.repositories.archive.get_record(
            readings_key(self.round.round_id), Readings, self.handed_on.readings
        )

    @cached_property
    def stated(self) -> StatedComparisons:
        """The form's values held against the pictures; nothing before that was done."""
        key, archive = stated_key(self.round.round_id), self.repositories.archive
        if self.handed_on.stated is None and not archive.exists(key):
            return StatedComparisons()
        return archive.get_record(key, StatedComparisons, self.handed_on.stated)

    @cached_property
    def face(self) -> FaceVerdict | None:
        """The face verdict; None before the faces were compared."""
        key, archive = face_key(self.round.round_id), self.repositories.archive
        if self.handed_on.faces is None and not archive.exists(key):
            return None
        return archive.get_record(key, FaceVerdict, self.handed_on.faces)

    @cached_property
    def report(self) -> CheckReport:
        """What the checks answered."""
        return self.repositories.archive.get_record(
            checks_key(self.round.round_id), CheckReport, self.handed_on.report
        )

    @cached_property
    def dossier(self) -> Dossier | None:
        """Everything known so far; None for an application whose form cannot be judged."""
        if self.arrival.application is None:
            return None
        return Dossier(
            application=self.arrival.application,
            readings=self.readings.papers,
            intake=self.arrival.findings,
            face=self.face,
            stated=self.stated.comparisons,
            seals=self.stated.seals,
            employer_batch=self.arrival.employer_batch,
            taken_on={file.file: file.taken_on for file in self.arrival.files if file.taken_on},
        )

    @cached_property
    def policy(self) -> Policy:
        """The rules of the place and day of the application.

        Raises:
            SettingError: The form cannot be judged, or no policy is in force there and then.
        """
        if self.arrival.application is None:
            raise SettingError("A form that cannot be judged has no policy.")
        return policy_for(self.repositories, self.arrival.application)

    @cached_property
    def policy_or_none(self) -> Policy | None:
        """The rules; None where `policy` raises."""
        try:
            return self.policy
        except SettingError:
            return None

    @property
    def policy_version(self) -> str:
        """The version of the rules, or `NO_POLICY`."""
        return self.policy_or_none.version if self.policy_or_none else NO_POLICY
