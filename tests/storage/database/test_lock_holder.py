import sqlite3
import subprocess
import sys

from storage.database.engine import open_engine
from storage.database.failure_wording import failure_words
from storage.database.lock_holder import writer_of
from tests.empty_database import with_tables

HOLD = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


def test_who_holds_a_database_is_named_as_long_as_it_does(settings):
    engine = open_engine(with_tables(settings))
    path = settings.home / "case.db"
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"held\n"
        assert writer_of(path).process == holder.pid
        words = failure_words(engine, sqlite3.OperationalError("database is locked"))
        assert f"进程 {holder.pid}（python" in words
        assert f"process {holder.pid} (python" in words
        holder.stdin.close()
        holder.wait()
    assert writer_of(path) is None
    words = failure_words(engine, sqlite3.OperationalError("database is locked"))
    assert "another process holds it" in words
    engine.dispose()
