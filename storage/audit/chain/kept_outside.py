"""What is kept of the log outside its database: heads, roots, and bindings that rest on events."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from pydantic import ValidationError
from sqlalchemy import Engine, select

from models.bindings.binding import Binding
from models.errors import IntegrityError
from storage.audit.chain.chain_walk import LogFault, WalkedEvents
from storage.audit.chain.hash_chain import BINDINGS, HEADS, ROOTS
from storage.database.portions import MOST_PARAMETERS
from storage.database.tables.audit import AuditEventRow
from storage.database.transactions import reading
from storage.keys.keyring import Keyring
from storage.objects.archive import Archive
from storage.objects.store import ObjectMissingError, ObjectStore

_DIGITS: Final = 12


def kept_key(folder: str, events: int) -> str:
    """Where the head or the root over so many events lies."""
    return f"{folder}{events:0{_DIGITS}d}"


def kept_places(store: ObjectStore, folder: str, after: int) -> Iterator[int]:
    """After how many events a head or root was kept, the fewest first; other objects are none.

    Args:
        store: Where they lie.
        folder: `HEADS` or `ROOTS`.
        after: Only those over more events than this.
    """
    for key in store.keys(folder, after=kept_key(folder, after)):
        name = key.removeprefix(folder)
        if name.isascii() and name.isdigit():
            yield int(name)


class OutsideHeads:
    """Heads and roots over more events than so many, compared as a walk passes them."""

    def __init__(self, archive: Archive, start: int) -> None:
        """Begin after so many events."""
        self._archive = archive
        self._heads = _Places(kept_places(archive.store, HEADS, start))
        self._roots = _Places(kept_places(archive.store, ROOTS, start))
        self._sizes: list[int] = []
        self.compared = 0

    def sizes(self, end: int) -> Sequence[int]:
        """Over how many events roots were published, up to a place and from the last one on."""
        self._sizes = self._roots.up_to(end)
        return self._sizes

    def fault(self, walked: WalkedEvents, end: int) -> LogFault | None:
        """The first head or root up to a place that is not that of the walked events."""
        faults = [
            *(
                self._head_fault(place, walked.hashes.get(place))
                for place in self._heads.up_to(end)
            ),
            *(self._root_fault(size, walked.roots.get(size)) for size in self._sizes),
        ]
        self.compared += len(faults)
        return min((fault for fault in faults if fault is not None), default=None)

    def _head_fault(self, place: int, hash_: str | None) -> LogFault | None:
        try:
            kept = self._archive.get_bytes(kept_key(HEADS, place)).decode()
        except IntegrityError:
            changed = f"The anchor at {place} is not as it was written."
            return LogFault(place, changed, f"第 {place} 条的外存链头被改动过。")
        if hash_ is None or kept == hash_:  # None: the walk ended before, and says why
            return None
        other = f"Event {place} is not the one that was anchored."
        return LogFault(place, other, f"第 {place} 条与外存链头不符。")

    def _root_fault(self, size: int, root: str | None) -> LogFault | None:
        kept = self._archive.get_plain(kept_key(ROOTS, size)).decode("ascii", "replace")
        if root is None or kept == root:
            return None
        other = f"The root published at {size} is of another log."
        return LogFault(size, other, f"与第 {size} 条时公布的树根不符。")


class _Places:
    """Places in their order, taken as far as they are needed."""

    def __init__(self, places: Iterator[int]) -> None:
        self._places = places
        self._next = next(places, None)

    def up_to(self, end: int) -> list[int]:
        taken = []
        while self._next is not None and self._next <= end:
            taken.append(self._next)
            self._next = next(self._places, None)
        return taken


def kept_beyond(archive: Archive, events: int) -> int | None:
    """Over how many events a head or root was kept, where that is more than so many."""
    beyond = (next(kept_places(archive.store, folder, events), None) for folder in (HEADS, ROOTS))
    return min((place for place in beyond if place is not None), default=None)


def cut_off(events: int, kept: int) -> LogFault:
    """A log that ends before what was kept of it."""
    cut = f"The log was cut off: {kept} are anchored."
    return LogFault(events + 1, cut, f"记录被截断：外存链头记有 {kept} 条。")


class BindingsOnLog:
    """Bindings, each of which names an event of its application as its head."""

    def __init__(self, engine: Engine, keyring: Keyring, archive: Archive) -> None:
        """Compare a database's log with the bindings of an object store."""
        self._engine = engine
        self._keyring = keyring
        self._archive = archive
        self.compared = 0

    def all_fault(self, end: int) -> LogFault | None:
        """The first of all bindings that the log does not bear; see `fault`."""
        keys = self._archive.store.keys(BINDINGS)
        return self.fault((key for key in keys if key.endswith(".json")), end)

    def fault_of(self, identifiers: Iterable[str], end: int) -> LogFault | None:
        """The same of some bindings; `reconcile` tells which are lost."""
        keys = (f"{BINDINGS}{identifier}.json" for identifier in identifiers)
        return self.fault((key for key in keys if self._archive.exists(key)), end)

    def fault(self, keys: Iterable[str], end: int) -> LogFault | None:
        """The first binding that the log does not bear.

        Args:
            keys: Of the binding objects.
            end: How many events the log has; a binding's fault is told after its end.
        """
        remaining = iter(keys)
        while some := list(islice(remaining, MOST_PARAMETERS)):
            found = dict[str, Binding]()
            for key in some:
                try:
                    found[key] = Binding.model_validate_json(self._archive.get_plain(key))
                except (ValidationError, ObjectMissingError):
                    changed = f"{key} is not a binding any more."
                    return LogFault(end + 1, changed, f"{key} 已不是绑定记录。")
            self.compared += len(found)
            if astray := self._astray(found):
                message = f"{astray} rests on an event that is not in the log."
                return LogFault(end + 1, message, f"{astray} 所依据的记录不在链上。")
        return None

    def _astray(self, bindings: Mapping[str, Binding]) -> str | None:
        names = {
            key: self._keyring.public_id(binding.application_id)
            for key, binding in bindings.items()
        }
        query = select(AuditEventRow.application_id, AuditEventRow.hash).where(
            AuditEventRow.application_id.in_(set(names.values()))
        )
        with reading(self._engine) as connection:
            known = {(name, hash_) for name, hash_ in connection.execute(query)}
        wanting = (
            key
            for key, binding in bindings.items()
            if (names[key], binding.audit_head) not in known
        )
        return next(wanting, None)
