"""A consent that was taken back after the form had come in."""

from collections.abc import Sequence

from pydantic import AwareDatetime

from models.intake.application import Application, Consent, ConsentGiver, ConsentKind
from models.record import Record


class ConsentWithdrawal(Record):
    """Somebody took a consent back (PIPL 15); what was done before remains valid.

    Attributes:
        by: Whose consent it was; None: everybody's of this kind.
    """

    kind: ConsentKind
    by: ConsentGiver | None = None
    withdrawn_at: AwareDatetime

    def concerns(self, consent: Consent) -> bool:
        """Whether this is the consent that was taken back; one given later is a new one."""
        return (
            consent.kind is self.kind
            and consent.agreed_at <= self.withdrawn_at
            and (self.by is None or consent.by in {None, self.by})
        )


def with_withdrawals(
    application: Application, withdrawals: Sequence[ConsentWithdrawal]
) -> Application:
    """The form as it counts now: consents that were taken back say when."""
    if not withdrawals:
        return application
    return application.model_copy(
        update={"consents": tuple(_in_force(c, withdrawals) for c in application.consents)}
    )


def _in_force(consent: Consent, withdrawals: Sequence[ConsentWithdrawal]) -> Consent:
    taken_back = [one.withdrawn_at for one in withdrawals if one.concerns(consent)]
    if consent.withdrawn_at is not None or not taken_back:
        return consent
    return consent.model_copy(update={"withdrawn_at": min(taken_back)})
