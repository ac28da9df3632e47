"""The rate limit of sign-ins: attempts are counted before a password is looked at.

Three marks count failures, each within a window that opens with its first failure:

- a name from one address: who guesses there is slowed down, and nobody else;
- an address: a guesser who goes through names. Whoever signed in from there lately is exempt, so
  that an office behind one address is not shut out by its own slips;
- a name from everywhere: guesses from many addresses. Exempt is whoever signed in from there
  lately: nobody can shut a person out of the place where they always sign in.

Names and addresses are kept as keyed hashes only.
"""

import datetime as dt
import ipaddress
from typing import Final, NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from storage.database.tables.staff import SignInFailureRow, SignInPlaceRow
from storage.database.transactions import serialise
from storage.keys.keyring import Keyring

_LONGEST_WAIT: Final = dt.timedelta(minutes=15)
_FIRST_WAIT: Final = dt.timedelta(seconds=15)
_WINDOW: Final = dt.timedelta(hours=1)
"""After it failures are forgotten. With the waits below a guesser gets some 12 tries an hour."""
_PLACE_COUNTS: Final = dt.timedelta(days=90)
"""How long an address stays one where a person signs in."""
_FREE_AT_PLACE: Final = 5
_FREE_OF_ADDRESS: Final = 30
_FREE_OF_NAME: Final = 20
"""Failures an hour that cost no wait: of a person at one address, of an address that
many may share, and of a name from anywhere."""
_IPV6_SUBSCRIBER: Final = 64
"""Bits of an address that name a subscriber: the rest is theirs to choose at will (RFC 6177)."""


class _Mark(NamedTuple):
    """What failures are counted by, and how many cost nothing."""

    hashed: str
    free: int


class SignInThrottle:
    """Counts tries to sign in; everything happens in the caller's transaction."""

    def __init__(self, keyring: Keyring) -> None:
        """Count under this installation's keyed hashes."""
        self._keyring = keyring

    def reserve(self, connection: Connection, name: str, address: str, now: dt.datetime) -> int:
        """Count a try as failed before it is looked at, so that tries at once all count.

        Returns:
            Seconds to wait; then nothing was counted. 0: the password may be looked at.
        """
        marks = self._marks(connection, name, address, now)
        for mark in sorted(marks):
            serialise(connection, mark.hashed)
        wait = max(_wait(connection, mark, now) for mark in marks)
        if not wait:
            for mark in marks:
                _count(connection, mark.hashed, now)
        return wait

    def take_back(self, connection: Connection, name: str, address: str, now: dt.datetime) -> None:
        """Take back what a try was counted as: it was right, or not looked at."""
        for mark in self._marks(connection, name, address, now):
            mine = (SignInFailureRow.mark == mark.hashed, SignInFailureRow.failures > 0)
            fewer = update(SignInFailureRow).where(*mine)
            connection.execute(fewer.values(failures=SignInFailureRow.failures - 1))

    def succeed(self, connection: Connection, name: str, address: str, now: dt.datetime) -> None:
        """Forget the failures there, and remember the address as one of this person's."""
        pair = self._pair(name, address)
        connection.execute(delete(SignInFailureRow).where(SignInFailureRow.mark == pair))
        over = SignInFailureRow.first_at <= now - _WINDOW
        connection.execute(delete(SignInFailureRow).where(over))
        old = SignInPlaceRow.last_at <= now - _PLACE_COUNTS
        connection.execute(delete(SignInPlaceRow).where((SignInPlaceRow.mark == pair) | old))
        connection.execute(insert(SignInPlaceRow).values(mark=pair, last_at=now))

    def _marks(
        self, connection: Connection, name: str, address: str, now: dt.datetime
    ) -> tuple[_Mark, ...]:
        pair = self._pair(name, address)
        own = (_Mark(pair, _FREE_AT_PLACE),)
        known = select(SignInPlaceRow.mark).where(
            SignInPlaceRow.mark == pair, SignInPlaceRow.last_at > now - _PLACE_COUNTS
        )
        if connection.scalar(known) is not None:
            return own
        return (
            *own,
            _Mark(self._hash("address", _subscriber(address)), _FREE_OF_ADDRESS),
            _Mark(self._hash("name", name), _FREE_OF_NAME),
        )

    def _pair(self, name: str, address: str) -> str:
        return self._hash("place", f"{name}@{_subscriber(address)}")

    def _hash(self, kind: str, value: str) -> str:
        return self._keyring.fingerprint(f"sign-in-{kind}", value)


def _subscriber(address: str) -> str:
    """The part of an address that its user cannot choose at will."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return address
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, _IPV6_SUBSCRIBER), strict=False))


def _wait(connection: Connection, mark: _Mark, now: dt.datetime) -> int:
    """Seconds until another try of this mark is looked at."""
    row = connection.execute(
        select(
            SignInFailureRow.failures, SignInFailureRow.first_at, SignInFailureRow.last_at
        ).where(SignInFailureRow.mark == mark.hashed)
    ).one_or_none()
    if row is None or row.first_at + _WINDOW <= now or row.failures < mark.free:
        return 0
    doubled = min(row.failures - mark.free, 10)
    until = row.last_at + min(_LONGEST_WAIT, _FIRST_WAIT * 2**doubled)
    return max(0, int((until - now).total_seconds()))


def _count(connection: Connection, hashed: str, now: dt.datetime) -> None:
    mine = SignInFailureRow.mark == hashed
    over = SignInFailureRow.first_at <= now - _WINDOW
    connection.execute(delete(SignInFailureRow).where(mine, over))
    counted = connection.execute(
        update(SignInFailureRow)
        .where(mine)
        .values(failures=SignInFailureRow.failures + 1, last_at=now)
    )
    if counted.rowcount == 0:
        row = {"mark": hashed, "failures": 1, "first_at": now, "last_at": now}
        connection.execute(insert(SignInFailureRow).values(row))
