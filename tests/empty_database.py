"""An empty database that has its tables: the migrations run once, and each home gets a copy."""

import functools
import shutil
import tempfile
from pathlib import Path

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
