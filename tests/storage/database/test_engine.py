"""Waiting on the database: long walks keep nobody waiting, and nobody waits for ever."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event, text

from models.audit.event import EventTag
from models.errors import StorageUnavailableError
from storage.audit.chain.chain_walk import ChainWalk
from storage.bootstrap import using_repositories
from storage.database.answering_connection import AnsweringConnection
from storage.database.engine import (
    _LIMITS,
    flush,
    open_engine,
    require_writable,
    unsafe_server_settings,
    without_limits,
    writing,
)
from storage.settings import Settings

ON_BOTH_DATABASES = True


def append(log, key):
    return log.append(
        EventTag.BATCH_STARTED,
        application_id=None,
        round_id=None,
        actor="machine",
        idempotency_key=key,
    )


def test_a_check_sees_one_state_and_keeps_nobody_from_appending(repositories, monkeypatch):
    """The walk is at its first event while somebody else appends; neither waits for the other."""
    append(repositories.audit, "1")
    append(repositories.audit, "2")
    seen = []

    def step(walk, end, sizes):
        if not seen:
            with ThreadPoolExecutor(1) as pool:
                seen.append(pool.submit(append, repositories.audit, "3").result(20).sequence)
            repositories.audit.anchor(repositories.archive)
        return one_step(walk, end, sizes)

    one_step = ChainWalk.step
    monkeypatch.setattr(ChainWalk, "step", step)
    report = repositories.audit.verify(repositories.archive)
    assert (report.intact, report.events, seen) == (True, 2, [3])


def test_what_is_read_together_is_read_on_one_connection_and_nothing_is_written_on_it(repositories):
    begun = []
    event.listen(repositories.engine, "begin", begun.append)
    with repositories.reading_together():
        assert repositories.audit.events("A1") == repositories.audit.events("A2") == ()
        assert len(begun) == 1
        append(repositories.audit, "1")
    assert len(begun) > 1
    before = len(begun)
    repositories.audit.events("A1")
    assert len(begun) == before + 1
    assert repositories.audit.verify().events == 1


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.service
def test_an_append_that_meets_a_held_lock_gives_up_and_says_so(settings, monkeypatch):
    monkeypatch.setitem(_LIMITS, "lock_timeout", 1)
    with using_repositories(settings) as repositories:
        append(repositories.audit, "1")
        with repositories.engine.begin() as holder:
            holder.execute(text("SELECT * FROM audit_head FOR UPDATE"))
            with pytest.raises(StorageUnavailableError):
                append(repositories.audit, "2")
        assert append(repositories.audit, "2").sequence == 2


def test_a_database_that_takes_nothing_is_told_before_anybody_works_on_it(repositories, settings):
    require_writable(repositories.engine)
    read_only = {
        "sqlite": "PRAGMA query_only = ON",
        "postgresql": "SET default_transaction_read_only = on",
    }
    engine = open_engine(settings)
    event.listen(
        engine,
        "connect",
        lambda raw, _: (raw.execute(read_only[engine.dialect.name]), raw.commit()),
    )
    with pytest.raises(StorageUnavailableError, match="read-only"):
        require_writable(engine)
    engine.dispose()


def test_a_server_that_forgets_in_a_power_cut_is_told(repositories):
    """The server of the tests waits for no disk, as nobody pulls its plug."""
    told = {"sqlite": (), "postgresql": ("fsync", "full_page_writes")}
    assert unsafe_server_settings(repositories.engine) == told[repositories.engine.dialect.name]


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.service
def test_others_append_while_one_that_is_committed_waits_for_the_disk(repositories, monkeypatch):
    """The head's lock is free before the flush, and an append is only told of after it."""
    order = []

    def waits(connection):
        order.append("waits")
        if len(order) == 1:
            with ThreadPoolExecutor(1) as pool:
                order.append(pool.submit(append, repositories.audit, "2").result(20).sequence)
        flush(connection)

    monkeypatch.setattr("storage.database.engine.flush", waits)
    order.append(append(repositories.audit, "1").sequence)
    assert order == ["waits", "waits", 2, 1]
    assert repositories.audit.verify().intact


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.service
def test_only_a_connection_that_lay_idle_is_asked_whether_it_lives(repositories, monkeypatch):
    engine, asked = repositories.engine, []
    ping = engine.dialect.do_ping

    def pings(connection):
        asked.append(connection)
        return ping(connection)

    monkeypatch.setattr(engine.dialect, "do_ping", pings)
    append(repositories.audit, "1")
    append(repositories.audit, "2")
    assert asked == []
    monkeypatch.setattr("storage.database.engine._FRESH_SECONDS", 0.0)
    with engine.connect() as other:
        append(repositories.audit, "3")
        kill = (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        )
        other.execute(text(f"{kill} AND datname = current_database()"))
    assert append(repositories.audit, "4").sequence == 4, "a lost connection is made anew"
    assert len(asked) > 1


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.service
def test_a_flush_leaves_nothing_committed_behind(repositories):
    with repositories.engine.connect() as connection:
        # The tests' server is told not to wait, and waits for us all the same.
        assert connection.scalar(text("SHOW synchronous_commit")) == "on"
        append(repositories.audit, "1")
        committed = connection.scalar(text("SELECT pg_current_wal_insert_lsn()"))
        connection.rollback()
        flush(connection)
        behind = text("SELECT pg_current_wal_flush_lsn() < CAST(:lsn AS pg_lsn)")
        assert connection.scalar(behind, {"lsn": str(committed)}) is False


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.service
def test_a_server_that_stands_still_is_waited_for_no_longer_than_was_said(
    repositories, monkeypatch
):
    append(repositories.audit, "1")
    monkeypatch.setattr(AnsweringConnection, "answer_within", 0.5)
    monkeypatch.setattr("storage.database.answering_connection.ANSWER_SECONDS", 0.5)
    with writing(repositories.engine) as connection:
        without_limits(connection)
        connection.execute(text("SELECT pg_sleep(1)"))
    began = time.monotonic()

    def ask():
        with writing(repositories.engine) as connection:
            connection.execute(text("SELECT pg_sleep(20)"))

    with pytest.raises(StorageUnavailableError, match="does not answer"):
        ask()
    assert time.monotonic() - began < 10
    assert append(repositories.audit, "2").sequence == 2


@pytest.mark.service
def test_a_server_that_takes_a_connection_and_says_nothing_is_told_of(tmp_path, monkeypatch):
    monkeypatch.setattr("storage.database.answering_connection.CONNECT_SECONDS", 2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        place = f"postgresql+psycopg://u:p@127.0.0.1:{silent.getsockname()[1]}/d"
        with (
            pytest.raises(StorageUnavailableError, match="does not answer"),
            using_repositories(Settings(home=tmp_path, database_url=place)),
        ):
            pass
