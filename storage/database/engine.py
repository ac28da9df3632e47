"""The one place that knows which database it is.

SQLite: WAL, so that readers never wait; `BEGIN IMMEDIATE` for writers, because a transaction that
reads first and writes later could fail half-way; full synchronisation, because an audit event that
was acknowledged must survive a power cut. PostgreSQL: row locks, and
advisory locks where there is no row to lock yet.
"""

import contextlib
import functools
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, InvalidatePoolError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import ConnectionPoolEntry

from models.errors import MissingPartError, SettingError, StorageUnavailableError
from storage.database.failure_wording import failure_words, is_damaged
from storage.settings import Settings

_BUSY_SECONDS: Final = 30
_LIMITS: Final = {
    "lock_timeout": 10,
    "statement_timeout": 60,
    "idle_in_transaction_session_timeout": 300,
}
"""Seconds. A lock is held for milliseconds here, and a statement or a portion of a walk takes less
than one: what takes longer hangs. Steps of a run are tried again; people are told to."""
_FRESH_SECONDS: Final = 1.0
"""A connection that was used so lately is not asked whether it lives: no server is away and back
within a second, and a question costs as much as a look-up."""
_USED: Final = "kinbind_used"
_PREPARE: Final = (
    "SELECT "
    + ", ".join(f"set_config('{name}', '{seconds}s', false)" for name, seconds in _LIMITS.items())
    + ", CASE WHEN current_setting('synchronous_commit') = 'off'"
    " THEN set_config('synchronous_commit', 'on', false) END"
)
"""A server that was told not to wait for its disk waits for ours: what was acknowledged stays."""
_UNSAFE: Final = ("fsync", "full_page_writes")
"""What only the server can set; without it a power cut damages what was acknowledged."""
_WRITING: Final = "kinbind_writing"
_UNFLUSHED: Final = "kinbind_unflushed"
_Shared = ContextVar[tuple[Engine, Connection] | None]
_UNIT_OF_WORK: Final[_Shared] = ContextVar("kinbind_unit_of_work", default=None)
_READING: Final[_Shared] = ContextVar("kinbind_reading_together", default=None)


def open_engine(settings: Settings, *, url: str | None = None) -> Engine:
    """An engine for the database of the settings; nothing is connected yet.

    Args:
        settings: Which one.
        url: Another database than theirs.

    Raises:
        SettingError: The URL is none, or of a database that this program does not know.
        MissingPartError: The driver of that database is not installed.
    """
    try:
        address = make_url(url or settings.database)
    except ArgumentError:
        raise SettingError(
            "KINBIND_DATABASE_URL 不是数据库地址，应如 postgresql+psycopg://user@host/kinbind。"
            " KINBIND_DATABASE_URL is not a database URL: write it as"
            " postgresql+psycopg://user@host/kinbind."
        ) from None
    name = address.get_backend_name()
    if name not in {"sqlite", "postgresql"}:
        raise SettingError(
            "KINBIND_DATABASE_URL 只支持 sqlite 或 postgresql+psycopg。"
            " KINBIND_DATABASE_URL must be of sqlite or postgresql+psycopg."
        )
    if name == "sqlite":
        _make_file(address)
    try:
        # hide_parameters: an error's text must not quote what was to be stored.
        engine = create_engine(address, hide_parameters=True)
    except ModuleNotFoundError as error:
        msg = (
            f"未安装数据库驱动 {error.name}；PostgreSQL 请用 postgresql+psycopg://…。"
            f" The database driver {error.name} is not installed; for PostgreSQL write"
            " postgresql+psycopg://…"
        )
        raise MissingPartError(msg) from None
    if name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _prepare_postgresql)
        event.listen(engine, "checkin", _note_use)
        event.listen(engine, "checkout", functools.partial(_prove_alive, engine))
        if engine.driver == "psycopg":
            _answer_in_time(engine)
    return engine


def _answer_in_time(engine: Engine) -> None:
    # Here, since SQLite needs no driver to be installed.
    from storage.database.answering_connection import connect, limit_again

    event.listen(engine, "do_connect", connect)
    event.listen(engine, "checkin", limit_again)


