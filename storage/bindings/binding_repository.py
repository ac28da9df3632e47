"""Bindings: one object each, written once, and a row that says whether it is in force."""

import base64
import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from typing import Final

from pydantic import ValidationError
from sqlalchemy import ColumnElement, Engine, insert, select, update
from sqlalchemy.exc import IntegrityError as RowTakenError

from models.bindings.binding import (
    Binding,
    BoundNames,
    BoundPerson,
    ProvingDocument,
    WrittenBinding,
)
from models.bindings.unbinding import BindingState, Unbinding
from models.cases.case_round import ApplicationRound
from models.decision.decision import Decision, Outcome
from models.errors import IntegrityError
from models.identity.masking import mask_certificate_number, mask_id_number, mask_name
from models.intake.application import Application
from models.notices.exchange import Notice
from models.policy.policy import Limits
from storage.bindings.binding_counts import (
    ACTIVE,
    IN_FORCE,
    RESERVED,
    SUSPENDED,
    parent_slot,
)
from storage.bindings.binding_limits import AlreadyBoundError, ask_limits
from storage.database.engine import reading, serialise, writing
from storage.database.tables import BindingRow
from storage.keys.keyring import Keyring
from storage.keys.match_hash import person_hash
from storage.notices.outbox import write_notice
from storage.objects.archive import Archive
from storage.objects.store import PutResult

_ENDED: Final = "ended"


