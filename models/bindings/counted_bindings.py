"""Counting the bindings that bear on a new one: what limits are held to."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Final, NamedTuple

from models.clock import CHINA
from models.identity.id_number import full_id_number
from models.intake.application import Relationship

ACTIVE: Final = "active"
"""The status of a binding in force."""
RESERVED: Final = "reserved"
"""The status of a binding that is being written."""
SUSPENDED: Final = "suspended"
"""The status of a binding that is suspended until a person has verified it again."""
ENDED: Final = "ended"
"""The status of a binding that no longer counts."""
IN_FORCE: Final = (ACTIVE, SUSPENDED)
"""The statuses that count for limits."""

PARENTAL: Final = frozenset({Relationship.PARENT, Relationship.CHILD})
"""The relationships in which one of the two is a parent of the other."""


class BindingPair(NamedTuple):
    """Keyed hashes of the two persons."""

    applicant: str
    member: str


class RecordedBinding(NamedTuple):
    """What the register says about a binding; persons are keyed hashes.

    Attributes:
        slot: See `parent_slot`; None where neither is a parent.
        claimed_at: When it was decided.
    """

    binding_id: str
    application_id: str
    applicant: str
    member: str
    product: str
    relationship: str
    status: str
    slot: str | None
    claimed_at: dt.datetime


class BindingCounts(NamedTuple):
    """What is bound already; the fields are those of `models.decision.decision.History`."""

    applicant_bindings: int
    member_bindings: int
    bound_this_month: int
    spouse_bound: bool
    parent_bound: bool
    already_bound: bool
    related_otherwise: bool = False


def count_bindings(
    bindings: Iterable[RecordedBinding],
    pair: BindingPair,
    *,
    product: str,
    slot: str | None,
    relationship: Relationship | None,
    on: dt.datetime,
    statuses: Collection[str] = IN_FORCE,
    without_application: str = "",
) -> BindingCounts:
    """Count the bindings that bear on a pair.

    Args:
        bindings: Every binding of one of the two in either role, and of the slot.
        pair: The two persons.
        product: Limits count bindings of this product; spouses and parents count with any.
        slot: See `parent_slot`.
        relationship: What the member is to the applicant by the form; None where it does not say.
        on: The moment whose calendar month in China counts.
        statuses: Which bindings count; the month counts those of every status.
        without_application: One whose own bindings do not count.
    """
    first, after = month_of(on)
    bearing = [b for b in bindings if b.application_id != without_application]
    counted = [b for b in bearing if b.status in statuses]
    by_applicant = [b for b in bearing if b.product == product and b.applicant == pair.applicant]
    in_force = [b for b in by_applicant if b.status in statuses]
    of_member = [b for b in counted if b.product == product and b.member == pair.member]
    return BindingCounts(
        applicant_bindings=len(in_force),
        member_bindings=sum(b.applicant != pair.applicant for b in of_member),
        bound_this_month=sum(first <= b.claimed_at < after for b in by_applicant),
        spouse_bound=any(_other_spouse(b, pair) for b in counted),
        parent_bound=slot is not None and any(_other_parent(b, slot, pair) for b in counted),
        already_bound=any(b.member == pair.member for b in in_force),
        related_otherwise=any(_says_otherwise(b, pair, relationship) for b in counted),
    )


def month_of(moment: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """The first moment of the calendar month in China, and the first one after it."""
    local = moment.astimezone(CHINA)
    first = dt.datetime(local.year, local.month, 1, tzinfo=CHINA)
    year, month = divmod(local.year * 12 + local.month, 12)
    return first, dt.datetime(year, month + 1, 1, tzinfo=CHINA)


def parent_slot(
    relationship: Relationship | None, applicant: tuple[str, str], member: tuple[str, str]
) -> str | None:
    """The child and the sex of the parent, of which there is one each; None without a parent.

    Args:
        relationship: What the member is to the applicant.
        applicant: Keyed hash and number.
        member: Keyed hash and number; a certificate's number tells no sex.
    """
    if relationship is Relationship.PARENT:
        child, (_, number) = applicant[0], member
    elif relationship is Relationship.CHILD:
        child, (_, number) = member[0], applicant
    else:
        return None
    full = full_id_number(number)
    if len(full) != 18 or not full[16].isdecimal():
        return None
    return f"{child}:{int(full[16]) % 2}"


def _says_otherwise(
    binding: RecordedBinding, pair: BindingPair, relationship: Relationship | None
) -> bool:
    """Whether a binding of these two, either way round, calls them other relatives."""
    if relationship is None or {binding.applicant, binding.member} != set(pair):
        return False
    same_way = binding.applicant == pair.applicant
    return binding.relationship != (relationship if same_way else relationship.inverse)


def _other_spouse(binding: RecordedBinding, pair: BindingPair) -> bool:
    """A spouse binding that names one of the two with a third person, in either role."""
    named = {binding.applicant, binding.member}
    return binding.relationship == Relationship.SPOUSE and len(named & set(pair)) == 1


def _other_parent(binding: RecordedBinding, slot: str, pair: BindingPair) -> bool:
    """A binding of the same slot between two other people; the pair itself is no conflict."""
    return binding.slot == slot and not {binding.applicant, binding.member} <= set(pair)
