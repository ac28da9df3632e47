"""A walk along the audit log that recomputes it, from its beginning or from any place known."""

import hmac
import json
from collections.abc import Collection, Mapping, Sequence
from typing import Final, NamedTuple

from sqlalchemy import Engine, Row, func, select

from models.audit.event import EventTag
from models.record import Record
from storage.audit.chain.hash_chain import RECORD_COLUMNS, START, row_texts
from storage.audit.chain.hash_tree import GrowingRoot, leaf
from storage.database.portions import portions
from storage.database.tables.audit import AuditEventRow
from storage.database.transactions import reading
from storage.keys.keyring import Keyring

_MOST_NAMES: Final = 20_000
"""Applications whose last event is remembered: about six megabytes."""


class LogPlace(Record):
    """A place of the log, with what is needed to go on from there.

    Attributes:
        events: How many events stand before and at it.
        hash: Keyed hash of the last of them.
        subtrees: Of the tree over them, see `GrowingRoot`.
    """

    events: int = 0
    hash: str = START
    subtrees: tuple[str, ...] = ()

    @property
    def root(self) -> str:
        """Root of the tree over the events, hexadecimal."""
        return GrowingRoot(self.events, self.subtrees).root


class LogFault(NamedTuple):
    """The first place that is not right, and what is wrong there, in English and Chinese."""

    sequence: int
    problem: str
    zh: str


class WalkedEvents(NamedTuple):
    """A portion of events that are as they were written.

    Attributes:
        hashes: Keyed hash of each, by its place.
        roots: Root of the tree at each size that was asked for.
        bindings: Identifiers of the bindings that were written in it.
    """

    hashes: Mapping[int, str]
    roots: Mapping[int, str]
    bindings: tuple[str, ...]


class ChainWalk:
    """Goes on from a place, in portions; each is a transaction of its own, and locks nothing.

    Events are only ever appended: what stands up to a place is the same in every transaction.
    """

    def __init__(self, engine: Engine, keyring: Keyring, start: LogPlace) -> None:
        """Stand at a place that is known to be right."""
        self._engine = engine
        self._keyring = keyring
        self._events, self._hash = start.events, start.hash
        self._tree = GrowingRoot(start.events, start.subtrees)
        self._last_of: dict[str, str] = {}
        self._knows_all = start.events == 0
        self.fault: LogFault | None = None

    @property
    def position(self) -> LogPlace:
        """Where the walk stands: everything up to here is right."""
        return LogPlace(events=self._events, hash=self._hash, subtrees=self._tree.subtrees)

    def step(self, end: int, sizes: Collection[int]) -> WalkedEvents:
        """Walk a portion further, to a place or to the first before it that is not right.

        Args:
            end: The place; everything up to it is read at once.
            sizes: At which the root is asked for.
        """
        rows = self._read(end)
        hashes, roots, bindings = dict[int, str](), dict[int, str](), list[str]()
        for place in range(self._events + 1, end + 1):
            row = rows.get(place)
            if row is None:
                self.fault = LogFault(place, f"Event {place} is missing.", f"第 {place} 条缺失。")
                break
            texts = row_texts(row)
            self.fault = self._fault(place, row, texts.hashed)
            if self.fault is not None:
                break
            self._events, self._hash = place, row.hash
            self._tree.add(leaf(texts.record))
            hashes[place] = row.hash
            if row.application_id:
                self._last_of[row.application_id] = row.hash
            if row.tag == EventTag.BINDING_WRITTEN:
                bindings.append(str(json.loads(row.details)["binding_id"]))
            if place in sizes:
                roots[place] = self._tree.root
        return WalkedEvents(hashes, roots, tuple(bindings))

    def _read(self, end: int) -> dict[int, Row[tuple[object, ...]]]:
        query = (
            select(*RECORD_COLUMNS)
            .where(AuditEventRow.sequence > self._events, AuditEventRow.sequence <= end)
            .order_by(AuditEventRow.sequence)
        )
        with reading(self._engine) as connection:
            rows = {row.sequence: row for row in connection.execute(query)}
        self._learn_last({row.application_id for row in rows.values() if row.application_id})
        return rows

    def _learn_last(self, names: set[str]) -> None:
        """The last event before this portion of each application in it."""
        if len(self._last_of) > _MOST_NAMES:
            self._last_of, self._knows_all = {}, False
        if self._knows_all:
            return
        for some in portions(sorted(names - self._last_of.keys())):
            self._last_of |= self._last_before(some)

    def _last_before(self, names: Sequence[str]) -> dict[str, str]:
        last = (
            select(func.max(AuditEventRow.sequence))
            .where(AuditEventRow.application_id.in_(names), AuditEventRow.sequence <= self._events)
            .group_by(AuditEventRow.application_id)
        )
        query = select(AuditEventRow.application_id, AuditEventRow.hash).where(
            AuditEventRow.sequence.in_(last)
        )
        with reading(self._engine) as connection:
            return {str(name): hash_ for name, hash_ in connection.execute(query)}

    def _fault(self, place: int, row: Row[tuple[object, ...]], hashed: str) -> LogFault | None:
        """What is wrong with the next event; None where it is as it was written."""
        own = self._keyring.chain_hash(hashed.encode())
        if not hmac.compare_digest(str(row.hash).encode(), own.encode()):
            changed = f"Event {place} is not as it was written."
            return LogFault(place, changed, f"第 {place} 条被改动过。")
        expected = self._last_of.get(row.application_id or "", START)
        if row.previous_hash != self._hash or row.previous_application_hash != expected:
            astray = f"Event {place} does not follow the event before it."
            return LogFault(place, astray, f"第 {place} 条与前一条不衔接。")
        return None
