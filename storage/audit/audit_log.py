"""The audit log: every step as an event in a keyed hash chain."""

import datetime as dt
import hmac
from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, bindparam, func, select
from sqlalchemy.exc import IntegrityError as RowTakenError

from models.audit.event import (
    AuditEvent,
    ChainReport,
    Detail,
    EventTag,
    NewEvent,
    VerifiedLog,
)
from models.errors import IntegrityError
from storage.audit.chain.checkpoint import load_checkpoint
from storage.audit.chain.hash_chain import (
    HEADS,
    ROOTS,
    START,
    ChainHead,
    event_hash,
    head_seal,
    read_event,
)
from storage.audit.chain.kept_outside import kept_key
from storage.audit.chain.log_check import LogCheck
from storage.audit.chain.log_end import HEAD, extend, hold_end, known_and_last
from storage.audit.chain.log_guard import LogGuard
from storage.audit.current_run import RUN, current_run
from storage.database.tables.audit import AuditEventRow
from storage.database.transactions import flush, reading, translated, unit_of_work, writing
from storage.keys.keyring import Keyring, holds_id_number
from storage.objects.archive import Archive

_COLUMNS: Final = tuple(AuditEventRow.__table__.columns)
_OF_ONE: Final = (
    select(*_COLUMNS)
    .where(AuditEventRow.application_id == bindparam("name"))
    .order_by(AuditEventRow.sequence)
)


