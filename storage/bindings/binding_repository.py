"""Bindings: one object each, written once, and a row that says whether it is in force."""

import base64
import datetime as dt
import hashlib
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from pydantic import ValidationError
from sqlalchemy import ColumnElement, Engine, and_, insert, or_, select, update
from sqlalchemy.exc import IntegrityError as RowTakenError

from models.bindings.binding import (
    Binding,
    BoundNames,
    WrittenBinding,
)
from models.bindings.binding_limits import AlreadyBoundError
from models.bindings.counted_bindings import (
    ACTIVE,
    ENDED,
    IN_FORCE,
    RESERVED,
    SUSPENDED,
    BindingPair,
    RecordedBinding,
)
from models.bindings.unbinding import BindingState, Unbinding
from models.errors import IntegrityError
from models.notices.exchange import Notice
from storage.bindings.related_bindings import bindings_of
from storage.database.tables.cases import BindingRow
from storage.database.transactions import reading, serialise, writing
from storage.keys.keyring import Keyring
from storage.notices.outbox import write_notice
from storage.objects.archive import Archive
from storage.objects.store import PutResult

_NEVER: Final = dt.date(9999, 12, 31)
"""The night in which an ended binding is verified again."""


class BindingRepository:
    """All bindings of one installation."""

    def __init__(self, engine: Engine, keyring: Keyring, archive: Archive) -> None:
        """Use a database whose tables are up to date, and an archive."""
        self._engine = engine
        self._keyring = keyring
        self._archive = archive

    def bindings_of(self, pair: BindingPair, slot: str | None) -> tuple[RecordedBinding, ...]:
        """Every binding of one of the two in either role, or of the slot; see `parent_slot`."""
        with reading(self._engine) as connection:
            return bindings_of(connection, pair, slot)

    def lock_people(self, pair: BindingPair) -> None:
        """Let no other unit of work reserve a binding of one of the two before this one ends."""
        with writing(self._engine) as connection:
            for person in sorted(set(pair)):  # in one order: two writers never wait in a circle
                serialise(connection, f"bindings of {person}")

    def is_reserved(self, round_id: str) -> bool:
        """Whether the round has its binding, or is writing it."""
        return bool(self._identifiers(BindingRow.round_id == round_id))

    def reserve(self, round_id: str, draft: Binding, slot: str | None) -> None:
        """Reserve the pair for a round that is about to write its binding.

        Raises:
            AlreadyBoundError: The pair is bound with this product, or reserved by another round.
        """
        pair = BindingPair(draft.applicant.hash, draft.member.hash)
        row = {
            "binding_id": draft.binding_id,
            "round_id": round_id,
            "application_id": draft.application_id,
            "applicant_hash": draft.applicant.hash,
            "member_hash": draft.member.hash,
            "product": draft.product,
            "relationship": draft.relationship,
            "region": draft.region,
            "effective_date": draft.effective_date,
            "status": RESERVED,
            "claim": self.claim_of(pair, draft.product),
            "slot": slot,
            "claimed_at": draft.decided_at,
        }
        try:
            with writing(self._engine) as connection:
                connection.execute(insert(BindingRow).values(**row))
        except RowTakenError:
            raise AlreadyBoundError from None

    def claim_of(self, pair: BindingPair, product: str) -> str:
        """What only one binding in force can have: the hash of the pair and the product."""
        return self._keyring.fingerprint("pair", f"{pair.applicant}:{pair.member}:{product}")

    def put(self, draft: Binding) -> WrittenBinding:
        """Write the object of a reserved binding, once; of two writers, the first one's stands.

        Raises:
            IntegrityError: What stands there is no binding.
        """
        key = binding_key(draft.binding_id)
        created = self._archive.put_plain(key, draft.model_dump_json(indent=1).encode())
        content = self._archive.get_plain(key)
        return WrittenBinding(
            binding=_parse(content),
            object_digest=hashlib.sha256(content).hexdigest(),
            created=created is PutResult.CREATED,
        )

    def activate(self, binding_id: str, object_digest: str) -> None:
        """Bring a reserved binding into force; one that is in force stays as it is."""
        values = {"status": ACTIVE, "object_digest": object_digest}
        self._change(binding_id, (RESERVED,), values)

    def get(self, binding_id: str) -> Binding:
        """The binding as it was written.

        Raises:
            ObjectMissingError: There is none of this identifier.
            IntegrityError: The object is not what was written.
        """
        content = self._archive.get_plain(binding_key(binding_id))
        with reading(self._engine) as connection:
            expected = connection.scalar(
                select(BindingRow.object_digest).where(BindingRow.binding_id == binding_id)
            )
        if expected is not None and hashlib.sha256(content).hexdigest() != expected:
            msg = (
                f"绑定记录 {binding_id} 被改动过，请核对审计链："
                f"binding {binding_id} is not what was written; run: kinbind audit verify"
            )
            raise IntegrityError(msg)
        return _parse(content)

    def names(self, binding: Binding) -> BoundNames:
        """The sealed part in clear; whoever shows it records that.

        Raises:
            IntegrityError: It is not what was written, or belongs to another key.
        """
        sealed = base64.b64decode(binding.sealed)
        plain = self._keyring.unseal(sealed, binding_key(binding.binding_id))
        return BoundNames.model_validate_json(plain)

    def find(self, application_id: str) -> tuple[str, ...]:
        """Identifiers of an application's bindings, in force or ended."""
        name = self._keyring.public_id(application_id)
        return self._identifiers(BindingRow.application_id == name)

    def in_force(self) -> tuple[str, ...]:
        """Identifiers of all bindings in force."""
        return self._identifiers(BindingRow.status == ACTIVE)

    def end(self, binding_id: str, at: dt.datetime, notice: Notice | None = None) -> bool:
        """End a binding; False when it was not in force. The object stays as it was written.

        Args:
            binding_id: The binding.
            at: When.
            notice: What the outside is told, in the same transaction; as for the next two.
        """
        ended = {"status": ENDED, "claim": None, "ended_at": at, "look_on": _NEVER}
        return self._change(binding_id, IN_FORCE, ended, notice)

    def announce_end(self, unbinding: Unbinding) -> Unbinding:
        """Write the tombstone beside the binding, once, and note the day in the register.

        Returns:
            What stands there; of two that were announced, the first.
        """
        key = tombstone_key(unbinding.binding_id)
        self._archive.put_plain(key, unbinding.model_dump_json(indent=1).encode())
        kept = self.tombstone(unbinding.binding_id)
        values = {"ends_on": kept.effective_date, "end_reason": kept.reason, "look_on": None}
        self._change(unbinding.binding_id, IN_FORCE, values)
        return kept

    def tombstone(self, binding_id: str) -> Unbinding:
        """The announced end of a binding.

        Raises:
            ObjectMissingError: None is announced.
            IntegrityError: It is not what was written.
        """
        content = self._archive.get_plain(tombstone_key(binding_id))
        try:
            return Unbinding.model_validate_json(content)
        except ValidationError:
            msg = (
                f"绑定 {binding_id} 的解绑记录无法读取，请核对审计链："
                f"the end of binding {binding_id} cannot be read; run: kinbind audit verify"
            )
            raise IntegrityError(msg) from None

    def suspend(self, binding_id: str, notice: Notice | None = None) -> bool:
        """Suspend a binding; False when it was not in force."""
        return self._change(binding_id, (ACTIVE,), {"status": SUSPENDED, "look_on": None}, notice)

    def resume(self, binding_id: str, notice: Notice | None = None) -> bool:
        """Bring a suspended binding back into force; False when it was not suspended."""
        return self._change(binding_id, (SUSPENDED,), {"status": ACTIVE, "look_on": None}, notice)

    def state(self, binding_id: str) -> BindingState | None:
        """The state of a binding; None for an unknown one."""
        return next(iter(self._states(BindingRow.binding_id == binding_id)), None)

    def not_ended_of(self, round_ids: Collection[str]) -> BindingState | None:
        """The binding of some rounds that is in force or suspended; None where there is none."""
        found = self._states(
            and_(BindingRow.round_id.in_(round_ids), BindingRow.status.in_(IN_FORCE))
        )
        return next(iter(found), None)

    def due_for_reverification(self, today: dt.date, within: dt.timedelta) -> tuple[str, ...]:
        """Bindings in force or suspended whose night has come.

        Args:
            today: The day.
            within: How far ahead a night is set; one that lies further was set by a wrong clock.
        """
        due = or_(
            BindingRow.look_on.is_(None),
            BindingRow.look_on <= today,
            and_(BindingRow.look_on > today + within, BindingRow.look_on < _NEVER),
        )
        return self._identifiers(and_(BindingRow.status.in_(IN_FORCE), due))

    def reverify_on(self, binding_id: str, day: dt.date) -> None:
        """Set the night in which a binding in force is verified again."""
        self._change(binding_id, IN_FORCE, {"look_on": day})

    def of_round(self, round_id: str) -> tuple[BindingState, ...]:
        """The bindings that a round's approval made, in force or ended."""
        return self._states(BindingRow.round_id == round_id)

    def states(self) -> tuple[BindingState, ...]:
        """All bindings that ever were."""
        return self._states(BindingRow.binding_id.is_not(None))

    def _states(self, condition: ColumnElement[bool]) -> tuple[BindingState, ...]:
        columns = [BindingRow.__table__.columns[name] for name in BindingState.model_fields]
        query = select(*columns).where(condition).order_by(BindingRow.binding_id)
        with reading(self._engine) as connection:
            return tuple(
                BindingState.model_validate(dict(row._mapping)) for row in connection.execute(query)
            )

    def _change(
        self,
        binding_id: str,
        statuses: Sequence[str],
        values: Mapping[str, object],
        notice: Notice | None = None,
    ) -> bool:
        """Change a binding that has one of these statuses; False where it has another."""
        with writing(self._engine) as connection:
            result = connection.execute(
                update(BindingRow)
                .where(BindingRow.binding_id == binding_id, BindingRow.status.in_(statuses))
                .values(**values)
            )
            changed = result.rowcount == 1
            if changed and notice is not None:
                write_notice(connection, self._keyring, notice)
            return changed

    def _identifiers(self, condition: ColumnElement[bool]) -> tuple[str, ...]:
        query = select(BindingRow.binding_id).where(condition).order_by(BindingRow.binding_id)
        with reading(self._engine) as connection:
            return tuple(connection.scalars(query))


def binding_key(binding_id: str) -> str:
    """The object key of a binding."""
    return f"bindings/{binding_id}.json"


def tombstone_key(binding_id: str) -> str:
    """The object key of a binding's end; only bindings themselves end in `.json` there."""
    return f"bindings/{binding_id}.ended"


def _parse(content: bytes) -> Binding:
    try:
        return Binding.model_validate_json(content)
    except ValidationError:
        raise IntegrityError(
            "绑定记录无法读取。A stored binding cannot be read; run: kinbind audit verify"
        ) from None
