"""The check of the audit log: of all of it, or of what is new and a part of the rest."""

import contextlib
import datetime as dt
import hmac
from typing import Final, NamedTuple

from sqlalchemy import Engine, Row, func, select

from models.audit.event import ChainReport
from models.errors import StorageUnavailableError
from storage.audit.chain.chain_walk import ChainWalk, LogFault, LogPlace
from storage.audit.chain.checkpoint import Checkpoint, keep_checkpoint, load_checkpoint
from storage.audit.chain.hash_chain import head_seal
from storage.audit.chain.kept_outside import BindingsOnLog, OutsideHeads, cut_off, kept_beyond
from storage.database.tables.audit import AuditEventRow, AuditHeadRow
from storage.database.transactions import reading
from storage.keys.keyring import Keyring
from storage.objects.archive import Archive

AGAIN: Final = 20_000
"""Old events that each check recomputes besides the new ones, in turn: about a second."""
PORTION: Final = 1000
"""Events read at a time: half a megabyte, and a transaction of twenty milliseconds."""
_HEAD: Final = select(AuditHeadRow.events, AuditHeadRow.hash, AuditHeadRow.seal)
_LAST: Final = select(func.max(AuditEventRow.sequence))


class _Extent(NamedTuple):
    """How far the log goes: by its head, and by its last event."""

    head: Row[tuple[int, str, str]] | None
    last: int


class _Stretch(NamedTuple):
    """Events that were recomputed in one go, and heads and roots that were compared with them."""

    end: LogPlace
    anchors: int
    fault: LogFault | None


class _Turn(NamedTuple):
    """What was recomputed of the old events."""

    checkpoint: Checkpoint
    events: int
    anchors: int
    fault: LogFault | None


