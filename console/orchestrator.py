"""Reach an orchestrator: one that is named, one that runs here already, or one of our own.

Everything about it is set through the environment before its library is imported, so that a
worker process inherits the same settings.
"""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from models.errors import MissingPartError
from storage.settings import Settings

_START_SECONDS: Final = 120
_OFF: Final = (
    "SCHEDULER",
    "LATE_RUNS",
    "PAUSE_EXPIRATIONS",
    "FOREMAN",
    "TRIGGERS",
    "REPOSSESSOR",
    "CLEANUP_RECONCILER",
    "CANCELLATION_CLEANUP",
)
"""Services that one run of the main job has no use for."""


def quiet_environment(settings: Settings) -> dict[str, str]:
    """Settings for the orchestrator's library: all under our home, no packet to anybody."""
    return {
        "PREFECT_HOME": str((settings.home / "orchestrator").resolve()),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_CLIENT_RETRY_EXTRA_CODES": "500",
        "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "ERROR",
        "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    }


@contextmanager
def orchestrator(settings: Settings, *, services: bool = False) -> Iterator[str]:
    """Give the address of a ready orchestrator and point this process and its children to it.

    Args:
        settings: Where our own one would live.
        services: Whether our own one also schedules runs and watches over them, which one run of
            the main job has no use for.

    Raises:
        MissingPartError: It did not start; names its log.
    """
    os.environ.update(quiet_environment(settings))
    folder = settings.home / "orchestrator"
    address = os.environ.get("PREFECT_API_URL") or _running(folder)
    if address:
        os.environ["PREFECT_API_URL"] = address
        yield address
        return
    with _own_server(folder, services=services) as address:
        os.environ["PREFECT_API_URL"] = address
        try:
            yield address
        finally:
            os.environ.pop("PREFECT_API_URL", None)


@contextmanager
def _own_server(folder: Path, *, services: bool) -> Iterator[str]:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "address").unlink(missing_ok=True)
    log = folder / "server.log"
    off = {f"PREFECT_SERVER_SERVICES_{name}_ENABLED": "false" for name in _OFF}
    off["PREFECT_SERVER_UI_ENABLED"] = "false"
    with log.open("ab") as sink:
        process = subprocess.Popen(  # noqa: S603  (our own module)
            [sys.executable, "-m", "console.orchestrator_server", str(folder), str(os.getpid())],
            env=os.environ | ({} if services else off),
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=sink,
        )
    try:
        yield _wait_until_ready(process, folder, log)
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        (folder / "address").unlink(missing_ok=True)


def _wait_until_ready(process: "subprocess.Popen[bytes]", folder: Path, log: Path) -> str:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        address = _running(folder)
        if address:
            return address
        time.sleep(0.1)
    msg = f"the orchestrator did not start; its log is {log}"
    raise MissingPartError(msg)


def _running(folder: Path) -> str | None:
    """The address of the server that wrote it into the folder, when it answers."""
    try:
        address = (folder / "address").read_text().strip()
        with urllib.request.urlopen(f"{address}/ready", timeout=2):  # noqa: S310  (loopback)
            return address
    except (OSError, urllib.error.URLError, ValueError):
        return None
