"""Worker hosts in network namespaces over PostgreSQL, S3 and an orchestrator; two of them fail.

    python -m benchmarks.scale.hosts --applications 36 --hosts 3 --seconds 1

Needs root. One host is killed and one is cut off while both verify a batch. It says what became of
every application; exit code 1 where one has no outcome, or something was lost or doubled.
"""

import argparse
import asyncio
import base64
import contextlib
import datetime as dt
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Final
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolUpdate
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.settings import PREFECT_API_AUTH_STRING, PREFECT_API_URL, temporary_settings

from benchmarks.scale.hosts.families import DELAY, write_families
from benchmarks.scale.hosts.network import ADDRESS, bridge, cut_off, host, relay
from console.server.orchestrator.deployments import prepare
from console.server.orchestrator.find_orchestrator import POOL, ROOT, answers
from models.audit.event import EventTag
from storage.bootstrap import Repositories, open_repositories
from storage.settings import load_settings
from tasks.intake.take_in import take_in_inbox
from tasks.reconciliation.reconcile import reconcile
from tests.servers import ACCESS, SECRET, postgresql, seaweedfs

_DATABASE, _BUCKET, _ORCHESTRATOR = 25432, 28333, 24200
_AGAIN_SECONDS: Final = 20
_LONGEST_SECONDS: Final = 1500


def _unix(url: str) -> socket.socket:
    server = socket.socket(socket.AF_UNIX)
    server.connect(f"{parse_qs(urlsplit(url).query)['host'][0]}/.s.PGSQL.5432")
    return server


@contextlib.contextmanager
def _services(root: Path) -> Iterator[None]:
    """Database, bucket and orchestrator, reachable by every host; told in the environment."""
    folders = SimpleNamespace(mktemp=lambda name: Path(tempfile.mkdtemp(prefix=name, dir=root)))
    with postgresql(folders) as database, seaweedfs(folders) as bucket, bridge():
        relay(_DATABASE, lambda: _unix(database))
        port = urlsplit(bucket).port or 80
        relay(_BUCKET, lambda: socket.create_connection(("127.0.0.1", port)))
        os.environ |= {
            "KINBIND_HOME": str(root / "office"),
            "KINBIND_DATABASE_URL": f"postgresql+psycopg://postgres@{ADDRESS}:{_DATABASE}/postgres",
            "KINBIND_OBJECT_STORE": f"s3://kinbind-{secrets.token_hex(4)}/office",
            "KINBIND_S3_ENDPOINT_URL": f"http://{ADDRESS}:{_BUCKET}",
            "KINBIND_S3_ACCESS_KEY": ACCESS,
            "KINBIND_S3_SECRET_KEY": SECRET,
            "KINBIND_MASTER_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
            "KINBIND_ROOT": str(ROOT),
            "KINBIND_INBOX": str(root / "inbox"),
        }
        words = ("orchestrator", "--host", ADDRESS, "--port", str(_ORCHESTRATOR))
        with _process(root, "orchestrator", [sys.executable, "-m", "console.cli", *words]):
            address = f"http://{ADDRESS}:{_ORCHESTRATOR}/api"
            _wait(lambda: answers(f"{address}/health"), 180, "the orchestrator answers")
            password = (root / "office/orchestrator/password").read_text().strip()
            os.environ |= {"PREFECT_API_URL": address, "PREFECT_API_AUTH_STRING": password}
            yield