class LogCheck:
    """One check. It reads in short transactions and locks nothing: nobody waits for it."""

    def __init__(self, engine: Engine, keyring: Keyring, archive: Archive | None) -> None:
        """Prepare.

        Args:
            engine: Of the log.
            keyring: For its hashes.
            archive: Where heads, roots and bindings lie that are compared; None: nothing is, and
                no later check relies on this one.
        """
        self._engine = engine
        self._keyring = keyring
        self._archive = archive
        self._bindings = BindingsOnLog(engine, keyring, archive) if archive else None

    def whole(self) -> ChainReport:
        """Recompute all of it, as it is at this moment."""
        began = dt.datetime.now(dt.UTC)
        extent = self._extent()
        stretch = self._recompute(LogPlace(), extent.last, bindings=False)
        fault = stretch.fault or self._end_fault(stretch.end, extent)
        if fault is None and self._bindings:
            fault = self._bindings.all_fault(stretch.end.events)
        if fault is None:
            self._keep(Checkpoint.after_whole(stretch.end, began, dt.datetime.now(dt.UTC)))
        return self._report(stretch.end, stretch.anchors, fault, whole_since=began)

    def onward(self, least: int = AGAIN, share: int | None = None) -> ChainReport:
        """Recompute what came since the last check, and the next part of the rest.

        Where anything is not as it must be the whole log is recomputed, so that the report names
        the first place.

        Args:
            least: How many old events at least.
            share: One part in so many of the old ones, where that is more.
        """
        extent, began = self._extent(), dt.datetime.now(dt.UTC)
        kept = load_checkpoint(self._engine, self._keyring)
        if kept is None or not (self._stands(kept.front) and self._stands(kept.again)):
            return self.whole()
        new = self._recompute(kept.front, extent.last, bindings=True)
        old = kept.front.events
        turn = self._turn(kept, min(old, max(least, -(-old // share) if share else 0)), began)
        if new.fault or turn.fault or self._end_fault(new.end, extent):
            return self.whole()
        checkpoint = turn.checkpoint.model_copy(
            update={"front": new.end, "checked_at": dt.datetime.now(dt.UTC)}
        )
        self._keep(checkpoint)
        return self._report(
            new.end,
            new.anchors + turn.anchors,
            None,
            before=old,
            again=turn.events,
            whole_since=checkpoint.whole_since,
        )

    def _turn(self, kept: Checkpoint, count: int, now: dt.datetime) -> _Turn:
        """Recompute so many old events from where the last check stopped, in a circle."""
        done = anchors = 0
        while done < count:
            if kept.again.events >= kept.front.events:
                kept = kept.model_copy(update={"again": LogPlace(), "turn_began": now})
            last = min(kept.again.events + count - done, kept.front.events)
            stretch = self._recompute(kept.again, last, bindings=True)
            anchors += stretch.anchors
            if stretch.fault:
                return _Turn(kept, done, anchors, stretch.fault)
            done += last - kept.again.events
            since = kept.turn_began if last == kept.front.events else kept.whole_since
            kept = kept.model_copy(update={"again": stretch.end, "whole_since": since})
        return _Turn(kept, done, anchors, None)

    def _recompute(self, start: LogPlace, last: int, *, bindings: bool) -> _Stretch:
        """Walk from one place to another, comparing heads, roots and, if asked, bindings."""
        walk = ChainWalk(self._engine, self._keyring, start)
        kept = OutsideHeads(self._archive, start.events) if self._archive else None
        fault: LogFault | None = None
        while fault is None and walk.position.events < last:
            end = min(walk.position.events + PORTION, last)
            walked = walk.step(end, kept.sizes(end) if kept else ())
            outside = kept.fault(walked, end) if kept else None
            fault = min((one for one in (walk.fault, outside) if one), default=None)
            if fault is None and bindings and self._bindings:
                fault = self._bindings.fault_of(walked.bindings, last)
        return _Stretch(walk.position, kept.compared if kept else 0, fault)

    def _extent(self) -> _Extent:
        last = self._last()
        with reading(self._engine) as connection:
            head = connection.execute(_HEAD).one_or_none()
        # What was appended between the two looks is no sign that the log was cut off.
        return _Extent(head, last if head is None or head.events <= last else self._last())

    def _last(self) -> int:
        with reading(self._engine) as connection:
            return connection.scalar(_LAST) or 0

    def _stands(self, position: LogPlace) -> bool:
        """Whether the event at a place that was reached is still the one that was met there."""
        if not position.events:
            return True
        query = select(AuditEventRow.hash).where(AuditEventRow.sequence == position.events)
        with reading(self._engine) as connection:
            return connection.scalar(query) == position.hash

    def _end_fault(self, end: LogPlace, extent: _Extent) -> LogFault | None:
        """What is wrong after the last event: with the head, or with what was kept beyond it."""
        fault = self._head_fault(end, extent)
        if fault is not None or self._archive is None:
            return fault
        beyond = kept_beyond(self._archive, end.events)
        checkpoint = load_checkpoint(self._engine, self._keyring)
        if beyond is None and checkpoint is not None and checkpoint.front.events > end.events:
            beyond = checkpoint.front.events
        # Others may have appended and anchored since the walk began.
        return cut_off(end.events, beyond) if beyond and beyond > self._last() else None

    def _head_fault(self, end: LogPlace, extent: _Extent) -> LogFault | None:
        kept = extent.head
        if kept is None:
            lost = LogFault(1, "The head of the log is missing.", "链头缺失。")
            return lost if end.events else None
        after = end.events + 1
        if not hmac.compare_digest(kept.seal, head_seal(self._keyring, kept.events, kept.hash)):
            changed = "The head of the log is not as it was written."
            return LogFault(after, changed, "链头被改动过。")
        if kept.events > end.events:
            cut = f"The log was cut off: {kept.events} were written."
            return LogFault(after, cut, f"记录被截断：写入过 {kept.events} 条。")
        if kept.events < end.events or kept.hash != end.hash:
            older = "The head of the log is older than the log."
            return LogFault(kept.events + 1, older, "链头比记录旧。")
        return None

    def _keep(self, checkpoint: Checkpoint) -> None:
        """Keep where the next check goes on; on a database that is read-only it does not."""
        if self._archive is not None:
            with contextlib.suppress(StorageUnavailableError):
                keep_checkpoint(self._engine, self._keyring, checkpoint)

    def _report(
        self,
        end: LogPlace,
        anchors: int,
        fault: LogFault | None,
        *,
        whole_since: dt.datetime,
        before: int = 0,
        again: int = 0,
    ) -> ChainReport:
        return ChainReport(
            intact=fault is None,
            events=end.events,
            head=end.hash,
            first_broken=fault.sequence if fault else None,
            problem=fault.problem if fault else None,
            problem_zh=fault.zh if fault else None,
            anchors=anchors,
            bindings=self._bindings.compared if self._bindings else 0,
            root=end.root,
            checked_before=before,
            checked_again=again,
            whole_since=whole_since if fault is None else None,
        )
