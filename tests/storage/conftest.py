"""An office in a temporary folder, on each form of database and of object store."""

import datetime as dt
import secrets

import pytest

from storage.bootstrap import using_repositories as open_for_a_block
from storage.objects.directory import DirectoryStore
from storage.settings import Settings
from tests.empty_database import with_tables
from tests.servers import s3_settings_of


def pytest_generate_tests(metafunc):
    """Modules that set ON_BOTH_DATABASES run each test that opens a database on both forms."""
    own = any(
        "database" in mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")
    )
    both = getattr(metafunc.module, "ON_BOTH_DATABASES", False) and not own
    if both and "database" in metafunc.fixturenames:
        forms = ["sqlite", pytest.param("postgresql", marks=pytest.mark.service)]
        metafunc.parametrize("database", forms, indirect=True)


@pytest.fixture
def settings(tmp_path, database):
    return Settings(home=tmp_path / "home", database_url=database)


@pytest.fixture
def database(request):
    """The URL of an empty database of the asked form; None is the embedded default."""
    embedded = getattr(request, "param", "sqlite") == "sqlite"
    return None if embedded else request.getfixturevalue("postgresql_database")


@pytest.fixture
def repositories(settings):
    with open_for_a_block(with_tables(settings)) as opened:
        yield opened


@pytest.fixture
def waiting(repositories):
    """Open a number of cases; the n-th is due on the n-th day."""
    now = dt.datetime(2026, 11, 20, 1, 30, tzinfo=dt.UTC)

    def opened(count):
        return [
            repositories.reviews.open(
                repositories.cases.register(
                    f"A{n}", "d", batch_id="b", received_at=now
                ).round.round_id,
                ["R03"],
                opened_at=now,
                due_at=now + dt.timedelta(days=n),
            )
            for n in range(count)
        ]

    return opened


@pytest.fixture
def s3_settings(s3_server, tmp_path):
    """Settings that name a bucket of this test alone."""
    return s3_settings_of(s3_server, tmp_path / "home", f"kinbind-{secrets.token_hex(6)}")


@pytest.fixture(params=["directory", pytest.param("s3", marks=pytest.mark.service)])
def store(request, tmp_path):
    """Each form of object store, empty."""
    if request.param == "directory":
        return DirectoryStore(tmp_path / "objects")
    from storage.objects.s3 import S3Store

    chosen = request.getfixturevalue("s3_settings")
    return S3Store(chosen, chosen.object_store)
