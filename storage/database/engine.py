"""The one place that knows which database it is.

SQLite: WAL, so that readers never wait; `BEGIN IMMEDIATE` for writers, because a transaction that
reads first and writes later could fail half-way; full synchronisation, because an audit event that
was acknowledged must survive a power cut. PostgreSQL: row locks, and
advisory locks where there is no row to lock yet.
"""

import functools
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

from models.errors import MissingPartError, SettingError
from storage.database.transactions import WRITING
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
    writes = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
