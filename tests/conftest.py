"""What all tests share: settings that never touch the developer's own, one real orchestrator."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# One thread for each engine: tests share two cores with the orchestrator.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_THREAD_LIMIT", "1")
for name in [name for name in os.environ if name.startswith(("KINBIND_", "PREFECT_"))]:
    del os.environ[name]


LONGEST_FIRST = (
    *(
        "tests/journey/",
        "tests/console/test_whole_system",
        "tests/tasks/reading/files/test_hostile",
    ),
    *("tests/flows/", "tests/api/", "tests/console/test_in_chromium", "tests/specimens/"),
)
"""Files go to whichever worker is free: a long one at the end would leave the other one idle."""


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


@pytest.fixture(scope="session")
def orchestrator_home(tmp_path_factory):
    """The home folder of the one orchestrator that flow tests share."""
    return tmp_path_factory.mktemp("orchestrator-home")


@pytest.fixture(scope="session")
def orchestrator_url(orchestrator_home):
    """Address of a real orchestrator, its scheduler on; started once, it takes a quarter minute."""
    from console.server.orchestrator import orchestrator
    from storage.settings import Settings

    before = dict(os.environ)
    with orchestrator(Settings(home=orchestrator_home), services=True) as address:
        after = {k: v for k, v in os.environ.items() if before.get(k) != v}
        os.environ.clear()
        os.environ.update(before)
        yield address, after