class AuditLog:
    """The log of one installation. Nothing in it is ever changed."""

    def __init__(self, engine: Engine, keyring: Keyring, guard: LogGuard | None = None) -> None:
        """Open the log in a database whose tables are up to date.

        Args:
            engine: Of the database.
            keyring: For its hashes.
            guard: Asked before anything is appended; None: nobody is.
        """
        self._engine = engine
        self._keyring = keyring
        self._guard = guard

    def append(
        self,
        tag: EventTag,
        *,
        application_id: str | None,
        round_id: str | None,
        actor: str,
        idempotency_key: str,
        details: Mapping[str, Detail] | None = None,
    ) -> AuditEvent:
        """Append one event; see `append_many`."""
        event = NewEvent(
            tag=tag,
            application_id=application_id,
            round_id=round_id,
            actor=actor,
            details=dict(details or {}),
            idempotency_key=idempotency_key,
        )
        return self.append_many((event,))[0]

    def append_many(self, events: Sequence[NewEvent]) -> tuple[AuditEvent, ...]:
        """Append events in their order, in one transaction.

        An event whose idempotency key stands in the log already is not appended again; what stands
        there is given back in its place. Details and keys that could name somebody (anything
        but ASCII, anything like an ID number) are stored as a keyed hash.

        Raises:
            IntegrityError: Events stand behind the head of the log.
        """
        safe = [self._safe(event) for event in events]
        # A part of the unit of work: what is done there without its events must not stand.
        with unit_of_work(self._engine), reading(self._engine) as connection:
            return self._append(connection, safe)

    def append_within(
        self, connection: Connection, events: Sequence[NewEvent]
    ) -> tuple[AuditEvent, ...]:
        """Append events as a part of a transaction that writes something else too."""
        return self._append(connection, [self._safe(event) for event in events])

    def events(self, application_id: str) -> tuple[AuditEvent, ...]:
        """An application's events, the first one first."""
        name = self._keyring.public_id(application_id)
        with reading(self._engine) as connection:
            return tuple(read_event(row) for row in connection.execute(_OF_ONE, {"name": name}))

    def are_as_written(self, events: Sequence[AuditEvent]) -> bool:
        """Whether an application's events, all of them in order, are what was appended.

        That some at the end are missing, only the check of the whole log shows.
        """
        previous = START
        for event in events:
            if event.previous_application_hash != previous or not hmac.compare_digest(
                event.hash, event_hash(self._keyring, event)
            ):
                return False
            previous = event.hash
        return True

    def count_known(self, keys: Sequence[str]) -> int:
        """How many of these idempotency keys stand in the log."""
        with reading(self._engine) as connection:
            return len(known_and_last(connection, keys, ())[0])

    def system_events(self, tags: Sequence[EventTag], limit: int) -> tuple[AuditEvent, ...]:
        """Events about the system as a whole, the last one first."""
        query = (
            select(*_COLUMNS)
            .where(AuditEventRow.application_id.is_(None), AuditEventRow.tag.in_(tags))
            .order_by(AuditEventRow.sequence.desc())
            .limit(limit)
        )
        with reading(self._engine) as connection:
            return tuple(read_event(row) for row in connection.execute(query))

    def decided_by_runs(self, applications: Select[tuple[str]]) -> dict[str, str]:
        """Round to the run of the orchestrator that decided it, the last one of several.

        Args:
            applications: Which applications are looked at.
        """
        query = (
            select(*_COLUMNS)
            .where(
                AuditEventRow.application_id.in_(applications),
                AuditEventRow.tag == EventTag.APPLICATION_DECIDED,
            )
            .order_by(AuditEventRow.sequence)
        )
        with reading(self._engine) as connection:
            events = [read_event(row) for row in connection.execute(query)]
        return {event.round_id or "": str(event.details.get(RUN, "")) for event in events}

    def at(self, place: int) -> AuditEvent | None:
        """The event at a place of the log; None where none stands there, or none that is one."""
        query = select(*_COLUMNS).where(AuditEventRow.sequence == place)
        with reading(self._engine) as connection:
            row = connection.execute(query).one_or_none()
        try:
            return read_event(row) if row is not None else None
        except IntegrityError:
            return None

    def applications_after(self, sequence: int) -> set[str]:
        """Applications with an event after a place of the log."""
        return self._applications(AuditEventRow.sequence > sequence)

    def applications_in_part(self, part: int, parts: int) -> set[str]:
        """Applications with an event in one of so many equal parts of the log, counted from 0."""
        with reading(self._engine) as connection:
            events = connection.scalar(select(func.max(AuditEventRow.sequence))) or 0
        first, last = events * part // parts, events * (part + 1) // parts
        return self._applications(
            and_(AuditEventRow.sequence > first, AuditEventRow.sequence <= last)
        )

    def _applications(self, condition: ColumnElement[bool]) -> set[str]:
        query = select(AuditEventRow.application_id).where(condition).distinct()
        with reading(self._engine) as connection:
            return {name for name in connection.scalars(query) if name}

    def head(self, application_id: str) -> str:
        """Hash of an application's last event; 64 zeros where there is none.

        It is named in objects, which outlast a crash of the database: the event lies on the disk.
        """
        name = self._keyring.public_id(application_id)
        with reading(self._engine) as connection:
            found = known_and_last(connection, (), [name])[1].get(name, START)
        self._wait_for_disk()
        return found

    def accept(self) -> tuple[int, int]:
        """Let a log go on that ends before what was kept of it outside.

        Returns:
            How many events it has, and how many were kept; equal: there was nothing to accept.
        """
        with writing(self._engine) as connection:
            events = hold_end(connection, (), ()).head.events
            kept = self._guard.kept_beyond(events) if self._guard else events
            if self._guard and kept > events:
                self._guard.accept(connection, kept)
        return events, kept

    def anchor(self, archive: Archive) -> None:
        """Keep the head in the object store, where the database's owner cannot take it back."""
        with reading(self._engine) as connection:
            head = connection.execute(HEAD).one_or_none()
        self._wait_for_disk()
        if head is not None:
            archive.put_bytes(kept_key(HEADS, head.events), head.hash.encode())
            if self._guard:
                self._guard.keep(HEADS, head.events, head.hash)

    def publish_root(self, archive: Archive, report: ChainReport) -> None:
        """Keep the root of an intact log in clear, for whoever copies it out of the office."""
        if report.intact and report.events:
            self._wait_for_disk()
            archive.put_plain(kept_key(ROOTS, report.events), report.root.encode())
            if self._guard:
                self._guard.keep(ROOTS, report.events, report.root)

    def verify(self, archive: Archive | None = None) -> ChainReport:
        """Recompute the whole chain, as it is at this moment; nobody waits for it.

        Args:
            archive: Compare also with the heads and the bindings in this object store.
        """
        return LogCheck(self._engine, self._keyring, archive).whole()

    def verify_onward(self, archive: Archive, share: int | None = None) -> ChainReport:
        """Recompute what came since the last check and the next 20,000 events of the rest, in turn.

        Args:
            archive: Heads, roots and bindings in it are compared.
            share: Of the rest at least one part in so many.
        """
        return LogCheck(self._engine, self._keyring, archive).onward(share=share)

    def verified(self) -> VerifiedLog | None:
        """Up to where the log was found intact; None before its first check with its objects."""
        checkpoint = load_checkpoint(self._engine, self._keyring)
        return checkpoint.told if checkpoint else None

    def _wait_for_disk(self) -> None:
        """What is kept outside is never ahead of a database that comes back from a crash."""
        with translated(self._engine), self._engine.connect() as connection:
            flush(connection)

    def _append(self, connection: Connection, events: Sequence[NewEvent]) -> tuple[AuditEvent, ...]:
        head, known, heads = hold_end(
            connection,
            [event.idempotency_key for event in events],
            [event.application_id for event in events if event.application_id],
        )
        if self._guard:
            self._guard.require(connection, head.events)
        fresh: list[AuditEvent] = []
        for event in events:
            if event.idempotency_key in known:
                continue
            written = self._link(event, head, heads.get(event.application_id or "", START))
            head = ChainHead(events=written.sequence, hash=written.hash)
            if written.application_id:
                heads[written.application_id] = written.hash
            known[event.idempotency_key] = written
            fresh.append(written)
        if fresh:
            self._extend(connection, fresh)
        return tuple(known[event.idempotency_key] for event in events)

    def _extend(self, connection: Connection, events: Sequence[AuditEvent]) -> None:
        last = events[-1]
        try:
            extend(connection, events, head_seal(self._keyring, last.sequence, last.hash))
        except RowTakenError:
            raise IntegrityError(
                "审计链链头之后还有记录，未写入。请执行 kinbind audit verify --whole 查看。"
                " Events stand behind the head of the audit log, nothing was written: see"
                " kinbind audit verify --whole."
            ) from None

    def _link(self, event: NewEvent, head: ChainHead, application_head: str) -> AuditEvent:
        unhashed = AuditEvent(
            **dict(event),
            sequence=head.events + 1,
            recorded_at=dt.datetime.now(dt.UTC),
            previous_hash=head.hash,
            previous_application_hash=application_head,
            hash="",
        )
        return unhashed.model_copy(update={"hash": event_hash(self._keyring, unhashed)})

    def _safe(self, event: NewEvent) -> NewEvent:
        """The event without anything that could name somebody, and with the run at work."""
        application_id = event.application_id
        run = current_run()
        with_run = event.details | ({RUN: run} if run else {})
        details = {name: self._safe_detail(value) for name, value in with_run.items()}
        return event.model_copy(
            update={
                "application_id": application_id and self._keyring.public_id(application_id),
                "details": details,
                "idempotency_key": self._safe_text(event.idempotency_key),
            }
        )

    def _safe_detail(self, value: Detail) -> Detail:
        if isinstance(value, list):
            return [self._safe_text(text) for text in value]
        return self._safe_text(value) if isinstance(value, str) else value

    def _safe_text(self, text: str) -> str:
        if text.isascii() and not holds_id_number(text):
            return text
        return f"hash:{self._keyring.fingerprint('detail', text)[:24]}"
