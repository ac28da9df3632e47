"""Proofs that events stand in the audit log, for people who have no key to its chain.

The tree over all events is cut into tiles of 4096. The root of a full tile never changes and is
kept, so that a proof reads the tiles that it is about and the last one, however long the log is.
A kept root that somebody changed gives proofs that lead nowhere the office ever published; the
check of the whole chain recomputes everything and trusts none of them.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from sqlalchemy import Engine, func, insert, select
from sqlalchemy.exc import IntegrityError as RowTakenError

from models.audit.event import LogProof, ProvenEvent
from storage.audit.chain.hash_chain import RECORD_COLUMNS, START, row_texts
from storage.audit.chain.hash_tree import GrowingRoot, leaf, paths
from storage.database.tables.audit import AuditEventRow, AuditTileRow
from storage.database.transactions import reading, writing
from storage.keys.keyring import Keyring

TILE: Final = 4096
"""Events of a tile; a power of two, so that a tile is a whole subtree."""


class _Tile(NamedTuple):
    """One tile as it was read."""

    records: list[str]
    leaves: list[bytes]

    @property
    def root(self) -> bytes:
        tree = GrowingRoot()
        for digest in self.leaves:
            tree.add(digest)
        return bytes.fromhex(tree.root)


class LogProofs:
    """Proofs about one installation's log."""

    def __init__(self, engine: Engine, keyring: Keyring) -> None:
        """Prove from a database whose tables are up to date."""
        self._engine = engine
        self._keyring = keyring

    def prove(self, application_id: str, *, size: int | None = None) -> LogProof:
        """An application's events, with what proves to others that they are in the log.

        Args:
            application_id: Whose events.
            size: Prove against the root over this many events, for somebody who holds that one;
                the newest by default.

        Raises:
            ValueError: The log has not that many events.
        """
        whole, head = self._end(size)
        spots = self._spots(application_id, whole)
        read = {number: self._read(number, whole) for number in {spot // TILE for spot in spots}}
        roots = self._roots(whole)
        tree = GrowingRoot()
        for root in roots:
            tree.add(root)
        return LogProof(
            size=whole,
            root=tree.root,
            head=head,
            events=tuple(_proven(spot, read[spot // TILE], roots) for spot in spots),
        )

    def _end(self, size: int | None) -> tuple[int, str]:
        """How many events are covered, and the keyed hash of the last one."""
        with reading(self._engine) as connection:
            last = connection.scalar(select(func.max(AuditEventRow.sequence))) or 0
            whole = last if size is None else size
            if not 0 <= whole <= last:
                raise ValueError("The log has not that many events.")
            hash_ = select(AuditEventRow.hash).where(AuditEventRow.sequence == whole)
            return whole, connection.scalar(hash_) or START

    def _spots(self, application_id: str, whole: int) -> list[int]:
        """Places of an application's events, from 0."""
        query = (
            select(AuditEventRow.sequence)
            .where(
                AuditEventRow.application_id == self._keyring.public_id(application_id),
                AuditEventRow.sequence <= whole,
            )
            .order_by(AuditEventRow.sequence)
        )
        with reading(self._engine) as connection:
            return [sequence - 1 for sequence in connection.scalars(query)]

    def _read(self, number: int, whole: int) -> _Tile:
        start, end = number * TILE, min((number + 1) * TILE, whole)
        query = (
            select(*RECORD_COLUMNS)
            .where(AuditEventRow.sequence > start, AuditEventRow.sequence <= end)
            .order_by(AuditEventRow.sequence)
        )
        with reading(self._engine) as connection:
            records = [row_texts(row).record for row in connection.execute(query)]
        return _Tile(records, [leaf(record) for record in records])

    def _roots(self, whole: int) -> list[bytes]:
        """The root of each tile, the last one as far as it goes; those not kept yet are kept."""
        full = whole // TILE
        query = select(AuditTileRow.tile, AuditTileRow.root).where(AuditTileRow.tile < full)
        with reading(self._engine) as connection:
            kept = {tile: bytes.fromhex(root) for tile, root in connection.execute(query)}
        for number in range(full):
            if number not in kept:
                kept[number] = self._read(number, whole).root
                self._keep(number, kept[number])
        rest = [self._read(full, whole).root] if whole % TILE else []
        return [kept[number] for number in range(full)] + rest

    def _keep(self, number: int, root: bytes) -> None:
        try:
            with writing(self._engine) as connection:
                connection.execute(insert(AuditTileRow).values(tile=number, root=root.hex()))
        except RowTakenError:  # another process was first, with the same
            return


def _proven(spot: int, tile: _Tile, roots: Sequence[bytes]) -> ProvenEvent:
    place = spot % TILE
    (inside,) = paths(tile.leaves, [place])
    (above,) = paths(roots, [spot // TILE])
    return ProvenEvent(record=tile.records[place], path=(*inside, *above))
