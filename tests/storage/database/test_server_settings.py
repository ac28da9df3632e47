"""What a server must do for what is written to be safe."""

import pytest
from sqlalchemy import event

from models.errors import StorageUnavailableError
from storage.database.engine import open_engine
from storage.database.server_settings import require_writable, unsafe_server_settings

ON_BOTH_DATABASES = True


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
