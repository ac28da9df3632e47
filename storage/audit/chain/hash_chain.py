"""How the audit log's events hang together: their texts, hashes and seal."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from json.encoder import encode_basestring_ascii
from typing import Final, NamedTuple

from pydantic import ValidationError
from sqlalchemy import Row

from models.audit.event import AuditEvent, Detail
from models.errors import IntegrityError
from storage.database.tables.audit import AuditEventRow
from storage.keys.keyring import Keyring

START: Final = "0" * 64
"""What stands before the first event."""

HEADS: Final = "audit/heads/"
ROOTS: Final = "audit/roots/"
BINDINGS: Final = "bindings/"

RECORD_COLUMNS: Final = tuple(
    sorted(AuditEventRow.__table__.columns, key=lambda column: column.name)
)
"""In the order of an event's JSON text."""
_REST: Final = tuple(column.name for column in RECORD_COLUMNS)[4:]


class ChainHead(NamedTuple):
    """The end of the log: how many events, and the hash of the last one."""

    events: int
    hash: str


def canonical(value: Mapping[str, Detail] | Mapping[str, object]) -> str:
    """The one JSON text of a value: sorted keys, no spaces, ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def stored_fields(event: AuditEvent) -> dict[str, object]:
    """An event's fields under the names by which they are hashed and stored."""
    return {"once" if name == "idempotency_key" else name: value for name, value in event}


def event_hash(keyring: Keyring, event: AuditEvent) -> str:
    """The keyed hash over everything in an event but the hash itself."""
    content = {**stored_fields(event), "recorded_at": event.recorded_at.isoformat()}
    del content["hash"]
    return keyring.chain_hash(canonical(content).encode())


def head_seal(keyring: Keyring, events: int, last_hash: str) -> str:
    """The keyed hash that seals a head."""
    return keyring.chain_hash(f"head:{events}:{last_hash}".encode())


def read_event(row: Row[tuple[object, ...]]) -> AuditEvent:
    """An event from a row that has its columns.

    Raises:
        IntegrityError: The row was changed so that it is no event any more.
    """
    values = {column.name: row._mapping[column.name] for column in RECORD_COLUMNS}
    try:
        moment = dt.datetime.fromisoformat(str(values["recorded_at"]))
        details = json.loads(str(values["details"]))
        return AuditEvent(**{**values, "details": details, "recorded_at": moment})
    except (ValueError, ValidationError):
        msg = (
            f"第 {values['sequence']} 条审计记录与写入时不符，请运行 kinbind audit verify。"
            f" Audit event {values['sequence']} is not as it was written: run kinbind audit verify."
        )
        raise IntegrityError(msg) from None


class RowTexts(NamedTuple):
    """A row's JSON texts, made without a detour over the event.

    Attributes:
        hashed: What its keyed hash is over.
        record: The same with the hash: the leaf of the tree.
    """

    hashed: str
    record: str


def row_texts(row: Sequence[object]) -> RowTexts:
    """The texts of a row of `RECORD_COLUMNS`: those it was hashed as, where nobody touched it.

    Details are stored as the text that was hashed.
    """
    actor, application_id, details, hash_, *rest = row
    before = (
        f'{{"actor":{_json(actor)},"application_id":{_json(application_id)},"details":{details},'
    )
    after = ",".join(f'"{name}":{_json(value)}' for name, value in zip(_REST, rest, strict=True))
    return RowTexts(f"{before}{after}}}", f'{before}"hash":{_json(hash_)},{after}}}')


def _json(value: object) -> str:
    return encode_basestring_ascii(value) if type(value) is str else json.dumps(value)
