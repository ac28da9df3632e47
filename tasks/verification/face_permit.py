"""Whose faces may be cut out and kept: only those that a comparison with consent needs."""

import datetime as dt
from dataclasses import dataclass

from models.identity.id_number import valid_id_number
from models.intake.application import Application, ConsentKind, IdentityRoute
from models.policy.policy import Policy
from models.reading.document import DocumentReading
from tasks.identity.identities import date_or_none
from tasks.reading.kinds.registry import SPECS
from tasks.rounds.round_context import RoundContext


def reason_not_to_compare(application: Application, policy: Policy) -> str | None:
    """Why no face may be looked at; asked before any face is.

    Separate consent comes first (PIPL 29), and no minor's face is ever compared.
    """
    if application.identity_route is not IdentityRoute.FACE:
        return "another route was chosen"
    if not application.has_consent(ConsentKind.FACE):
        return "no separate consent"
    number = valid_id_number(application.member.id_number, today=application.submitted_on)
    if number is None:
        return "the member's age is not known"
    group = policy.ages.group(number.birth_date, application.submitted_on)
    if group not in policy.face.required_for:
        return "a minor needs no face check"
    return None


@dataclass(frozen=True, slots=True)
class FacePermit:
    """Whether faces of one application may be kept.

    Attributes:
        policy: The rules; None where no face may be kept at all.
        on: The day by which ages are judged.
    """

    policy: Policy | None
    on: dt.date

    @classmethod
    def of(cls, context: RoundContext) -> "FacePermit":
        """The permit of a round whose form can be judged."""
        application, policy = context.arrival.application, context.policy_or_none
        if application is None or policy is None:
            return cls(None, context.round.received_at.date())
        refused = reason_not_to_compare(application, policy) is not None
        return cls(None if refused else policy, application.submitted_on)

    def may_keep(self, reading: DocumentReading) -> bool:
        """Whether the face on this document may be kept; never a minor's, as far as it tells."""
        if self.policy is None or not SPECS[reading.kind].bears_face:
            return False
        born = self._born(reading)
        return (
            born is None or self.policy.ages.group(born, self.on) in self.policy.face.required_for
        )

    def _born(self, reading: DocumentReading) -> dt.date | None:
        number = valid_id_number(reading.value("id_number"), today=self.on)
        return number.birth_date if number else date_or_none(reading.value("birth_date"))
