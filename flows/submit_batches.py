"""Batches handed to the workers of the pool, each as a run of its own.

Who submits does not wait: as many batches are verified at once as there are workers, and the next
one of `daily` or `verify-arrivals` looks at what became of them. A batch is done when its rounds
have outcomes, whatever the orchestrator says of its runs.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from prefect import runtime
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterName,
)
from prefect.client.schemas.objects import FlowRun, WorkPoolStatus
from prefect.exceptions import ObjectNotFound
from prefect.states import Crashed

from flows.verify_batch import verify_batch
from storage.bootstrap import current_repositories
from tasks.verification.batches import undecided_rounds

SHARD: Final = 50
"""Applications in one run. At 4.5 CPU seconds each a run takes four minutes, of which its start is
three hundredths; so the last runs of a day end together, and a worker is soon free for others."""
_DEPLOYMENT: Final = "verify-batch/verify-batch"
_LOCKED_WITHIN: Final = dt.timedelta(seconds=90)
"""A run takes its batch's lock in its first second; three heartbeats of the orchestrator."""
_STARTED_WITHIN: Final = dt.timedelta(minutes=10)
"""A worker that took a run starts it in seconds."""
_PAUSE: Final = dt.timedelta(minutes=5)
_LONGEST_PAUSE: Final = dt.timedelta(hours=1)


def verify_batches(batch_ids: Sequence[str]) -> int:
    """Have batches verified: by the pool's workers, or here where none polls or a person runs it.

    Args:
        batch_ids: Batches with rounds without an outcome, that no run works on at this moment.

    Returns:
        How many were handed over, or verified here.
    """
    repositories = current_repositories()
    ready = [batch_id for batch_id in batch_ids if undecided_rounds(repositories, batch_id)]
    if runtime.deployment.id:
        with get_client(sync_client=True) as client:
            deployment_id = deployment_with_workers(client)
            if deployment_id is not None:
                now = dt.datetime.now(dt.UTC)
                return sum(submit(client, deployment_id, batch_id, now) for batch_id in ready)
    for batch_id in ready:
        verify_batch(batch_id)
    return len(ready)


def deployment_with_workers(client: SyncPrefectClient) -> UUID | None:
    """The deployment that verifies a batch; None where no worker would take its runs."""
    try:
        deployment = client.read_deployment_by_name(_DEPLOYMENT)
        pool = client.read_work_pool(deployment.work_pool_name or "")
    except ObjectNotFound:
        return None
    return deployment.id if pool.status is WorkPoolStatus.READY else None


def submit(client: SyncPrefectClient, deployment_id: UUID, batch_id: str, now: dt.datetime) -> bool:
    """Ask for a run over a batch, unless one waits or works, or too many have just ended.

    Two that submit at the same time ask for the same run: its key is the batch and how many runs
    over it have ended.
    """
    name = f"verify-{batch_id}"
    runs = client.read_flow_runs(
        flow_run_filter=FlowRunFilter(
            name=FlowRunFilterName(any_=[name]),
            deployment_id=FlowRunFilterDeploymentId(any_=[deployment_id]),
        )
    )
    for run in runs:
        if _is_dead(run, now):
            message = "The process of this run is gone; another run goes on with the batch."
            client.set_flow_run_state(run.id, Crashed(message=message), force=True)
        elif run.state is None or not run.state.is_final():
            return False
    if not _may_try_again(runs, now):
        return False
    client.create_flow_run_from_deployment(
        deployment_id,
        parameters={"batch_id": batch_id},
        name=name,
        idempotency_key=f"{batch_id}:{len(runs)}",
    )
    return True


def _is_dead(run: FlowRun, now: dt.datetime) -> bool:
    """Whether a run counts as at work although nobody holds its batch's lock, as we know here."""
    if run.state is None:
        return False
    age = now - run.state.timestamp
    return (run.state.is_running() and age > _LOCKED_WITHIN) or (
        run.state.is_pending() and age > _STARTED_WITHIN
    )


def _may_try_again(runs: Sequence[FlowRun], now: dt.datetime) -> bool:
    """At once after a first run that ended; after each further one after a pause twice as long."""
    if len(runs) < 2:
        return True
    last = max(run.state.timestamp for run in runs if run.state is not None)
    return now - last >= min(_PAUSE * 2.0 ** (len(runs) - 2), _LONGEST_PAUSE)
