"""A lock that one process at a time holds, and that a dead process holds no more.

SQLite: a lock on a file beside the database. PostgreSQL: an advisory lock of a connection of its
own, which the server drops within a minute and a half when its client's machine is gone.
"""

import contextlib
import fcntl
import hashlib
import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, text

from storage.database.transactions import reading, translated

_POLL_SECONDS: Final = 0.5
_TRY: Final = text("SELECT pg_try_advisory_lock(hashtextextended(:name, 0))")
_HELD: Final = text(
    "SELECT name FROM unnest(CAST(:names AS text[])) AS name"
    " CROSS JOIN LATERAL hashtextextended(name, 0) AS number"
    " WHERE (number >> 32 & 4294967295, number & 4294967295) IN ("
    " SELECT classid::bigint, objid::bigint FROM pg_locks"
    " WHERE locktype = 'advisory' AND objsubid = 1 AND granted AND database ="
    " (SELECT oid FROM pg_database WHERE datname = current_database()))"
)
"""The halves of a key stand in two columns
(https://www.postgresql.org/docs/current/view-pg-locks.html)."""
_WATCH_CLIENT: Final = (
    "SET tcp_keepalives_idle = 30",
    "SET tcp_keepalives_interval = 10",
    "SET tcp_keepalives_count = 6",
)


@contextlib.contextmanager
def named_lock(engine: Engine, name: str, *, wait_seconds: float = 0.0) -> Iterator[bool]:
    """Hold the lock of a name for the length of a block.

    Args:
        engine: The database that those share who must not meet.
        name: What is locked.
        wait_seconds: How long to wait for another holder.

    Yields:
        Whether it is held; False where another one kept it all the time.
    """
    deadline = time.monotonic() + wait_seconds
    take = _postgresql(engine, name) if engine.dialect.name == "postgresql" else _file(engine, name)
    with take as attempt:
        held = attempt.held()
        while not held and time.monotonic() < deadline:
            time.sleep(_POLL_SECONDS)
            held = attempt.held()
        yield held


def held_names(engine: Engine, names: Sequence[str]) -> frozenset[str]:
    """Those of some names whose lock somebody holds at this moment; it takes none of them.

    One question for all names on PostgreSQL: a connection for each costs tens of milliseconds.

    Args:
        engine: The database that those share who must not meet.
        names: Which are looked at.
    """
    if engine.dialect.name == "postgresql":
        with reading(engine) as connection:
            return frozenset(connection.scalars(_HELD, {"names": list(names)}))
    return frozenset(name for name in names if _is_locked(_path(engine, name)))


class _ServerLock:
    def __init__(self, connection: Connection, name: str) -> None:
        self._connection = connection
        self._name = name

    def held(self) -> bool:
        with translated(self._connection.engine):
            return bool(self._connection.scalar(_TRY, {"name": self._name}))


@contextlib.contextmanager
def _postgresql(engine: Engine, name: str) -> Iterator[_ServerLock]:
    with translated(engine):
        connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    try:
        with translated(engine):
            for setting in _WATCH_CLIENT:
                connection.exec_driver_sql(setting)
        yield _ServerLock(connection, name)
    finally:
        # Not back into the pool: the lock belongs to the connection.
        connection.invalidate()
        connection.close()


class _FileLock:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def held(self) -> bool:
        if self._file is not None:
            return True
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Whoever held it before removed the file that was locked here.
            if os.fstat(file).st_ino != self._path.stat().st_ino:
                raise FileNotFoundError
        except OSError:
            os.close(file)
            return False
        self._file = file
        return True

    def release(self) -> None:
        if self._file is not None:
            self._path.unlink(missing_ok=True)
            os.close(self._file)


@contextlib.contextmanager
def _file(engine: Engine, name: str) -> Iterator[_FileLock]:
    path = _path(engine, name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = _FileLock(path)
    try:
        yield lock
    finally:
        lock.release()


def _path(engine: Engine, name: str) -> Path:
    folder = Path(engine.url.database or "case.db").absolute().parent / "locks"
    return folder / hashlib.sha256(name.encode()).hexdigest()[:32]


def _is_locked(path: Path) -> bool:
    """Whether a process holds a file; one that died left it there and holds it no more."""
    try:
        file = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        # Beside others who look; for a moment it keeps out whoever would take it.
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False
