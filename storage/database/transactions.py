"""Transactions: units of work, readings and snapshots, and what waits for the disk.

SQLite takes its lock when a writing transaction begins, for one that reads first and writes later
could fail half-way. On PostgreSQL a transaction that holds a lock others want may commit before it
is flushed, and waits for the disk after it let go.
"""

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Final

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from models.errors import StorageUnavailableError
from storage.database.failure_wording import failure_words, is_damaged

WRITING: Final = "kinbind_writing"
"""The execution option of a connection whose transaction is going to write."""
_UNFLUSHED: Final = "kinbind_unflushed"
_Shared = ContextVar[tuple[Engine, Connection] | None]
_UNIT_OF_WORK: Final[_Shared] = ContextVar("kinbind_unit_of_work", default=None)
_READING: Final[_Shared] = ContextVar("kinbind_reading_together", default=None)


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
    with _transaction(engine) as connection, _sharing(_UNIT_OF_WORK, engine, connection):
        yield


@contextlib.contextmanager
def reading_together(engine: Engine) -> Iterator[None]:
    """One connection for everything that `reading` does inside the block: a page of many parts.

    To begin and to end each of ten readings by itself costs as much as what they ask, and on
    PostgreSQL three messages more. `writing` takes no part: SQLite shows the state of the first
    reading until the block ends. A unit of work goes on as one; other threads take no part.

    Raises:
        StorageUnavailableError: The database did not answer.
    """
    with reading(engine) as connection, _sharing(_READING, engine, connection):
        yield


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


def serialise(connection: Connection, name: str) -> None:
    """Let one transaction at a time pass for a name, until it ends.

    SQLite lets one writing transaction pass at a time anyway.
    """
    if connection.dialect.name == "postgresql":
        lock = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
        connection.execute(lock, {"name": name})


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
        engine.connect().execution_options(**{WRITING: True}) as connection,
    ):
        connection.info.pop(_UNFLUSHED, None)
        with connection.begin():
            yield connection
        if connection.info.pop(_UNFLUSHED, False):
            flush(connection)


@contextlib.contextmanager
def _sharing(shared: _Shared, engine: Engine, connection: Connection) -> Iterator[None]:
    """Let everything inside the block find this connection."""
    token = shared.set((engine, connection))
    try:
        yield
    finally:
        shared.reset(token)


def _joined(engine: Engine) -> Connection | None:
    """The connection of the unit of work that this thread is in; None outside of any."""
    return _of(engine, _UNIT_OF_WORK)


def _of(engine: Engine, shared: _Shared) -> Connection | None:
    current = shared.get()
    return current[1] if current is not None and current[0] is engine else None


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