def _make_file(url: URL) -> None:
    """Make the file before SQLite does, for its owner alone; what SQLite adds beside it follows."""
    if url.database and url.database != ":memory:":
        path = Path(url.database)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)


@contextlib.contextmanager
def unit_of_work(engine: Engine) -> Iterator[None]:
    """One transaction for everything that `reading` and `writing` do inside the block.

    It is committed at the end, or rolled back whole if the block raises. A unit of work inside
    another one is a part of it. Other threads take no part.

    Raises:
        StorageUnavailableError: The database did not answer, or stayed locked.
    """
    if _joined(engine) is not None:
        yield
        return
    with _transaction(engine) as connection:
        token = _UNIT_OF_WORK.set((engine, connection))
        try:
            yield
        finally:
            _UNIT_OF_WORK.reset(token)


@contextlib.contextmanager
def reading_together(engine: Engine) -> Iterator[None]:
    """One connection for everything that `reading` does inside the block: a page of many parts.

    To begin and to end each of ten readings by itself costs as much as what they ask, and on
    PostgreSQL three messages more. `writing` takes no part: SQLite shows the state of the first
    reading until the block ends. A unit of work goes on as one; other threads take no part.

    Raises:
        StorageUnavailableError: The database did not answer.
    """
    with reading(engine) as connection:
        token = _READING.set((engine, connection))
        try:
            yield
        finally:
            _READING.reset(token)


@contextlib.contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one consistent state; what it does is rolled back.

    Inside a unit of work it sees what was written there so far.

    Raises:
        StorageUnavailableError: The database did not answer.
    """
    joined = _joined(engine) or _of(engine, _READING)
    if joined is not None:
        yield joined
        return
    with translated(engine), engine.connect() as connection:
        yield connection


@contextlib.contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection whose every statement sees the state of the first one; it locks nothing.

    For long walks beside people at work: on PostgreSQL each statement of `reading` sees what was
    committed before it. Each of its statements, and each portion of rows, has the usual limit.

    Raises:
        StorageUnavailableError: The database did not answer.
    """
    level = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with translated(engine), engine.connect().execution_options(**level) as connection:
        yield connection


