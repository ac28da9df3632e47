"""What all tests share: settings that never touch the developer's own, one real orchestrator."""

import atexit
import contextlib
import gc
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, event

from storage.staff import staff_register
from tests.servers import postgresql, seaweedfs
from tests.shared_services import shared

ROOT = Path(__file__).resolve().parent.parent

# Garbage is looked for less often than by default (700, 10, 10): that took 4.1 of the 30.6 CPU
# seconds of 1,183 plain tests and takes 1.6 now; cycles that hold pictures are few.
gc.set_threshold(20_000, 20, 50)
# One thread for each engine: tests share two cores with the orchestrator.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_THREAD_LIMIT", "1")
# Keys lie outside a home by default: those of tests in a folder of this run.
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp(prefix="kinbind-tests-configuration-")
atexit.register(shutil.rmtree, os.environ["XDG_CONFIG_HOME"], ignore_errors=True)
for name in [name for name in os.environ if name.startswith(("KINBIND_", "PREFECT_"))]:
    del os.environ[name]


# The office's own passwords take a third of a second each, as they should; those of tests do not.
vars(staff_register)["_HASHER"] = PasswordHasher(time_cost=1, memory_cost=64)


def _answer_backwards(connection, _record):
    """Rows that nobody ordered come last first: whoever relies on their order fails here."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA reverse_unordered_selects = ON")


event.listen(Engine, "connect", _answer_backwards)


LONGEST_FIRST = (
    *("tests/journey/", "tests/console/server/"),
    *("tests/tasks/reading/files/test_hostile", "tests/flows/", "tests/console/api/"),
    *("tests/tasks/verification/", "tests/console/web/test_in_chromium", "tests/tasks/reading/"),
    *("tests/specimens/", "tests/notebooks/", "tests/packaging/", "tests/console/"),
)
"""Files go to whichever worker is free: a long one at the end would leave the other ones idle."""


def pytest_collection_modifyitems(items):
    """Start the long files first; within a file and among the others the order stays."""

    def place(item):
        found = (i for i, path in enumerate(LONGEST_FIRST) if item.nodeid.startswith(path))
        return next(found, len(LONGEST_FIRST))

    items.sort(key=place)


def pytest_report_header():
    """Which engines these tests ran with."""
    program = shutil.which("tesseract")
    if program is None:
        return "tesseract: not installed"
    shown = subprocess.run(
        [program, "--version"], capture_output=True, text=True, check=False, timeout=30
    )
    return f"tesseract: {shown.stdout.splitlines()[0]}"


READING_PROCESSES = (
    ("tasks.reading.process.contained_reader", "contained_reader"),
    ("tasks.intake.check_picture", "waiting_reader"),
)
"""Where a process keeps its reading process until its own end."""


@pytest.fixture(scope="session", autouse=True)
def _end_reading_processes():
    """End what tests started for their whole process: nobody else would wait for it."""
    yield
    for module, name in READING_PROCESSES:
        kept = getattr(sys.modules.get(module), name, None)
        if kept is not None and kept.cache_info().currsize:
            kept().close()


@pytest.fixture(scope="session")
def shared_orchestrator(tmp_path_factory):
    """A real orchestrator, its scheduler on, one for all workers: address, environment, home."""
    with shared(tmp_path_factory, "orchestrator", partial(_orchestrator, tmp_path_factory)) as one:
        yield one


@contextlib.contextmanager
def _orchestrator(folders):
    from console.server.orchestrator.find_orchestrator import orchestrator
    from storage.settings import Settings

    home = folders.mktemp("orchestrator-home")
    before = dict(os.environ)
    with orchestrator(Settings(home=home), services=True) as address:
        after = {k: v for k, v in os.environ.items() if before.get(k) != v}
        os.environ.clear()
        os.environ.update(before)
        yield address, after, str(home)


@pytest.fixture(scope="session")
def orchestrator_home(shared_orchestrator):
    """The home folder of the one orchestrator that flow tests share."""
    return Path(shared_orchestrator[2])


@pytest.fixture(scope="session")
def orchestrator_url(shared_orchestrator):
    """Address of the orchestrator, and the environment in which programs find it."""
    address, environment, _ = shared_orchestrator
    return address, environment


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory):
    """The URL of a PostgreSQL server, one for all workers."""
    with shared(tmp_path_factory, "postgresql", partial(postgresql, tmp_path_factory)) as url:
        yield url


@pytest.fixture
def postgresql_database(postgresql_server, request):
    """The URL of an empty database of this test alone; it has its tables where it is opened."""
    from tests.empty_database import on_postgresql, postgresql_with_tables

    opened = "repositories" in request.fixturenames
    template = postgresql_with_tables(postgresql_server) if opened else None
    with on_postgresql(postgresql_server, template) as url:
        yield url


@pytest.fixture(scope="session")
def history(tmp_path_factory):
    """A simulated history, one for all workers, to look at and not to change."""
    from tests.history import History, recorded

    with shared(tmp_path_factory, "history", partial(recorded, tmp_path_factory)) as home:
        yield History.at(Path(home))


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory):
    """The address of an S3 server, one for all workers."""
    with shared(tmp_path_factory, "s3", partial(seaweedfs, tmp_path_factory)) as address:
        yield address
