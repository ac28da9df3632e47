"""A database that cannot now is told by what is wrong, where, and what to do."""

import sqlite3
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from models.errors import StorageUnavailableError
from storage.database.engine import open_engine
from storage.database.failure_wording import failure_words
from storage.database.transactions import writing

SAID = {
    "database or disk is full": "disk is full",
    "attempt to write a readonly database": "read-only",
    "database is locked": "another process",
    "unable to open database file": "cannot be opened",
    "file is not a database": "restore the backup",
    "connection refused": "does not answer",
}


@pytest.mark.parametrize(("said", "told"), list(SAID.items()))
def test_each_fault_is_told_apart_with_its_place(settings, said, told):
    engine = open_engine(settings)
    words = failure_words(engine, sqlite3.OperationalError(said))
    assert told in words
    assert str(settings.home / "case.db") in words


def test_a_full_disk_under_the_log_of_sqlite_is_told_as_one(settings, monkeypatch):
    engine = open_engine(settings)
    fails = sqlite3.OperationalError("disk I/O error")
    assert "its disk fails" in failure_words(engine, fails)
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=0))
    assert "disk is full" in failure_words(engine, fails)


def test_a_full_disk_is_told_as_one(settings):
    engine = open_engine(settings)
    statements = (
        "PRAGMA max_page_count = 3",
        "CREATE TABLE filled (x BLOB)",
        "INSERT INTO filled VALUES (zeroblob(1000000))",
    )
    with pytest.raises(StorageUnavailableError, match="disk is full"):
        run_all(engine, statements)
    engine.dispose()


@pytest.mark.parametrize("damage", [b"", b"\xff" * 4096])
def test_a_damaged_file_is_told_as_one_and_with_what_to_do(settings, damage):
    """Cut off in its second page, or overwritten there."""
    engine = open_engine(settings)
    run_all(engine, ("CREATE TABLE filled (x BLOB)", "INSERT INTO filled VALUES (zeroblob(9000))"))
    engine.dispose()
    whole = (settings.home / "case.db").read_bytes()
    (settings.home / "case.db").write_bytes(whole[:5000] if not damage else whole[:4096] + damage)
    with pytest.raises(StorageUnavailableError, match="it is damaged"):
        run_all(engine, ("SELECT x FROM filled", "INSERT INTO filled VALUES (1)"))
    engine.dispose()


def run_all(engine, statements):
    with writing(engine) as database:
        for statement in statements:
            database.execute(text(statement))