@contextlib.contextmanager
def _process(
    root: Path, name: str, words: list[str], environment: Mapping[str, str] | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    """A process and what it starts, ended with the block."""
    with (root / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603  (our own words)
            words,
            cwd=ROOT,
            env=os.environ | dict(environment or {}),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait(asked: Callable[[], object], seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not asked():
        if time.monotonic() > deadline:
            msg = f"not within {seconds:.0f} s: {what}"
            raise SystemExit(msg)
        time.sleep(0.5)


async def _prepare() -> UUID:
    """The deployments of prefect.yaml without their schedules, on a pool that replaces reading."""
    async with get_client() as client:
        deployed = await prepare(client, os.environ)
        for deployment_id in deployed.values():
            await client.pause_deployment(deployment_id)
        pool = await client.read_work_pool(POOL)
        properties = pool.base_job_template["variables"]["properties"]
        properties["command"]["default"] = f"{sys.executable} -m benchmarks.scale.hosts.flow_run"
        changed = WorkPoolUpdate(base_job_template=pool.base_job_template)
        await client.update_work_pool(POOL, changed)
        queue = await client.read_work_queue_by_name("batches", work_pool_name=POOL)
        await client.update_work_queue(queue.id, concurrency_limit=1000)
        return deployed["verify-arrivals"]


def _worker(
    root: Path, name: str, queue: str, where: tuple[str, ...] = ()
) -> contextlib.AbstractContextManager["subprocess.Popen[bytes]"]:
    words = [
        *(*where, str(Path(sys.executable).with_name("prefect"))),
        *("worker", "start", "--pool", POOL, "--work-queue", queue, "--limit", "1"),
    ]
    home = {"KINBIND_HOME": str(root / name), "PREFECT_HOME": str(root / name / "prefect")}
    return _process(root, name, words, home)


def _fail_next(
    client: SyncPrefectClient, workers: list["subprocess.Popen[bytes]"], failed: list[int]
) -> None:
    """Kill the first host that is seen at work on a batch, and cut the second one off."""
    running = FlowRunFilterStateType(any_=[StateType.RUNNING])
    runs = client.read_flow_runs(
        flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=running))
    )
    hosts = {worker.pid: number for number, worker in enumerate(workers)}
    for run in runs:
        number = hosts.get(_parent((run.infrastructure_pid or ":0").rpartition(":")[2]))
        if number is None or number in failed or len(failed) == 2:
            continue
        if failed:
            cut_off(number)
        else:
            os.killpg(workers[number].pid, signal.SIGKILL)
        failed.append(number)
        print(f"host {number} {'cut off' if failed[1:] else 'killed'} at {run.name}", flush=True)


def _parent(process: str) -> int:
    with contextlib.suppress(OSError, IndexError):
        return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    return 0


def _decided(repositories: Repositories) -> int:
    return sum(case.outcome is not None for case in repositories.cases.rounds())


def _run(given: argparse.Namespace, root: Path, stack: contextlib.ExitStack) -> Repositories:
    write_families(root / "inbox", given.applications)
    repositories = open_repositories(load_settings())
    stack.callback(repositories.close)
    taken = take_in_inbox(repositories, str(root / "inbox"), shard=given.shard)
    print(f"{taken.new} applications in {len(taken.batch_ids)} batches", flush=True)
    arrivals = asyncio.run(_prepare())
    stack.enter_context(_worker(root, "short-runs", "default"))
    workers = []
    for number in range(given.hosts):
        name = stack.enter_context(host(number))
        where = ("ip", "netns", "exec", name)
        workers.append(stack.enter_context(_worker(root, name, "batches", where)))
    client = stack.enter_context(get_client(sync_client=True))
    started = asked = time.monotonic()
    client.create_flow_run_from_deployment(arrivals)
    failed: list[int] = []
    first = 0.0
    while (decided := _decided(repositories)) < taken.new:
        time.sleep(1)
        now = time.monotonic()
        if now - started > _LONGEST_SECONDS:
            break
        if decided and not first:
            first = now
        if now - asked > _AGAIN_SECONDS:
            client.create_flow_run_from_deployment(arrivals)
            asked = now
        if not given.calm:
            _fail_next(client, workers, failed)
    print(f"{decided} decided, {time.monotonic() - (first or started):.0f} s after the first one")
    runs = client.read_flow_runs()
    print(
        "runs over batches:", Counter(r.state_name for r in runs if r.name.startswith("verify-B"))
    )
    return repositories


def _differences(repositories: Repositories, applications: int) -> list[str]:
    """What was lost or doubled."""
    rounds = repositories.cases.rounds()
    outcomes = Counter(case.outcome.value if case.outcome else "undecided" for case in rounds)
    print("outcomes:", dict(outcomes), "bindings:", len(repositories.bindings.in_force()))
    ends = repositories.audit.system_events((EventTag.BATCH_FINISHED,), 10_000)
    counted = sum(int(str(event.details.get("approved", 0))) for event in ends)
    report = repositories.audit.verify(repositories.archive)
    later = dt.datetime.now(dt.UTC) + dt.timedelta(hours=2)
    faults = [f"{item.fault.value} {item.subject}" for item in reconcile(repositories, later)]
    if dict(outcomes) != {"approved": applications}:
        faults.append("an application has another outcome than its family's")
    if len(repositories.bindings.in_force()) != applications or counted != applications:
        faults.append(f"bindings or counts differ: {counted} counted")
    if not report.intact:
        faults.append(f"chain: {report.problem}")
    for case in rounds:
        tags = Counter(event.tag for event in repositories.audit.events(case.application_id))
        if tags[EventTag.APPLICATION_DECIDED] != 1 or tags[EventTag.BINDING_WRITTEN] != 1:
            faults.append(f"{case.application_id} was decided or bound more than once")
    print(f"audit log: {report.events} events, intact {report.intact}")
    return faults


def main() -> int:
    """Run, fail, look."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hosts", type=int, default=3)
    parser.add_argument("--applications", type=int, default=36)
    parser.add_argument("--shard", type=int, default=6, help="applications in a batch")
    parser.add_argument("--seconds", type=float, default=1.0, help="what reading takes")
    parser.add_argument("--calm", action="store_true", help="nobody fails")
    given = parser.parse_args()
    os.environ |= {DELAY: str(given.seconds), "OMP_NUM_THREADS": "1"}
    with (
        tempfile.TemporaryDirectory(prefix="kinbind-hosts-") as folder,
        contextlib.ExitStack() as s,
    ):
        root = Path(folder)
        s.enter_context(_services(root))
        told = {PREFECT_API_URL: os.environ["PREFECT_API_URL"]}
        told[PREFECT_API_AUTH_STRING] = os.environ["PREFECT_API_AUTH_STRING"]
        s.enter_context(temporary_settings(told))
        faults = _differences(_run(given, root, s), given.applications)
        for log in root.glob("*.log"):
            if faults:
                print(log.name, log.read_text(errors="replace")[-1500:])
    print("\n".join(faults) if faults else "nothing lost, nothing doubled")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
