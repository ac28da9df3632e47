"""The worker process; its arguments: its parent's id, a socket, whose orchestrator it serves.

On the socket it says whether it polls for work. It ends with the process that started it, and the
runs that it started end with it: nothing is lost by that, the next run goes on.
"""

import asyncio
import os
import signal
import socket
import sys
import threading
from typing import Final

from console.server.orchestrator.find_orchestrator import CORES, NAMED, POOL, answers
from console.server.processes import end_with_parent

OWN: Final = "own"
FOREIGN: Final = "foreign"
_POLL_SECONDS: Final = 5


async def _work(listener: socket.socket, *, own: bool) -> None:
    """Prepare the orchestrator where it is ours, then poll for work until told to stop."""
    from prefect.client.orchestration import get_client
    from prefect.workers.process import ProcessWorker
    from prefect.workers.server import build_healthcheck_server

    from console.server.orchestrator.deployments import prepare

    if own:
        async with get_client() as client:
            await prepare(client, os.environ)
    # On our own pool batches take no more places than cores: one stays for short runs.
    worker = ProcessWorker(work_pool_name=POOL, limit=CORES + 1 if own else CORES)
    health = build_healthcheck_server(worker, query_interval_seconds=_POLL_SECONDS)
    health_thread = threading.Thread(target=health.run, kwargs={"sockets": [listener]}, daemon=True)
    health_thread.start()
    await worker.start(printer=lambda _: None)


async def _until_signal(listener: socket.socket, *, own: bool) -> None:
    work = asyncio.ensure_future(_work(listener, own=own))
    for ending in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(ending, work.cancel)
    try:
        await work
    except asyncio.CancelledError:
        return


async def _wait_for_the_orchestrator(address: str) -> None:
    while not await asyncio.to_thread(answers, f"{address}/ready"):
        await asyncio.sleep(0.2)


def main() -> None:
    """Work until told to stop."""
    parent, listener = (int(word) for word in sys.argv[1:3])
    end_with_parent(parent)
    # The signal ends a process that waits; once it works, it ends in order.
    asyncio.run(_wait_for_the_orchestrator(os.environ[NAMED]))
    os.environ["PREFECT_WORKER_QUERY_SECONDS"] = str(_POLL_SECONDS)
    own = sys.argv[3] == OWN
    asyncio.run(_until_signal(socket.socket(fileno=listener), own=own))


if __name__ == "__main__":
    main()
