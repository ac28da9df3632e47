"""How the audit log's events hang together, and how a break is found."""

import datetime as dt
import hmac
import json
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from pydantic import ValidationError
from sqlalchemy import Row

from models.audit.event import AuditEvent, ChainReport, Detail
from models.bindings.binding import Binding
from models.errors import IntegrityError
from storage.audit.hash_tree import GrowingRoot, leaf
from storage.keys.keyring import Keyring
from storage.objects.archive import Archive
from storage.objects.store import ObjectMissingError

START: Final = "0" * 64
"""What stands before the first event."""

HEADS: Final = "audit/heads/"
ROOTS: Final = "audit/roots/"
BINDINGS: Final = "bindings/"


class ChainHead(NamedTuple):
    """The end of the log: how many events, and the hash of the last one."""

    events: int
    hash: str


class _Break(NamedTuple):
    """A place that is not right, and what is wrong there."""

    sequence: int
    problem: str
    zh: str


class _Walk(NamedTuple):
    """What walking the chain from its start found.

    Attributes:
        hashes: Keyed hash of each event to its place.
        root: Root of the tree of plain hashes over all events.
        roots: The same at the sizes that were asked for.
    """

    head: ChainHead
    hashes: Mapping[str, int]
    root: str
    roots: Mapping[int, str]
    fault: _Break | None


