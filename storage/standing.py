"""The bindings that bear on a new one: the counts that limits are held to."""

import datetime as dt
from collections.abc import Collection
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from models.application import Relationship
from models.id_number import upgrade_15
from storage.database.tables import BindingRow
from storage.keyring import Keyring

ACTIVE: Final = "active"
"""The status of a binding in force."""
RESERVED: Final = "reserved"
"""The status of a binding that is being written."""
SUSPENDED: Final = "suspended"
"""The status of a binding that rests until a person has looked at it again."""
IN_FORCE: Final = (ACTIVE, SUSPENDED)
"""The statuses that count for limits."""

_CHINA: Final = ZoneInfo("Asia/Shanghai")


class Pair(NamedTuple):
    """Keyed hashes of the two persons."""

    applicant: str
    member: str


class Standing(NamedTuple):
    """What stands already; the fields are those of `models.decision.History`."""

    applicant_bindings: int
    member_bindings: int
    bound_this_month: int
    spouse_bound: bool
    parent_bound: bool
    already_bound: bool


def standing_bindings(
    connection: Connection,
    pair: Pair,
    *,
    product: str,
    slot: str | None,
    on: dt.datetime,
    statuses: Collection[str] = IN_FORCE,
    without_application: str = "",
) -> Standing:
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
    counted = BindingRow.application_id != without_application
    standing = and_(counted, BindingRow.status.in_(statuses))
    same_product = BindingRow.product == product
    mine = BindingRow.applicant_hash == pair.applicant
    theirs = BindingRow.member_hash == pair.member

    def count(*conditions: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(BindingRow).where(*conditions)
        return connection.scalar(query) or 0

    first, after = _month(on)
    return Standing(
        applicant_bindings=count(standing, same_product, mine),
        member_bindings=count(standing, same_product, theirs, ~mine),
        bound_this_month=count(
            counted,
            same_product,
            mine,
            BindingRow.claimed_at >= first,
            BindingRow.claimed_at < after,
        ),
        spouse_bound=count(standing, _other_spouse(pair)) > 0,
        parent_bound=slot is not None and count(standing, _other_parent(slot, pair)) > 0,
        already_bound=count(standing, same_product, mine, theirs) > 0,
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


def _other_spouse(pair: Pair) -> ColumnElement[bool]:
    """A spouse binding that names one of the two with a third person, in either role."""
    sides = [
        (BindingRow.applicant_hash, BindingRow.member_hash),
        (BindingRow.member_hash, BindingRow.applicant_hash),
    ]
    people = [(pair.applicant, pair.member), (pair.member, pair.applicant)]
    third = [and_(one == who, other != partner) for one, other in sides for who, partner in people]
    return and_(BindingRow.relationship == Relationship.SPOUSE, or_(*third))


def _other_parent(slot: str, pair: Pair) -> ColumnElement[bool]:
    """A binding of the same slot between two other people; the pair itself is no conflict."""
    people = (pair.applicant, pair.member)
    same_pair = and_(BindingRow.applicant_hash.in_(people), BindingRow.member_hash.in_(people))
    return and_(BindingRow.slot == slot, ~same_pair)


def _month(moment: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """The first moments of the month at the office, and of the next one."""
    local = moment.astimezone(_CHINA)
    first = dt.datetime(local.year, local.month, 1, tzinfo=_CHINA)
    year, month = divmod(local.year * 12 + local.month, 12)
    return first, dt.datetime(year, month + 1, 1, tzinfo=_CHINA)
