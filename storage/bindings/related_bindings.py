"""The bindings that bear on a new one, as the register has them."""

from typing import Final

from sqlalchemy import Connection, bindparam, select, union

from models.bindings.counted_bindings import BindingPair, RecordedBinding, parent_slot
from models.intake.application import Relationship
from storage.database.tables.cases import BindingRow
from storage.keys.keyring import Keyring

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


def bindings_of(
    connection: Connection, pair: BindingPair, slot: str | None
) -> tuple[RecordedBinding, ...]:
    """Every binding of one of the two, in either role, or of the slot; each found by an index."""
    # No slot is empty: none is found at once, where a comparison with null reads through all.
    values = {**pair._asdict(), "slot": slot or ""}
    return tuple(RecordedBinding(*row) for row in connection.execute(_BEARING, values))


def hash_slot(
    keyring: Keyring,
    relationship: Relationship | None,
    applicant: tuple[str, str],
    member: tuple[str, str],
) -> str | None:
    """The keyed hash of `models.bindings.counted_bindings.parent_slot`; None without a parent."""
    slot = parent_slot(relationship, applicant, member)
    return keyring.fingerprint("slot", slot) if slot is not None else None
