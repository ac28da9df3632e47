"""What was kept of the log outside its database, and whether the log still goes so far.

A database that was set back to an earlier state is whole in itself. Heads and roots that lie in the
object store, and in a place of their own, go beyond its end: nothing is appended to it, and so
nothing is decided or bound, until an operator has said why.
"""

import dataclasses
from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from models.errors import KinbindError
from storage.audit.chain.hash_chain import HEADS, ROOTS
from storage.audit.chain.kept_outside import kept_key, kept_places
from storage.database.tables.cases import InstallationRow
from storage.objects.archive import Archive
from storage.objects.store import ObjectStore

_ACCEPTED: Final = "log_accepted"
_KEPT: Final = select(InstallationRow.value).where(InstallationRow.name == _ACCEPTED)


class LogContradictedError(KinbindError):
    """The log ends before what was kept of it: an older database is in place of a newer one."""

    def __init__(self, events: int, kept: int) -> None:
        """Say how far each of them goes.

        Args:
            events: In the log.
            kept: How many there were when a head or root was put outside.
        """
        super().__init__(
            f"审计链只有 {events} 条，而库外留存的链头已到第 {kept} 条：案件库被换成了较旧的版本。"
            "为避免重复绑定，停止写入。请恢复最新的案件库；确需继续，请执行"
            " kinbind audit accept --why 原因。"
            f" The log has {events} events and {kept} were kept outside: an older case database is"
            " in place. Nothing is written to it. Restore the newest one; to go on with this one,"
            " run kinbind audit accept --why REASON."
        )
        self.events = events
        self.kept = kept


@dataclasses.dataclass
class LogGuard:
    """Looks once in each process, and again when the log became shorter than it was seen.

    Attributes:
        archive: Where heads and roots lie.
        outside: Where they lie as well; None: nowhere.
    """

    archive: Archive
    outside: ObjectStore | None = None
    _seen: int = -1

    def require(self, connection: Connection, events: int) -> None:
        """Refuse to append to a log that ends before what was kept of it.

        Args:
            connection: Holds the head of the log.
            events: How many it has.

        Raises:
            LogContradictedError: As it says.
        """
        if not 0 <= self._seen <= events:
            kept = self.kept_beyond(events)
            if kept > max(events, _accepted(connection)):
                raise LogContradictedError(events, kept)
        self._seen = events

    def kept_beyond(self, events: int) -> int:
        """The longest log of which a head or root was kept, where it is longer; else `events`."""
        return max((events, *self._beyond(events)))

    def accept(self, connection: Connection, kept: int) -> None:
        """Let the log go on although so many events were kept outside."""
        connection.execute(delete(InstallationRow).where(InstallationRow.name == _ACCEPTED))
        connection.execute(insert(InstallationRow).values(name=_ACCEPTED, value=str(kept)))

    def keep(self, folder: str, events: int, content: str) -> None:
        """Put a head or a root outside as well, in clear; it tells nothing of any event."""
        if self.outside is not None:
            self.outside.put(kept_key(folder, events), content.encode())

    def _beyond(self, events: int) -> Iterator[int]:
        stores = [self.archive.store, *([self.outside] if self.outside else ())]
        for store in stores:
            for folder in (HEADS, ROOTS):
                yield from kept_places(store, folder, events)


def _accepted(connection: Connection) -> int:
    return int(connection.scalar(_KEPT) or 0)
