"""The bindings that bear on a new one: the counts that limits are held to."""

import datetime as dt
from collections.abc import Collection
from typing import Final, NamedTuple

from sqlalchemy import Connection, bindparam, select, union

from models.clock import CHINA
from models.identity.id_number import upgrade_15
from models.intake.application import Relationship
from storage.database.tables import BindingRow
from storage.keys.keyring import Keyring

ACTIVE: Final = "active"
"""The status of a binding in force."""
RESERVED: Final = "reserved"
"""The status of a binding that is being written."""
SUSPENDED: Final = "suspended"
"""The status of a binding that rests until a person has looked at it again."""
IN_FORCE: Final = (ACTIVE, SUSPENDED)
"""The statuses that count for limits."""


class BindingPair(NamedTuple):
    """Keyed hashes of the two persons."""

    applicant: str
    member: str


class _Binding(NamedTuple):
    """What a binding says about two people."""

    binding_id: str
    application_id: str
    applicant: str
    member: str
    product: str
    relationship: str
    status: str
    slot: str | None
    claimed_at: dt.datetime


_COLUMNS: Final = (
    BindingRow.binding_id,
    BindingRow.application_id,
    BindingRow.applicant_hash,
    BindingRow.member_hash,
    BindingRow.product,
    BindingRow.relationship,
    BindingRow.status,
    BindingRow.slot,
    BindingRow.claimed_at,
)
_BEARING: Final = union(
    *(
        select(*_COLUMNS).where(column == bindparam(name))
        for column, name in (
            (BindingRow.applicant_hash, "applicant"),
            (BindingRow.applicant_hash, "member"),
            (BindingRow.member_hash, "applicant"),
            (BindingRow.member_hash, "member"),
            (BindingRow.slot, "slot"),
        )
    )
)


class BindingCounts(NamedTuple):
    """What stands already; the fields are those of `models.decision.decision.History`."""

    applicant_bindings: int
    member_bindings: int
    bound_this_month: int
    spouse_bound: bool
    parent_bound: bool
    already_bound: bool


def count_bindings(
    connection: Connection,
    pair: BindingPair,
    *,
    product: str,
    slot: str | None,
    on: dt.datetime,
    statuses: Collection[str] = IN_FORCE,
    without_application: str = "",
) -> BindingCounts:
    """Count the bindings that bear on a pair.

    Args:
        connection: Where to ask; inside a serialised transaction the answer holds to its end.
        pair: The two persons.
        product: Limits count bindings of this product; spouses and parents count with any.
        slot: See `parent_slot`.
        on: The moment whose calendar month counts.
        statuses: Which bindings count.
        without_application: One whose own bindings do not count.
    """
    first, after = _month(on)
    bearing = [
        binding
        for binding in _bearing(connection, pair, slot)
        if binding.application_id != without_application
    ]
    standing = [binding for binding in bearing if binding.status in statuses]
    mine = [b for b in bearing if b.product == product and b.applicant == pair.applicant]
    mine_standing = [b for b in mine if b.status in statuses]
    theirs = [b for b in standing if b.product == product and b.member == pair.member]
    return BindingCounts(
        applicant_bindings=len(mine_standing),
        member_bindings=sum(b.applicant != pair.applicant for b in theirs),
        bound_this_month=sum(first <= b.claimed_at < after for b in mine),
        spouse_bound=any(_other_spouse(b, pair) for b in standing),
        parent_bound=slot is not None and any(_other_parent(b, slot, pair) for b in standing),
        already_bound=any(b.member == pair.member for b in mine_standing),
    )


def parent_slot(
    keyring: Keyring,
    relationship: Relationship | None,
    applicant: tuple[str, str],
    member: tuple[str, str],
) -> str | None:
    """The keyed hash of a child and the sex of the parent; None where neither is a parent.

    Args:
        keyring: Makes the hash.
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
    full = upgrade_15(number) if len(number) == 15 and number.isdecimal() else number
    if len(full) != 18 or not full[16].isdecimal():
        return None
    return keyring.fingerprint("slot", f"{child}:{int(full[16]) % 2}")


def _bearing(connection: Connection, pair: BindingPair, slot: str | None) -> list[_Binding]:
    """Every binding of one of the two, in either role, or of the slot; found by index."""
    values = {**pair._asdict(), "slot": slot}
    return [_Binding(*row) for row in connection.execute(_BEARING, values)]


def _other_spouse(binding: _Binding, pair: BindingPair) -> bool:
    """A spouse binding that names one of the two with a third person, in either role."""
    named = {binding.applicant, binding.member}
    return binding.relationship == Relationship.SPOUSE and len(named & set(pair)) == 1


def _other_parent(binding: _Binding, slot: str, pair: BindingPair) -> bool:
    """A binding of the same slot between two other people; the pair itself is no conflict."""
    return binding.slot == slot and not {binding.applicant, binding.member} <= set(pair)


def _month(moment: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """The first moments of the month at the office, and of the next one."""
    local = moment.astimezone(CHINA)
    first = dt.datetime(local.year, local.month, 1, tzinfo=CHINA)
    year, month = divmod(local.year * 12 + local.month, 12)
    return first, dt.datetime(year, month + 1, 1, tzinfo=CHINA)