@contextlib.contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that is committed at the end, or rolled back if the block raises.

    Inside a unit of work it is a savepoint of that.

    Raises:
        StorageUnavailableError: The database did not answer, or stayed locked.
    """
    joined = _joined(engine)
    if joined is None:
        with _transaction(engine) as connection:
            yield connection
    else:
        with joined.begin_nested():
            yield joined


def require_writable(engine: Engine) -> None:
    """Try to change a row that there is not: a standby and a read-only file refuse that.

    Raises:
        StorageUnavailableError: Nothing can be written.
    """
    with writing(engine) as connection:
        connection.execute(text("UPDATE installation SET value = value WHERE name = ''"))


def unsafe_server_settings(engine: Engine) -> tuple[str, ...]:
    """What a server has switched off without which nothing it acknowledged is safe.

    Raises:
        StorageUnavailableError: The database did not answer.
    """
    if engine.dialect.name != "postgresql":
        return ()
    with reading(engine) as connection:
        return tuple(
            name
            for name in _UNSAFE
            if connection.scalar(text("SELECT current_setting(:name)"), {"name": name}) == "off"
        )


def serialise(connection: Connection, name: str) -> None:
    """Let one transaction at a time pass for a name, until it ends.

    SQLite lets one writing transaction pass at a time anyway.
    """
    if connection.dialect.name == "postgresql":
        lock = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
        connection.execute(lock, {"name": name})


def append_only(dialect: str, table: str) -> tuple[str, ...]:
    """Statements that make a table refuse changes and deletions.

    They stop an accident. Whoever owns the database can drop them: the chain shows it then.
    """
    message = f"{table} is append-only"
    if dialect == "sqlite":
        return tuple(
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            for act in ("UPDATE", "DELETE")
        )
    function = f"{table}_append_only"
    return (
        f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{message}'; END $$",
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()",
    )


def flush_at_end(connection: Connection) -> None:
    """Let the block of this transaction wait for the disk, whose commit does not.

    PostgreSQL holds locks until a commit is flushed, which takes milliseconds in which all others
    wait who want the same lock. What is committed is flushed in its order: whoever builds on a
    transaction that was lost in a crash is lost with it, and nobody was told of either.

    Args:
        connection: Its transaction has set `synchronous_commit` off for itself.
    """
    connection.info[_UNFLUSHED] = True


def flush(connection: Connection) -> None:
    """Wait until everything that was committed so far lies on the disk, by anybody.

    Args:
        connection: Not in a transaction.
    """
    if connection.dialect.name == "postgresql":
        # One question instead of three: by itself it begins and commits.
        alone = connection.execution_options(isolation_level="AUTOCOMMIT")
        alone.exec_driver_sql("SELECT pg_logical_emit_message(true, 'kinbind', '')")


@contextlib.contextmanager
def _transaction(engine: Engine) -> Iterator[Connection]:
    with (
        translated(engine),
        engine.connect().execution_options(**{_WRITING: True}) as connection,
    ):
        connection.info.pop(_UNFLUSHED, None)
        with connection.begin():
            yield connection
        if connection.info.pop(_UNFLUSHED, False):
            flush(connection)


def _joined(engine: Engine) -> Connection | None:
    """The connection of the unit of work that this thread is in; None outside of any."""
    return _of(engine, _UNIT_OF_WORK)


def _of(engine: Engine, shared: _Shared) -> Connection | None:
    current = shared.get()
    return current[1] if current is not None and current[0] is engine else None


def _prepare_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # transactions begin where we say, see _begin_sqlite
    for pragma in (
        f"busy_timeout = {_BUSY_SECONDS * 1000}",
        "foreign_keys = ON",
        "recursive_triggers = ON",  # else INSERT OR REPLACE deletes past the no-delete trigger
        "synchronous = FULL",
    ):
        connection.execute(f"PRAGMA {pragma}").close()
    _patiently(lambda: _use_wal(connection))


def _prepare_postgresql(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute(_PREPARE)
    cursor.close()
    connection.commit()


def _note_use(_connection: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
    entry.info[_USED] = time.monotonic()


def _prove_alive(
    engine: Engine, connection: DBAPIConnection, entry: ConnectionPoolEntry, _proxy: object
) -> None:
    """Ask a connection that lay idle whether its server is still there; else all are made anew."""
    used = entry.info.get(_USED)
    if used is None or time.monotonic() - used < _FRESH_SECONDS:
        return
    try:
        engine.dialect.do_ping(connection)
    except engine.dialect.loaded_dbapi.Error:
        raise InvalidatePoolError from None


def without_limits(connection: Connection) -> None:
    """Let the rest of a transaction take as long as it needs: a migration of large tables."""
    if connection.dialect.name == "postgresql":
        for name in _LIMITS:
            connection.execute(text(f"SET LOCAL {name} = 0"))
        raw: Any = connection.connection.driver_connection
        raw.answer_within = None


def _use_wal(connection: sqlite3.Connection) -> None:
    cursor = connection.execute("PRAGMA journal_mode")
    mode = cursor.fetchone()[0]
    cursor.close()
    if mode != "wal":
        connection.execute("PRAGMA journal_mode = WAL").close()


def _patiently(step: Callable[[], None]) -> None:
    """Switching to WAL ignores the busy timeout, so two first starts at once would collide."""
    deadline = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            return step()
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextlib.contextmanager
def translated(engine: Engine) -> Iterator[None]:
    """The one place where the database's "I cannot now" becomes ours."""
    try:
        yield
    except (OperationalError, PoolTimeoutError) as error:
        raise StorageUnavailableError(failure_words(engine, error)) from None
    except DBAPIError as error:
        if (
            error.connection_invalidated
            or "read-only transaction" in str(error.orig)
            or is_damaged(error)
        ):
            raise StorageUnavailableError(failure_words(engine, error)) from None
        raise
