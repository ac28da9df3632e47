"""How many bindings there may be, asked in the transaction that would add one."""

from typing import Final

from sqlalchemy import Connection

from models.bindings.binding import Binding
from models.checks.reason import Reason
from models.errors import KinbindError
from models.intake.application import Relationship
from models.policy.policy import Limits
from storage.bindings.binding_counts import IN_FORCE, RESERVED, BindingPair, count_bindings

MACHINE: Final = "machine"


class BindingRefusedError(KinbindError):
    """Bindings in force forbid this one.

    Attributes:
        code: The reason, as a finding would say it.
    """

    def __init__(self, code: Reason, message: str) -> None:
        """Say which rule forbids it."""
        super().__init__(message)
        self.code = code


class AlreadyBoundError(BindingRefusedError):
    """Another application bound the same two persons first."""

    def __init__(self) -> None:
        """The pair and the product are taken."""
        super().__init__(Reason.ALREADY_BOUND, "These two persons are bound already.")


def ask_limits(connection: Connection, draft: Binding, limits: Limits, slot: str | None) -> None:
    """Refuse a binding that would be one too many, reserved ones counted."""
    standing = count_bindings(
        connection,
        BindingPair(draft.applicant.hash, draft.member.hash),
        product=draft.product,
        slot=slot,
        on=draft.decided_at,
        statuses=(*IN_FORCE, RESERVED),
    )
    month = limits.max_new_per_month
    if standing.already_bound:
        raise AlreadyBoundError
    if standing.applicant_bindings >= limits.max_bound_per_applicant or (
        month is not None and standing.bound_this_month >= month
    ):
        raise BindingRefusedError(
            Reason.APPLICANT_LIMIT_REACHED, "The applicant's limit was reached meanwhile."
        )
    if standing.member_bindings >= limits.max_applicants_per_person:
        raise BindingRefusedError(
            Reason.MEMBER_LIMIT_REACHED, "The member's limit was reached meanwhile."
        )
    spouse = draft.relationship is Relationship.SPOUSE and standing.spouse_bound
    if draft.decided_by == MACHINE and (spouse or standing.parent_bound):
        raise BindingRefusedError(
            Reason.SPOUSE_OR_PARENT_CONFLICT, "Another spouse or parent was bound meanwhile."
        )
