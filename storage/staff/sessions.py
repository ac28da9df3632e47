"""Sessions of signed-in people: kept here, ended here, and slow to open for whoever guesses."""

import datetime as dt
import hashlib
import secrets
from typing import Final

from sqlalchemy import Connection, Engine, Row, bindparam, delete, insert, select, update

from models.staff.staff_member import (
    SignedIn,
    SignInMethod,
    SignInRefusedError,
    StaffMember,
    StaffSession,
)
from storage.database.tables.staff import SessionRow, StaffRow
from storage.database.transactions import reading, writing
from storage.keys.keyring import Keyring
from storage.staff.sign_in_throttle import SignInThrottle
from storage.staff.staff_register import StaffRegister

IDLE: Final = dt.timedelta(minutes=30)
LONGEST: Final = dt.timedelta(hours=10)
_NOTED_EVERY: Final = dt.timedelta(seconds=60)
"""A session's last use is written down this often at most: a page must not cost a write."""

_QUERY: Final = select(
    *SessionRow.__table__.columns,
    StaffRow.role,
    StaffRow.active,
    StaffRow.must_change,
    StaffRow.created_at,
    StaffRow.signed_in_at,
    StaffRow.identity,
    StaffRow.os_user,
).join(StaffRow, StaffRow.name == SessionRow.name)

_OPEN_ONE: Final = _QUERY.where(SessionRow.session_id == bindparam("hashed"), StaffRow.active)


class SessionRepository:
    """All open sessions of one installation."""

    def __init__(self, engine: Engine, keyring: Keyring, staff: StaffRegister) -> None:
        """Open the book in a database whose tables are up to date."""
        self._engine = engine
        self._throttle = SignInThrottle(keyring)
        self._staff = staff

    def sign_in(
        self,
        name: str,
        password: str,
        address: str,
        *,
        way: SignInMethod = SignInMethod.PASSWORD,
        now: dt.datetime | None = None,
    ) -> SignedIn:
        """Open a session; always a new one, whatever the browser brought along.

        Args:
            name: As registered.
            password: As typed.
            address: Where the try comes from.
            way: Whether a browser or a terminal keeps it.
            now: The present, when not the clock's.

        Raises:
            SignInRefusedError: Wrong, too many failures (`sign_in_throttle`), or too many at once.
        """
        moment = now or dt.datetime.now(dt.UTC)
        self.confirm(name, password, address, now=moment)
        with writing(self._engine) as connection:
            self._throttle.succeed(connection, name, address, moment)
            token = _open(connection, name, moment, way)
        return self._opened(token, moment)

    def confirm(
        self, name: str, password: str, address: str, *, now: dt.datetime | None = None
    ) -> None:
        """Look whether a password is right; a wrong one counts as a failure to sign in.

        Args:
            name: As registered.
            password: As typed.
            address: Where the try comes from.
            now: The present, when not the clock's.

        Raises:
            SignInRefusedError: Wrong, too many failures (`sign_in_throttle`), or too many at once.
        """
        moment = now or dt.datetime.now(dt.UTC)
        with writing(self._engine) as connection:
            wait = self._throttle.reserve(connection, name, address, moment)
        if wait > 0:
            raise SignInRefusedError(wait)
        try:
            known = self._staff.knows(name, password)
        except SignInRefusedError:  # not looked at: no failure
            self._forgive(name, address, moment)
            raise
        if not known:
            raise SignInRefusedError
        self._forgive(name, address, moment)

    def _forgive(self, name: str, address: str, moment: dt.datetime) -> None:
        with writing(self._engine) as connection:
            self._throttle.take_back(connection, name, address, moment)

    def sign_in_known(self, identity: str, *, now: dt.datetime | None = None) -> SignedIn:
        """Open a session for whom the sign-in service vouches; always a new one.

        Args:
            identity: What the service calls the person, from an answer that was checked.
            now: The present, when not the clock's.

        Raises:
            SignInRefusedError: Nobody who may sign in is known by that.
        """
        moment = now or dt.datetime.now(dt.UTC)
        known = select(StaffRow.name).where(StaffRow.identity == identity, StaffRow.active)
        with writing(self._engine) as connection:
            name = connection.scalar(known)
            if name is None:
                raise SignInRefusedError
            token = _open(connection, name, moment, SignInMethod.SERVICE)
        return self._opened(token, moment)

    def _opened(self, token: str, moment: dt.datetime) -> SignedIn:
        session = self.resume(token, now=moment)
        if session is None:
            raise SignInRefusedError
        return SignedIn(token=token, session=session)

    def resume(self, token: str, *, now: dt.datetime | None = None) -> StaffSession | None:
        """The session of a token; None when it ended, was idle too long, or never was."""
        moment = now or dt.datetime.now(dt.UTC)
        with reading(self._engine) as connection:
            row = connection.execute(_OPEN_ONE, {"hashed": _hashed(token)}).one_or_none()
        if row is None or row.expires_at <= moment or row.seen_at + IDLE <= moment:
            return None
        if row.seen_at + _NOTED_EVERY <= moment:
            with writing(self._engine) as connection:
                connection.execute(
                    update(SessionRow)
                    .where(SessionRow.session_id == row.session_id)
                    .values(seen_at=moment)
                )
        return _session(row)

    def open_ones(self) -> tuple[StaffSession, ...]:
        """Every session, the last opened first."""
        with reading(self._engine) as connection:
            rows = connection.execute(_QUERY.order_by(SessionRow.opened_at.desc()))
            return tuple(_session(row) for row in rows)

    def end(self, session_id: str) -> None:
        """End one session."""
        with writing(self._engine) as connection:
            connection.execute(delete(SessionRow).where(SessionRow.session_id == session_id))

    def end_all(self, name: str) -> int:
        """End every session of a person, and say how many there were."""
        with writing(self._engine) as connection:
            return connection.execute(delete(SessionRow).where(SessionRow.name == name)).rowcount


def _open(connection: Connection, name: str, moment: dt.datetime, way: SignInMethod) -> str:
    token = secrets.token_urlsafe(32)
    connection.execute(delete(SessionRow).where(SessionRow.expires_at <= moment))
    connection.execute(update(StaffRow).where(StaffRow.name == name).values(signed_in_at=moment))
    connection.execute(
        insert(SessionRow).values(
            session_id=_hashed(token),
            name=name,
            csrf=secrets.token_urlsafe(32),
            opened_at=moment,
            seen_at=moment,
            expires_at=moment + LONGEST,
            way=way.value,
        )
    )
    return token


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _session(row: Row[tuple[object, ...]]) -> StaffSession:
    values = dict(row._mapping)
    mine = {name: values.pop(name) for name in StaffMember.model_fields if name != "name"}
    staff = StaffMember.model_validate(mine | {"name": values.pop("name")})
    return StaffSession.model_validate(values | {"staff": staff})
