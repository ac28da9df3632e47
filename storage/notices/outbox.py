"""The outbox: notices written in the transaction of what they tell, and their way out.

A notice is on its way to every destination that there could be, named in the settings or not: a
process that knows fewer of them loses nothing, and one that is named later is told everything.
"""

import datetime as dt
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    and_,
    func,
    insert,
    select,
    update,
)

from models.notices.exchange import (
    ClaimedNotice,
    DeliveryState,
    Destination,
    Notice,
    NoticeDelivery,
)
from storage.database.tables.exchange import DeliveryRow, NoticeRow
from storage.database.transactions import reading, snapshot, writing
from storage.keys.keyring import Keyring
from storage.notices.delivered_counts import count_delivered, forget_delivered, keep_delivered
from storage.settings import Settings

_DELIVERY: Final = tuple(
    {**dict(NoticeRow.__table__.columns), **dict(DeliveryRow.__table__.columns)}[name]
    for name in NoticeDelivery.model_fields
)
_PROBLEM: Final = 128
_FEW: Final = (DeliveryState.WAITING, DeliveryState.GIVEN_UP)
"""States in which few are: they are gathered, then sorted."""


class Outbox:
    """All notices of one installation."""

    def __init__(self, engine: Engine, keyring: Keyring, settings: Settings) -> None:
        """Open the outbox in a database whose tables are up to date.

        Args:
            engine: The database.
            keyring: Seals the words.
            settings: Name the destinations in use; what waits for others is not shown.
        """
        self._engine = engine
        self._keyring = keyring
        in_use = {
            Destination.WEBHOOK: settings.webhook_url,
            Destination.FOLDER: settings.outcome_folder,
        }
        self._names = names = [name for name, place in in_use.items() if place]
        self._in_use = DeliveryRow.destination.in_(names)
        # In a function's hands the name is no way into an index, so that the latest are found by
        # their time: SQLite gathered and sorted all there ever were.
        self._in_use_by_time = func.coalesce(DeliveryRow.destination, "").in_(names)

    def claim(
        self, destination: Destination, now: dt.datetime, lease: dt.timedelta
    ) -> ClaimedNotice | None:
        """Take the notice that waits longest; None when none is due.

        Args:
            destination: Where it is to go.
            now: The present.
            lease: After this long without word of it, it is due again: its sender died.
        """
        due = and_(
            DeliveryRow.destination == destination,
            DeliveryRow.state == DeliveryState.WAITING,
            DeliveryRow.next_try_at <= now,
            NoticeRow.body.is_not(None),
        )
        first = (
            select(NoticeRow.__table__, DeliveryRow.tries, DeliveryRow.first_tried_at)
            .join(DeliveryRow, DeliveryRow.notice_id == NoticeRow.notice_id)
            .where(due)
            .order_by(DeliveryRow.next_try_at)  # nothing more: the index knows this order
            .limit(1)
            .with_for_update(skip_locked=True, of=DeliveryRow)
        )
        with writing(self._engine) as connection:
            row = connection.execute(first).one_or_none()
            if row is None:
                return None
            since = row.first_tried_at or now
            connection.execute(
                update(DeliveryRow)
                .where(_one(row.notice_id, destination))
                .values(tries=row.tries + 1, first_tried_at=since, next_try_at=now + lease)
            )
        return ClaimedNotice(
            notice=self._notice(row),
            destination=destination,
            tries=row.tries + 1,
            first_tried_at=since,
        )

    def delivered(self, notice_id: str, destination: Destination, at: dt.datetime) -> None:
        """The other side has it."""
        self._set(
            _one(notice_id, destination),
            {"state": DeliveryState.DELIVERED, "delivered_at": at, "problem": ""},
        )

    def failed(
        self,
        notice_id: str,
        destination: Destination,
        problem: str,
        next_try_at: dt.datetime | None,
    ) -> None:
        """It did not arrive.

        Args:
            notice_id: Which.
            destination: Where it was to go.
            problem: Why, in a few words of ours.
            next_try_at: When it is due again; None: it is given up.
        """
        values: dict[str, object] = {"problem": problem[:_PROBLEM]}
        if next_try_at is None:
            values["state"] = DeliveryState.GIVEN_UP
        else:
            values["next_try_at"] = next_try_at
        self._set(
            and_(_one(notice_id, destination), DeliveryRow.state == DeliveryState.WAITING),
            values,
        )

    def resend(self, notice_id: str, now: dt.datetime) -> int:
        """Send a notice again, wherever it was to go, with its patience renewed."""
        return self._again(and_(self._in_use, DeliveryRow.notice_id == notice_id), now)

    def resend_given_up(self, now: dt.datetime) -> int:
        """Send everything again that was given up; say how many ways that are."""
        return self._again(and_(self._in_use, DeliveryRow.state == DeliveryState.GIVEN_UP), now)

    def list(
        self, state: DeliveryState | None = None, limit: int | None = None
    ) -> tuple[NoticeDelivery, ...]:
        """Deliveries, the latest first, of one state or of all."""
        query = (
            select(*_DELIVERY)
            .join(NoticeRow, DeliveryRow.notice_id == NoticeRow.notice_id)
            .where(self._in_use if state in _FEW else self._in_use_by_time)
            .order_by(NoticeRow.happened_at.desc(), DeliveryRow.notice_id, DeliveryRow.destination)
            .limit(limit)
        )
        if state is not None:
            query = query.where(DeliveryRow.state == state)
        with reading(self._engine) as connection:
            return tuple(
                NoticeDelivery.model_validate(dict(row._mapping))
                for row in connection.execute(query)
            )

    def counts(self) -> dict[DeliveryState, int]:
        """How many deliveries are in each state."""
        query = (
            select(DeliveryRow.state, func.count())
            .where(self._in_use, DeliveryRow.state.in_(_FEW))
            .group_by(DeliveryRow.state)
        )
        now = dt.datetime.now(dt.UTC)
        with snapshot(self._engine) as connection:
            found = dict(connection.execute(query).tuples().all())
            arrived = sum(count_delivered(connection, name, now) for name in self._names)
        found[DeliveryState.DELIVERED] = arrived
        return {state: found.get(state.value, 0) for state in DeliveryState}

    def keep_counts(self, now: dt.datetime) -> None:
        """Count what arrived until the day before yesterday, so that nobody counts it again."""
        for destination in Destination:
            with writing(self._engine) as connection:
                keep_delivered(connection, destination, now)

    def notices(self, application_id: str) -> tuple[Notice, ...]:
        """What the outside is or was told about an application, the first first.

        What retention has deleted is left out.
        """
        query = (
            select(NoticeRow.__table__)
            .where(NoticeRow.application_id == application_id, NoticeRow.body.is_not(None))
            .order_by(NoticeRow.happened_at, NoticeRow.notice_id)
        )
        with reading(self._engine) as connection:
            return tuple(self._notice(row) for row in connection.execute(query))

    def _again(self, condition: ColumnElement[bool], now: dt.datetime) -> int:
        anew = {"tries": 0, "first_tried_at": None, "next_try_at": now, "delivered_at": None}
        with writing(self._engine) as connection:
            for destination in Destination:
                forget_delivered(connection, destination)
            changed = update(DeliveryRow).where(condition)
            return connection.execute(changed.values(state=DeliveryState.WAITING, **anew)).rowcount

    def _set(self, condition: ColumnElement[bool], values: dict[str, object]) -> int:
        with writing(self._engine) as connection:
            return connection.execute(
                update(DeliveryRow).where(condition).values(**values)
            ).rowcount

    def _notice(self, row: Row[tuple[object, ...]]) -> Notice:
        values = {name: row._mapping[name] for name in Notice.model_fields}
        values["body"] = self._keyring.unseal(
            values["body"], notice_context(values["notice_id"])
        ).decode()
        return Notice.model_validate(values)