def canonical(value: Mapping[str, Detail] | Mapping[str, object]) -> str:
    """The one JSON text of a value: sorted keys, no spaces, ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def record_text(event: AuditEvent) -> str:
    """The one JSON text of a whole event, its hash included."""
    return canonical({**stored_fields(event), "recorded_at": event.recorded_at.isoformat()})


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
    """An event from its row.

    Raises:
        IntegrityError: The row was changed so that it is no event any more.
    """
    values = dict(row._mapping)
    try:
        moment = dt.datetime.fromisoformat(str(values["recorded_at"]))
        details = json.loads(str(values["details"]))
        return AuditEvent(**{**values, "details": details, "recorded_at": moment})
    except (ValueError, ValidationError):
        msg = f"Audit event {values['sequence']} is not as it was written."
        raise IntegrityError(msg) from None


def check_chain(
    rows: Iterable[Row[tuple[object, ...]]],
    head: Row[tuple[int, str, str]] | None,
    keyring: Keyring,
    archive: Archive | None,
) -> ChainReport:
    """Recompute the chain and compare it with its head and what is kept outside the database."""
    kept = _kept_roots(archive) if archive is not None else {}
    walk = _walk(rows, keyring, kept)
    faults = [walk.fault] if walk.fault else []
    if not walk.fault:
        faults += _head_faults(walk.head, head, keyring)
    anchors = bindings = 0
    if archive is not None and not walk.fault:
        anchored, anchors = _anchor_faults(walk, archive)
        bound, bindings = _binding_faults(walk, archive)
        faults += anchored + bound + _root_faults(walk, kept)
        anchors += len(kept)
    first = min(faults, default=None)
    return ChainReport(
        intact=first is None,
        events=walk.head.events,
        head=walk.head.hash,
        first_broken=first.sequence if first else None,
        problem=first.problem if first else None,
        problem_zh=first.zh if first else None,
        anchors=anchors,
        bindings=bindings,
        root=walk.root,
    )


def _walk(
    rows: Iterable[Row[tuple[object, ...]]], keyring: Keyring, sizes: Mapping[int, str]
) -> _Walk:
    head, application_heads = ChainHead(0, START), dict[str, str]()
    hashes: dict[str, int] = {}
    tree, roots = GrowingRoot(), dict[int, str]()
    fault: _Break | None = None
    for row in rows:
        place = head.events + 1
        event = _event(row, place, head.hash, application_heads, keyring)
        if isinstance(event, _Break):
            fault = event
            break
        head = ChainHead(place, event.hash)
        hashes[event.hash] = place
        tree.add(leaf(record_text(event)))
        if place in sizes:
            roots[place] = tree.root
        if event.application_id:
            application_heads[event.application_id] = event.hash
    return _Walk(head, hashes, tree.root, roots, fault)


def _event(
    row: Row[tuple[object, ...]],
    place: int,
    previous: str,
    application_heads: Mapping[str, str],
    keyring: Keyring,
) -> AuditEvent | _Break:
    """The event at its place, or what is wrong there."""
    if row.sequence != place:
        return _Break(place, f"Event {place} is missing.", f"第 {place} 条缺失。")
    changed = _Break(place, f"Event {place} is not as it was written.", f"第 {place} 条被改动过。")
    try:
        event = read_event(row)
    except IntegrityError:
        return changed
    if not hmac.compare_digest(event.hash, event_hash(keyring, event)):
        return changed
    expected = application_heads.get(event.application_id or "", START)
    if event.previous_hash != previous or event.previous_application_hash != expected:
        astray = f"Event {place} does not follow the event before it."
        return _Break(place, astray, f"第 {place} 条与前一条不衔接。")
    return event


def _head_faults(
    found: ChainHead, kept: Row[tuple[int, str, str]] | None, keyring: Keyring
) -> list[_Break]:
    if kept is None:
        lost = _Break(1, "The head of the log is missing.", "链头缺失。")
        return [lost] if found.events else []
    if not hmac.compare_digest(kept.seal, head_seal(keyring, kept.events, kept.hash)):
        changed = "The head of the log is not as it was written."
        return [_Break(found.events + 1, changed, "链头被改动过。")]
    if kept.events > found.events:
        cut = f"The log was cut off: {kept.events} were written."
        return [_Break(found.events + 1, cut, f"记录被截断：写入过 {kept.events} 条。")]
    if kept.events < found.events or kept.hash != found.hash:
        older = "The head of the log is older than the log."
        return [_Break(kept.events + 1, older, "链头比记录旧。")]
    return []


def _anchor_faults(walk: _Walk, archive: Archive) -> tuple[list[_Break], int]:
    """A head that was kept outside must still be in the log, at its place."""
    faults: list[_Break] = []
    count = 0
    for key in archive.store.keys(HEADS):
        count += 1
        place = int(key.removeprefix(HEADS))
        try:
            kept = archive.get_bytes(key).decode()
        except IntegrityError:
            changed = f"The anchor at {place} is not as it was written."
            faults.append(_Break(place, changed, f"第 {place} 条的外存链头被改动过。"))
            continue
        if place > walk.head.events:
            cut = f"The log was cut off: {place} are anchored."
            zh = f"记录被截断：外存链头记有 {place} 条。"
            faults.append(_Break(walk.head.events + 1, cut, zh))
        elif walk.hashes.get(kept) != place:
            other = f"Event {place} is not the one that was anchored."
            faults.append(_Break(place, other, f"第 {place} 条与外存链头不符。"))
    return faults, count


def _kept_roots(archive: Archive) -> dict[int, str]:
    """The roots that were published, by the number of events that they cover."""
    return {
        int(key.removeprefix(ROOTS)): archive.get_plain(key).decode("ascii", "replace")
        for key in archive.store.keys(ROOTS)
    }


def _root_faults(walk: _Walk, kept: Mapping[int, str]) -> list[_Break]:
    """A root that was published must be that of the log's first events."""
    return [
        _Break(
            min(size, walk.head.events + 1),
            f"The root published at {size} is of another log.",
            f"与第 {size} 条时公布的树根不符。",
        )
        for size, root in kept.items()
        if walk.roots.get(size) != root
    ]


def _binding_faults(walk: _Walk, archive: Archive) -> tuple[list[_Break], int]:
    """Every binding names an event of the log as its head."""
    faults: list[_Break] = []
    keys = [key for key in archive.store.keys(BINDINGS) if key.endswith(".json")]
    for key in keys:
        try:
            binding = Binding.model_validate_json(archive.get_plain(key))
        except (ValidationError, ObjectMissingError):
            changed = f"{key} is not a binding any more."
            faults.append(_Break(walk.head.events + 1, changed, f"{key} 已不是绑定记录。"))
            continue
        if binding.audit_head not in walk.hashes:
            astray = f"{key} rests on an event that is not in the log."
            faults.append(_Break(walk.head.events + 1, astray, f"{key} 所依据的记录不在链上。"))
    return faults, len(keys)