class BindingRepository:
    """All bindings of one installation."""

    def __init__(self, engine: Engine, keyring: Keyring, archive: Archive) -> None:
        """Open the register over a database and an archive."""
        self._engine = engine
        self._keyring = keyring
        self._archive = archive

    def write_binding(
        self,
        case: ApplicationRound,
        application: Application,
        decision: Decision,
        *,
        effective_date: dt.date,
        evidence: Sequence[ProvingDocument],
        engine_versions: Mapping[str, str],
        audit_head: str,
        limits: Limits | None = None,
        member_born: dt.date | None = None,
    ) -> WrittenBinding:
        """Write the binding of an approved round, once.

        Interrupted anywhere and called again, it completes the same binding: the pair is first
        reserved in the database, then the object is put, then the binding comes into force. The
        limits are asked in the same transaction, in which nobody else can reserve for either of
        the two: of two approvals at once that would exceed a limit together, one is refused.

        Args:
            case: The approved round.
            application: As it arrived; the persons are taken from it.
            decision: The approval.
            effective_date: The first day on which the binding counts.
            evidence: The papers that the decision rests on.
            engine_versions: Which engines read and compared, by their job.
            audit_head: Hash of the application's last audit event.
            limits: How many bindings there may be; None asks for none.
            member_born: The member's birth date where no number holds it; it is kept sealed.

        Raises:
            AlreadyBoundError: Another round bound the same pair for the same product.
            BindingRefusedError: A limit is reached, or the machine would bind a second spouse or
                a second father; a person who decided knew of those.
            ValueError: The round is not approved, or the application names no such pair.
            StorageUnavailableError: Worth another try.
        """
        if decision.outcome is not Outcome.APPROVED:
            raise ValueError("Only an approved round becomes a binding.")
        names = _bound_names(application, member_born)
        draft = self._draft(
            case,
            application,
            decision,
            names,
            effective_date=effective_date,
            evidence=evidence,
            engine_versions=engine_versions,
            audit_head=audit_head,
        )
        self._reserve(case.round_id, draft, limits)
        key = binding_key(draft.binding_id)
        created = self._archive.put_plain(key, draft.model_dump_json(indent=1).encode())
        content = self._archive.get_plain(key)
        object_digest = hashlib.sha256(content).hexdigest()
        self._bring_into_force(draft.binding_id, object_digest)
        return WrittenBinding(
            binding=_parse(content),
            object_digest=object_digest,
            created=created is PutResult.CREATED,
        )

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
            raise IntegrityError("A binding is not what was written.")
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
        ended = {"status": _ENDED, "claim": None, "ended_at": at}
        return self._change(binding_id, IN_FORCE, ended, notice)

    def announce_end(self, unbinding: Unbinding) -> Unbinding:
        """Write the tombstone beside the binding, once, and note the day in the register.

        Returns:
            What stands there; of two that were announced, the first.
        """
        key = tombstone_key(unbinding.binding_id)
        self._archive.put_plain(key, unbinding.model_dump_json(indent=1).encode())
        kept = self.tombstone(unbinding.binding_id)
        values = {"ends_on": kept.effective_date, "end_reason": kept.reason}
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
            raise IntegrityError("A stored end of a binding cannot be read.") from None

    def suspend(self, binding_id: str, notice: Notice | None = None) -> bool:
        """Let a binding rest; False when it was not in force."""
        return self._change(binding_id, (ACTIVE,), {"status": SUSPENDED}, notice)

    def resume(self, binding_id: str, notice: Notice | None = None) -> bool:
        """Bring a resting binding back into force; False when it did not rest."""
        return self._change(binding_id, (SUSPENDED,), {"status": ACTIVE}, notice)

    def state(self, binding_id: str) -> BindingState | None:
        """Where a binding stands; None for an unknown one."""
        return next(iter(self._states(BindingRow.binding_id == binding_id)), None)

    def standing(self) -> tuple[BindingState, ...]:
        """All bindings in force or resting."""
        return self._states(BindingRow.status.in_(IN_FORCE))

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

    def _draft(
        self,
        case: ApplicationRound,
        application: Application,
        decision: Decision,
        names: BoundNames,
        *,
        effective_date: dt.date,
        evidence: Sequence[ProvingDocument],
        engine_versions: Mapping[str, str],
        audit_head: str,
    ) -> Binding:
        if application.product is None or application.relationship is None:
            raise ValueError("The application names no product or no relationship.")
        binding_id = self._keyring.identifier("binding", case.round_id)
        sealed = self._keyring.seal(names.model_dump_json().encode(), binding_key(binding_id))
        return Binding(
            binding_id=binding_id,
            application_id=case.application_id,
            round=case.round,
            applicant=self._person(names.applicant_name, names.applicant_number),
            member=self._person(names.member_name, names.member_number),
            relationship=application.relationship,
            product=application.product,
            region=application.region,
            effective_date=effective_date,
            evidence=tuple(evidence),
            policy_version=decision.policy_version,
            engine_versions=dict(engine_versions),
            decided_by=decision.decided_by,
            decided_at=decision.decided_at,
            audit_head=audit_head,
            sealed=base64.b64encode(sealed).decode(),
        )

    def _person(self, name: str, number: str) -> BoundPerson:
        mask = mask_id_number if len(number) == 18 else mask_certificate_number
        return BoundPerson(
            hash=person_hash(self._keyring, number),
            masked_name=mask_name(name),
            masked_number=mask(number),
        )

    def _reserve(self, round_id: str, draft: Binding, limits: Limits | None) -> None:
        """Take the pair in the database; the same round may come again."""
        pair = f"{draft.applicant.hash}:{draft.member.hash}:{draft.product}"
        slot = self._slot(draft)
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
            "claim": self._keyring.fingerprint("pair", pair),
            "slot": slot,
            "claimed_at": draft.decided_at,
        }
        people = sorted({draft.applicant.hash, draft.member.hash})
        try:
            with writing(self._engine) as connection:
                for person in people:  # in one order, so that two writers never wait in a circle
                    serialise(connection, f"bindings of {person}")
                known = select(BindingRow.binding_id).where(BindingRow.round_id == round_id)
                if connection.scalar(known) is None:
                    if limits is not None:
                        ask_limits(connection, draft, limits, slot)
                    connection.execute(insert(BindingRow).values(**row))
        except RowTakenError:
            if not self._identifiers(BindingRow.round_id == round_id):
                raise AlreadyBoundError from None

    def _slot(self, draft: Binding) -> str | None:
        """The place of the parent in the child's life; None where neither is a parent."""
        names = self.names(draft)
        return parent_slot(
            self._keyring,
            draft.relationship,
            (draft.applicant.hash, names.applicant_number),
            (draft.member.hash, names.member_number),
        )

    def _bring_into_force(self, binding_id: str, object_digest: str) -> None:
        with writing(self._engine) as connection:
            connection.execute(
                update(BindingRow)
                .where(BindingRow.binding_id == binding_id, BindingRow.status == RESERVED)
                .values(status=ACTIVE, object_digest=object_digest)
            )

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


def _bound_names(application: Application, member_born: dt.date | None) -> BoundNames:
    applicant, member = application.applicant, application.member
    number = member.id_number or member.birth_certificate_number
    if not (applicant.name and applicant.id_number and member.name and number):
        raise ValueError("The application does not name both persons.")
    return BoundNames(
        applicant_name=applicant.name,
        applicant_number=applicant.id_number,
        member_name=member.name,
        member_number=number,
        member_birth_date=None if member.id_number else member_born,
    )


def _parse(content: bytes) -> Binding:
    try:
        return Binding.model_validate_json(content)
    except ValidationError:
        raise IntegrityError("A stored binding cannot be read.") from None