def write_notice(connection: Connection, keyring: Keyring, notice: Notice) -> None:
    """Put a notice into the outbox, in the transaction of what it tells; again changes nothing."""
    known = select(NoticeRow.notice_id).where(NoticeRow.notice_id == notice.notice_id)
    if connection.scalar(known) is None:
        sealed = keyring.seal(notice.body.encode(), notice_context(notice.notice_id))
        connection.execute(insert(NoticeRow).values(**notice.model_dump() | {"body": sealed}))
        way = {
            "notice_id": notice.notice_id,
            "state": DeliveryState.WAITING,
            "tries": 0,
            "next_try_at": notice.happened_at,
            "problem": "",
        }
        connection.execute(
            insert(DeliveryRow), [way | {"destination": place} for place in Destination]
        )


def forget_words(connection: Connection, round_id: str) -> None:
    """Delete what the notices of a round say; that they were sent stays."""
    mine = NoticeRow.round_id == round_id
    connection.execute(update(NoticeRow).where(mine).values(body=None))
    connection.execute(
        update(DeliveryRow)
        .where(
            DeliveryRow.notice_id.in_(select(NoticeRow.notice_id).where(mine)),
            DeliveryRow.state == DeliveryState.WAITING,
        )
        .values(state=DeliveryState.GIVEN_UP, problem="deleted by retention")
    )


def places_of_notices(connection: Connection, round_id: str) -> tuple[str, ...]:
    """What the words of the notices of a round are sealed for."""
    mine = select(NoticeRow.notice_id).where(NoticeRow.round_id == round_id)
    return tuple(notice_context(notice_id) for notice_id in connection.scalars(mine))


def _one(notice_id: str, destination: Destination) -> ColumnElement[bool]:
    return and_(DeliveryRow.notice_id == notice_id, DeliveryRow.destination == destination)


def notice_context(notice_id: str) -> str:
    """What the words of a notice are sealed for."""
    return f"notices/{notice_id}"
