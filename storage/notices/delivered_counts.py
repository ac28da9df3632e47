"""How many notices arrived, ever: those of days long past are counted once and kept.

Whoever looks after the office asks every few seconds, and all but a few of the deliveries there
ever were have arrived.
"""

import datetime as dt
import json
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, func, select, true

from models.notices.exchange import DeliveryState, Destination
from storage.database.installation_values import forget, remember, value_of
from storage.database.tables.exchange import DeliveryRow
from storage.database.transactions import serialise

_SETTLED: Final = dt.timedelta(days=2)
"""A delivery is written within minutes of the claim that set its `next_try_at`; what is older than
this comes no more, also from a machine whose clock is hours behind."""
_DAY: Final = dt.timedelta(days=1)


class _Kept(NamedTuple):
    """So many with a `next_try_at` before a moment; none of them is known without one."""

    until: dt.datetime | None
    number: int

    @property
    def later(self) -> ColumnElement[bool]:
        """What is not counted yet."""
        return true() if self.until is None else DeliveryRow.next_try_at >= self.until


def count_delivered(connection: Connection, destination: Destination, now: dt.datetime) -> int:
    """How many notices arrived there."""
    kept = _kept(connection, destination, now)
    return kept.number + _count(connection, destination, kept.later)


def keep_delivered(connection: Connection, destination: Destination, now: dt.datetime) -> None:
    """Keep the number of those that arrived until the day before yesterday, once a day."""
    known, until = _kept(connection, destination, now).until, now - _SETTLED
    if known is not None and until - known < _DAY:
        return
    serialise(connection, _name(destination))
    kept = _kept(connection, destination, now)
    counted = _count(connection, destination, and_(kept.later, DeliveryRow.next_try_at < until))
    value = json.dumps([until.isoformat(), kept.number + counted])
    remember(connection, _name(destination), value)


def forget_delivered(connection: Connection, destination: Destination) -> None:
    """Count from the beginning again: some that had arrived are sent once more."""
    forget(connection, _name(destination))


def _kept(connection: Connection, destination: Destination, now: dt.datetime) -> _Kept:
    value = value_of(connection, _name(destination))
    if value is not None:
        moment, number = json.loads(value)
        until = dt.datetime.fromisoformat(moment)
        if until <= now - _SETTLED:  # else it was kept while the clock went ahead
            return _Kept(until, number)
    return _Kept(None, 0)


def _count(connection: Connection, destination: Destination, which: ColumnElement[bool]) -> int:
    query = select(func.count()).where(
        DeliveryRow.destination == destination,
        DeliveryRow.state == DeliveryState.DELIVERED,
        which,
    )
    return connection.scalar(query) or 0


def _name(destination: Destination) -> str:
    return f"notices_delivered:{destination.value}"
