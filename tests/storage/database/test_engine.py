"""Waiting on the database: nobody waits for ever, and a server that is gone is told of."""

import socket
import time

import pytest
from sqlalchemy import text

from models.errors import StorageUnavailableError
from storage.bootstrap import using_repositories
from storage.database.answering_connection import AnsweringConnection
from storage.database.engine import _LIMITS, without_limits
from storage.database.transactions import writing
from storage.settings import Settings
from tests.storage.database.appends import append

ON_BOTH_DATABASES = True


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
