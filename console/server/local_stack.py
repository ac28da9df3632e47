"""Orchestrator and worker beside the console on one machine: sockets, settings, supervision."""

import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

import uvicorn

from console.server.instance_lock import instance_lock
from console.server.orchestrator.find_orchestrator import (
    HEARTBEAT_SECONDS,
    NAMED,
    ONE_THREAD,
    ROOT,
    announced,
    answers,
    api_address,
    quiet_environment,
    server_process,
)
from console.server.orchestrator.password import (
    password_environment,
    password_file,
    refuse_open,
)
from console.server.orchestrator.worker_process import FOREIGN, OWN
from console.server.processes import ChildProcess
from console.server.sockets import address_of, listen
from console.server.supervisor import Supervisor
from models.errors import MissingPartError
from storage.setting_paths import absolute_environment
from storage.settings import Settings

_LOOPBACK: Final = "127.0.0.1"
_POLL_SECONDS: Final = 0.5
_HISTORY_DAYS: Final = 90


class StackReservation(NamedTuple):
    """What one running instance has alone: its sockets, and where it leaves its address."""

    orchestrator: socket.socket
    worker: socket.socket
    announce: Callable[[str], None]


@contextmanager
def reserve_stack(
    home: Path, *, orchestrator_port: int, worker_port: int
) -> Iterator[StackReservation]:
    """Take the home's instance lock and the ports, before anything heavy is loaded.

    Args:
        home: The home folder.
        orchestrator_port: On the loopback address; 0: any free one.
        worker_port: Likewise.

    Raises:
        MissingPartError: Another instance runs over this home, or a port is taken.
    """
    own = NAMED not in os.environ
    with (
        instance_lock(home) as announce,
        listen("worker", _LOOPBACK, worker_port) as worker,
        listen("orchestrator", _LOOPBACK, orchestrator_port if own else 0) as orchestrator,
    ):
        yield StackReservation(orchestrator, worker, announce)


@contextmanager
def local_stack(
    settings: Settings,
    reserved: StackReservation,
    console: str,
    server: uvicorn.Server,
    tell: Callable[[str], object],
) -> Iterator[None]:
    """Keep orchestrator and worker beside the console for the length of a block.

    They are started once the console answers: people work while the rest comes up. Where
    `PREFECT_API_URL` names an orchestrator, the worker serves that one and none is started.

    Args:
        settings: Where everything is.
        reserved: The lock and the sockets of this instance.
        console: The console's address, for whoever starts a second one.
        server: The console; it is ended when a part cannot stay.
        tell: Where to say addresses and what happens.

    Raises:
        MissingPartError: A part cannot stay, which names its log; or the named orchestrator asks
            for no password.
    """
    named = os.environ.get(NAMED)
    if named:
        refuse_open(named)
    reserved.announce(console)
    if settings.inbox is None:
        Path(settings.inbox_location).mkdir(exist_ok=True)
    address = named or api_address(reserved.orchestrator)
    health = f"{address_of(reserved.worker)}/health"
    environment = _environment(settings)
    if not named:
        environment |= password_environment(settings.home / "orchestrator")
    children = [_worker(settings, reserved.worker, address, environment, own=not named)]
    if not named:
        children.insert(0, _orchestrator(settings, reserved.orchestrator, environment))
    tell(f"编排 orchestrator:        {address.removesuffix('/api')}")
    if not named:
        tell(f"编排口令 its password:    {password_file(settings.home / 'orchestrator')}")
    tell(f"工作进程 worker:          {health}")
    supervisor = Supervisor(
        children,
        after=lambda: server.started,
        given_up=lambda: setattr(server, "should_exit", True),
        tell=tell,
    )
    supervisor.start()
    threading.Thread(target=_tell_when_ready, args=(health, supervisor, tell), daemon=True).start()
    with announced(settings.home / "orchestrator", address):
        try:
            yield
        finally:
            supervisor.finish()
    if supervisor.failure:
        raise MissingPartError(supervisor.failure)


def _environment(settings: Settings) -> dict[str, str]:
    """What every part is told: our settings as they are in force here, and one thread each."""
    paths = absolute_environment(settings)
    inbox = {"KINBIND_INBOX": settings.inbox_location, "KINBIND_ROOT": str(ROOT)}
    return {**os.environ, **quiet_environment(settings), **paths, **inbox, **ONE_THREAD}


def _orchestrator(
    settings: Settings, listener: socket.socket, environment: dict[str, str]
) -> ChildProcess:
    folder = settings.home / "orchestrator"
    own = {
        "PREFECT_UI_STATIC_DIRECTORY": str(folder / "pages"),
        # Relative, so that the pages also work through a tunnel under another port.
        "PREFECT_UI_API_URL": "/api",
        # The older pages: the newer ones ask for a file of their makers' at every start.
        "PREFECT_SERVER_UI_V2_ENABLED": "false",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": address_of(listener),
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(_HISTORY_DAYS * 86400),
    }
    return server_process(listener, environment | own, folder)


def _worker(
    settings: Settings,
    listener: socket.socket,
    address: str,
    environment: dict[str, str],
    *,
    own: bool,
) -> ChildProcess:
    own_or_foreign = OWN if own else FOREIGN
    heartbeat = {"PREFECT_FLOWS_HEARTBEAT_FREQUENCY": str(HEARTBEAT_SECONDS)}
    return ChildProcess(
        name="工作进程 the worker",
        command=[
            *(sys.executable, "-m", "console.server.orchestrator.worker_process"),
            *(str(os.getpid()), str(listener.fileno()), own_or_foreign),
        ],
        environment=environment | {NAMED: address} | heartbeat,
        inherited=(listener.fileno(),),
        folder=ROOT,
        log=settings.home / "orchestrator" / "worker.log",
    )


def _tell_when_ready(health: str, supervisor: Supervisor, tell: Callable[[str], object]) -> None:
    started = time.monotonic()
    while supervisor.is_alive():
        if answers(health):
            tell(f"全部就绪 all parts answer, after {time.monotonic() - started:.0f} s")
            return
        time.sleep(_POLL_SECONDS)
