"""The orchestrator to use: one that is named, one that runs here already, or one of our own.

Everything about it is set through the environment before its library is imported, so that a
worker process inherits the same settings.
"""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Final

from console.server.orchestrator.password import CLIENT, password_environment, refuse_open
from console.server.processes import ChildProcess, start, stop
from models.errors import MissingPartError
from storage.settings import Settings

NAMED: Final = "PREFECT_API_URL"
"""Names an orchestrator that is not ours to start."""
POOL: Final = "kinbind"
"""The work pool of all deployments."""
CORES: Final = os.cpu_count() or 1
"""As many batches are verified here at once."""
ROOT: Final = Path(__file__).resolve().parents[3]
"""Where our modules and prefect.yaml are found."""
HEARTBEAT_SECONDS: Final = 30
"""A run says this often that it lives; the library allows nothing shorter."""
ONE_THREAD: Final = MappingProxyType(
    {"OMP_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}
)
"""For every process that reads: two of one thread beat one of two by a third."""
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
        MissingPartError: It did not start, which names its log; or the named one asks for no
            password.
    """
    os.environ.update(quiet_environment(settings))
    folder = settings.home / "orchestrator"
    if named := os.environ.get(NAMED):
        refuse_open(named)
        yield named
        return
    password = password_environment(folder)
    with (
        _ready_server(folder, password, services=services) as address,
        _environment({NAMED: address, CLIENT: password[CLIENT]}),
    ):
        yield address


@contextmanager
def _ready_server(folder: Path, password: Mapping[str, str], *, services: bool) -> Iterator[str]:
    running = _running(folder)
    if running:
        yield running
        return
    with _own_server(folder, password, services=services) as address:
        yield address


@contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    """Variables of this process and of those that it starts, for the length of a block."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def server_process(
    listener: socket.socket, environment: Mapping[str, str], folder: Path
) -> ChildProcess:
    """Our own server on a socket that listens, as a child of this process; logs into the folder."""
    return ChildProcess(
        name="编排 the orchestrator",
        command=[
            *(sys.executable, "-m", "console.server.orchestrator.server_process"),
            *(str(os.getpid()), str(listener.fileno())),
        ],
        environment=environment,
        inherited=(listener.fileno(),),
        folder=ROOT,
        log=folder / "server.log",
    )


def api_address(listener: socket.socket) -> str:
    """Where our own server on that socket answers."""
    return f"http://127.0.0.1:{listener.getsockname()[1]}/api"


@contextmanager
def announced(folder: Path, address: str) -> Iterator[None]:
    """Let other commands over the same home find our own server, for the length of a block."""
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f"address.{os.getpid()}"
    draft.write_text(address)
    draft.replace(folder / "address")
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            # Another command may have announced its own in the meantime.
            if (folder / "address").read_text() == address:
                (folder / "address").unlink()


def answers(address: str) -> bool:
    """Whether what listens at that address says that it is well."""
    try:
        with urllib.request.urlopen(address, timeout=2):  # noqa: S310  (our own setting)
            return True
    except (OSError, urllib.error.URLError, ValueError):
        return False


@contextmanager
def _own_server(folder: Path, password: Mapping[str, str], *, services: bool) -> Iterator[str]:
    off = {f"PREFECT_SERVER_SERVICES_{name}_ENABLED": "false" for name in _OFF}
    off["PREFECT_SERVER_UI_ENABLED"] = "false"
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        announced(folder, api_address(listener)),
    ):
        environment = os.environ | password | ({} if services else off)
        child = server_process(listener, environment, folder)
        process = start(child)
        try:
            yield _wait_until_ready(process, api_address(listener), child.log)
        finally:
            stop(process, grace_seconds=15)


def _wait_until_ready(process: "subprocess.Popen[bytes]", address: str, log: Path) -> str:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if answers(f"{address}/ready"):
            return address
        time.sleep(0.1)
    msg = f"编排服务未能启动，请查看日志。The orchestrator did not start; read its log: {log}"
    raise MissingPartError(msg)


def _running(folder: Path) -> str | None:
    """The address of the server that is announced in the folder, when it answers."""
    try:
        address = (folder / "address").read_text().strip()
    except OSError:
        return None
    return address if answers(f"{address}/ready") else None
