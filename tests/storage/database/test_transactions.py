"""What one transaction sees of others, and when it lets go of its locks."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event, text

from storage.audit.chain.chain_walk import ChainWalk
from storage.database.transactions import flush
from tests.storage.database.appends import append

ON_BOTH_DATABASES = True


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
def test_others_append_while_one_that_is_committed_waits_for_the_disk(repositories, monkeypatch):
    """The head's lock is free before the flush, and an append is only told of after it."""
    order = []

    def waits(connection):
        order.append("waits")
        if len(order) == 1:
            with ThreadPoolExecutor(1) as pool:
                order.append(pool.submit(append, repositories.audit, "2").result(20).sequence)
        flush(connection)

    monkeypatch.setattr("storage.database.transactions.flush", waits)
    order.append(append(repositories.audit, "1").sequence)
    assert order == ["waits", "waits", 2, 1]
    assert repositories.audit.verify().intact


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
