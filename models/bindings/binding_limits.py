"""How many bindings there may be (rule R34): one statement for the checks and for the register."""

from typing import Protocol

from models.bindings.counted_bindings import PARENTAL
from models.checks.reason import Reason
from models.errors import KinbindError
from models.intake.application import Relationship
from models.policy.policy import Limits


class CountedBindings(Protocol):
    """What is bound already, as `BindingCounts` and `History` say it."""

    @property
    def applicant_bindings(self) -> int:
        """Bindings in force of this applicant with this product."""

    @property
    def member_bindings(self) -> int:
        """Bindings in force of this member by other applicants."""

    @property
    def bound_this_month(self) -> int:
        """Bindings of this applicant that were made in this calendar month."""

    @property
    def spouse_bound(self) -> bool:
        """One of the two has a spouse binding with somebody else."""

    @property
    def parent_bound(self) -> bool:
        """The child of the two has another parent of the same sex."""

    @property
    def related_otherwise(self) -> bool:
        """The two are bound as other relatives, with any product and either way round."""

    @property
    def already_bound(self) -> bool:
        """This very pair is bound."""


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
        super().__init__(
            Reason.ALREADY_BOUND,
            "二人已绑定，无需重复办理。These two persons are bound already; nothing is to be done.",
        )


def applicant_limit_reached(counts: CountedBindings, limits: Limits) -> bool:
    """Whether the applicant has as many members, or new ones this month, as the policy allows."""
    month = limits.max_new_per_month
    in_month = month is not None and counts.bound_this_month >= month
    return counts.applicant_bindings >= limits.max_bound_per_applicant or in_month


def member_limit_reached(counts: CountedBindings, limits: Limits) -> bool:
    """Whether as many others have bound the member as the policy allows."""
    return counts.member_bindings >= limits.max_applicants_per_person


def spouse_or_parent_conflict(counts: CountedBindings, relationship: Relationship | None) -> bool:
    """Whether it would be a second spouse, father or mother, or the two are bound as others."""
    spouse = relationship is Relationship.SPOUSE and counts.spouse_bound
    parent = relationship in PARENTAL and counts.parent_bound
    return spouse or parent or counts.related_otherwise


def refuse_over_limit(
    counts: CountedBindings,
    limits: Limits,
    relationship: Relationship | None,
    *,
    by_machine: bool,
) -> None:
    """Refuse a binding that would be one too many.

    Args:
        counts: What is bound already, reserved bindings included.
        limits: The policy's.
        relationship: What the member is to the applicant.
        by_machine: A person who decided knew of another spouse or parent; the machine did not.

    Raises:
        AlreadyBoundError: The pair is bound.
        BindingRefusedError: A limit is reached.
    """
    if counts.already_bound:
        raise AlreadyBoundError
    if applicant_limit_reached(counts, limits):
        raise BindingRefusedError(
            Reason.APPLICANT_LIMIT_REACHED,
            "申请人绑定人数已达上限，须先解绑一人。"
            "The applicant's limit was reached meanwhile; one binding has to end first.",
        )
    if member_limit_reached(counts, limits):
        raise BindingRefusedError(
            Reason.MEMBER_LIMIT_REACHED,
            "被绑定人已达可被绑定的上限，须先解绑。"
            "The member's limit was reached meanwhile; one binding has to end first.",
        )
    if by_machine and spouse_or_parent_conflict(counts, relationship):
        raise BindingRefusedError(
            Reason.SPOUSE_OR_PARENT_CONFLICT,
            "已有其他配偶或父母绑定，或二人已按其他亲属关系绑定，须人工审核。"
            "Another spouse or parent, or the two as other relatives, were bound meanwhile; "
            "a person has to decide.",
        )
