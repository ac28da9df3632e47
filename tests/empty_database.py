"""An empty database that has its tables: the migrations run once, and each home gets a copy."""

import contextlib
import functools
import secrets
import shutil
import tempfile
from pathlib import Path

from sqlalchemy import make_url

from storage.database.engine import open_engine
from storage.database.schema import upgrade
from storage.settings import Settings

NAME = "case.db"


@functools.cache
def _migrated() -> bytes:
    home = Path(tempfile.mkdtemp(prefix="kinbind-tests-tables-"))
    engine = open_engine(Settings(home=home))
    upgrade(engine)
    engine.dispose()
    content = (home / NAME).read_bytes()
    shutil.rmtree(home)
    return content


def with_tables(settings: Settings) -> Settings:
    """The same settings; their home has its tables already where its database is the embedded."""
    database = settings.home / NAME
    if settings.database_url is None and not database.exists():
        settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        database.write_bytes(_migrated())
        database.chmod(0o600)
    return settings


@contextlib.contextmanager
def on_postgresql(server, template=None):
    """The URL of a database on a server while the block lasts; empty, or like its template."""
    name = f"kinbind_{secrets.token_hex(6)}"
    _on(server, f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
    yield _url(server, name)
    _on(server, f"DROP DATABASE {name} WITH (FORCE)")


@functools.cache
def postgresql_with_tables(server):
    """The name of a database on a server that has its tables, to make others from."""
    name = f"kinbind_tables_{secrets.token_hex(6)}"
    _on(server, f"CREATE DATABASE {name}")
    with tempfile.TemporaryDirectory() as home:
        engine = open_engine(Settings(home=Path(home), database_url=_url(server, name)))
        upgrade(engine)
        engine.dispose()
    return name


def _url(server, name):
    address = make_url(server).set(drivername="postgresql+psycopg", database=name)
    return address.render_as_string(hide_password=False)


def _on(server, statement):
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)
