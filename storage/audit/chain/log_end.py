"""The end of the audit log: one transaction at a time holds it, and moves it with what it appends.

Whoever appends waits for whoever holds the end, so as little as can be is done meanwhile.
PostgreSQL is asked twice, and the commit waits for no disk: a function locks, and finds what an
append must know; one statement then writes events and head. SQLite is in the process, and lets
one transaction write at a time anyway.
"""

import json
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Final, NamedTuple

from sqlalchemy import Connection, Row, bindparam, func, insert, select, text, union_all, update

from models.audit.event import AuditEvent
from storage.audit.chain.hash_chain import START, ChainHead, canonical, read_event, stored_fields
from storage.database.portions import portions
from storage.database.tables.audit import AuditEventRow, AuditHeadRow
from storage.database.transactions import flush_at_end

_HEAD_ID: Final = 1
_COLUMNS: Final = tuple(AuditEventRow.__table__.columns)
_NAMES: Final = ", ".join(column.name for column in _COLUMNS)
# Statements are made once: making one costs more than asking it, and every look is an event.
HEAD: Final = select(AuditHeadRow.events, AuditHeadRow.hash).where(AuditHeadRow.head_id == _HEAD_ID)
_FIRST: Final = insert(AuditHeadRow)
_MOVE: Final = update(AuditHeadRow).where(AuditHeadRow.head_id == _HEAD_ID)
_APPEND: Final = insert(AuditEventRow)
_BY_KEY: Final = select(*_COLUMNS).where(
    AuditEventRow.idempotency_key.in_(bindparam("keys", expanding=True))
)
_LAST: Final = select(*_COLUMNS).where(
    AuditEventRow.sequence.in_(
        select(func.max(AuditEventRow.sequence))
        .where(AuditEventRow.application_id.in_(bindparam("names", expanding=True)))
        .group_by(AuditEventRow.application_id)
    )
)
_KNOWN_AND_LAST: Final = union_all(_BY_KEY, _LAST)
_HOLD: Final = text("SELECT * FROM hold_audit_log(:keys, :names)")
_EXTEND: Final = text(
    "WITH moved AS ("  # noqa: S608 - names of our columns
    " INSERT INTO audit_head (head_id, events, hash, seal) VALUES (:head_id, :events, :hash, :seal)"
    " ON CONFLICT (head_id) DO UPDATE"
    " SET events = excluded.events, hash = excluded.hash, seal = excluded.seal)"
    f" INSERT INTO audit_events ({_NAMES}) SELECT {_NAMES}"
    " FROM json_populate_recordset(CAST(NULL AS audit_events), CAST(:rows AS json))"
)


class LogEnd(NamedTuple):
    """What an append has to know.

    Attributes:
        head: The last event's place and hash.
        known: Events that are there already, by their idempotency keys.
        heads: The hash of each application's last event, where it has one.
    """

    head: ChainHead
    known: dict[str, AuditEvent]
    heads: dict[str, str]


def hold_end(connection: Connection, keys: Sequence[str], names: Sequence[str]) -> LogEnd:
    """Lock the end until the transaction is over, and tell how it is then.

    Args:
        connection: In a transaction that writes.
        keys: Idempotency keys that are looked for.
        names: Applications whose last event is.
    """
    if connection.dialect.name == "postgresql":
        flush_at_end(connection)
        asked = {"keys": list(keys), "names": list(names)}
        rows = connection.execute(_HOLD, asked).all()
        head = ChainHead(*rows[0][:2]) if rows else ChainHead(events=0, hash=START)
        return LogEnd(head, *_by_key_and_name((row for row in rows if row.sequence), keys))
    row = connection.execute(HEAD).one_or_none()
    head = ChainHead(*row) if row else ChainHead(events=0, hash=START)
    return LogEnd(head, *known_and_last(connection, keys, names))


def extend(connection: Connection, events: Sequence[AuditEvent], seal: str) -> None:
    """Write events behind the end, which is held, and move it.

    Args:
        connection: That holds it.
        events: In their order, at least one.
        seal: The keyed seal of the last of them as the head.
    """
    last = events[-1]
    head = {"head_id": _HEAD_ID, "events": last.sequence, "hash": last.hash, "seal": seal}
    rows = [_row(event) for event in events]
    if connection.dialect.name == "postgresql":
        connection.execute(_EXTEND, {**head, "rows": json.dumps(rows)})
        return
    connection.execute(_APPEND, rows)
    connection.execute(_FIRST if last.sequence == len(events) else _MOVE, head)


def known_and_last(
    connection: Connection, keys: Sequence[str], names: Sequence[str]
) -> tuple[dict[str, AuditEvent], dict[str, str]]:
    """Events by their idempotency keys, and the hash of each application's last event."""
    found: list[Row[tuple[object, ...]]] = []
    for some_keys, some_names in zip_longest(
        portions(sorted(set(keys))), portions(sorted(set(names))), fillvalue=()
    ):
        asked = {"keys": some_keys, "names": some_names}
        found += connection.execute(_KNOWN_AND_LAST, asked)
    return _by_key_and_name(found, keys)


def _by_key_and_name(
    rows: Iterable[Row[tuple[object, ...]]], keys: Sequence[str]
) -> tuple[dict[str, AuditEvent], dict[str, str]]:
    found = sorted(rows, key=lambda row: row.sequence)
    known = {row.once: read_event(row) for row in found if row.once in keys}
    return known, {str(row.application_id): row.hash for row in found}


def _row(event: AuditEvent) -> dict[str, object]:
    return {
        **stored_fields(event),
        "details": canonical(event.details),
        "recorded_at": event.recorded_at.isoformat(),
    }
