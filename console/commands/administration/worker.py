"""`kinbind worker`: a worker of an orchestrator that runs elsewhere, one for each core."""

import os
import sys
from typing import Annotated

import typer

from console.commands.output import say


def worker(
    *,
    queue: Annotated[
        str | None, typer.Option(help="Only this queue: default or batches.", show_default=False)
    ] = None,
) -> None:
    """工作进程。A worker that takes one run at a time; start one for each core.

    PREFECT_API_URL names the orchestrator, PREFECT_API_AUTH_STRING its password; for one that asks
    for none nothing is done. Wherever it is called, no `.env` of that folder is read.
    """
    from console.server.orchestrator.find_orchestrator import (
        HEARTBEAT_SECONDS,
        NAMED,
        ONE_THREAD,
        POOL,
        ROOT,
        quiet_environment,
    )
    from console.server.orchestrator.password import refuse_open
    from models.errors import MissingPartError
    from storage.private_files import close_home
    from storage.setting_paths import absolute_environment
    from storage.settings import load_settings

    settings = load_settings()
    address = os.environ.get(NAMED)
    if not address:
        msg = (
            f"请用 {NAMED} 指定编排服务；单机请用 kinbind serve。"
            f" {NAMED} names no orchestrator; on one machine use kinbind serve."
        )
        raise MissingPartError(msg)
    refuse_open(address)
    close_home(settings.home)
    environment = os.environ | quiet_environment(settings) | absolute_environment(settings)
    environment |= ONE_THREAD | {"PREFECT_FLOWS_HEARTBEAT_FREQUENCY": str(HEARTBEAT_SECONDS)}
    say(f"编排 orchestrator:        {address}")
    sys.stdout.flush()
    # The library takes settings from `.env` of the folder it stands in, and with them an
    # orchestrator, whose runs are any programs.
    os.chdir(ROOT)
    words = ["-m", "prefect", "worker", "start", "--pool", POOL, "--limit", "1"]
    words += ["--work-queue", queue] if queue else []
    os.execve(sys.executable, [sys.executable, *words], environment)  # noqa: S606
