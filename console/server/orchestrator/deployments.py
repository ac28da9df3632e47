"""Preparing an orchestrator of our own at each start: pool, deployments, crashed runs.

The deployments are those of prefect.yaml, which `prefect deploy --all` puts on any orchestrator;
here it is done in a second instead of twenty, and what was missed meanwhile is made up for.
"""

import datetime as dt
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple
from uuid import UUID

import yaml
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import DeploymentScheduleCreate, WorkPoolCreate
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import State, StateType
from prefect.client.schemas.schedules import CronSchedule, IntervalSchedule
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from prefect.events.schemas.events import ResourceSpecification
from prefect.exceptions import ObjectAlreadyExists
from prefect.states import Crashed
from prefect.utilities.callables import parameter_schema_from_entrypoint
from prefect.utilities.templating import apply_values
from prefect.workers.process import ProcessWorker

from console.server.orchestrator.find_orchestrator import CORES, HEARTBEAT_SECONDS, POOL, ROOT

_PACKAGED_PLAN: Final = Path(__file__).with_name("prefect.yaml")
PLAN: Final = _PACKAGED_PLAN if _PACKAGED_PLAN.is_file() else ROOT / "prefect.yaml"
"""The deployments: in a wheel beside this module, in a checkout at its root."""
_BATCHES: Final = "batches"
_SILENCE: Final = dt.timedelta(seconds=3 * HEARTBEAT_SECONDS)
_BEAT: Final = "prefect.flow-run.heartbeat"
_ENDS: Final = ("Completed", "Failed", "Cancelled", "Crashed")
_WATCH: Final = "a run that fell silent has crashed"


async def prepare(client: PrefectClient, environment: Mapping[str, str]) -> dict[str, UUID]:
    """Bring our own orchestrator to what this version needs; again changes nothing.

    Only for an orchestrator whose one worker is about to start: what runs there now, runs no more.

    Args:
        client: Of the orchestrator.
        environment: What `{{ $NAME }}` in prefect.yaml stands for.

    Returns:
        The deployments by name.
    """
    await _make_pool(client)
    lost = await _end_lost_runs(client)
    await _watch_heartbeats(client)
    # Deploying replaces the plan, and with it a backlog of hundreds of runs of one deployment.
    due = await _due(client) - {one.deployment_id for one in lost}
    deployed = await _deploy(client, environment)
    known = set(deployed.values())
    for one in lost:
        if one.deployment_id in known:
            # By a batch's name the next submitter sees that it is seen to.
            await client.create_flow_run_from_deployment(
                one.deployment_id, parameters=one.parameters, name=one.name
            )
    for missed in due & known:
        await client.create_flow_run_from_deployment(missed)
    await _leave_room(client)
    return deployed


async def _leave_room(client: PrefectClient) -> None:
    """Batches take every core and no more; of a worker's places one stays for short runs."""
    queue = await client.read_work_queue_by_name(_BATCHES, work_pool_name=POOL)
    await client.update_work_queue(queue.id, concurrency_limit=CORES)


async def _make_pool(client: PrefectClient) -> None:
    """A pool whose runs end with their worker, and start where our modules are found."""
    template = ProcessWorker.get_default_base_job_template()
    properties = template["variables"]["properties"]
    properties["command"]["default"] = (
        f"{sys.executable} -m console.server.orchestrator.flow_run_process"
    )
    properties["working_dir"]["default"] = str(ROOT)
    pool = WorkPoolCreate(name=POOL, type=ProcessWorker.type, base_job_template=template)
    try:
        await client.create_work_pool(pool)
    except ObjectAlreadyExists:
        await client.create_work_pool(pool, overwrite=True)


class _Lost(NamedTuple):
    """A run whose worker was killed: what has to be started again, under which name, with what."""

    deployment_id: UUID
    name: str
    parameters: dict[str, Any]


async def _end_lost_runs(client: PrefectClient) -> list[_Lost]:
    """Mark the runs of a worker that was killed as crashed, and name them."""
    states = FlowRunFilterStateType(
        any_=[StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]
    )
    runs = await client.read_flow_runs(
        flow_run_filter=FlowRunFilter(
            state=FlowRunFilterState(type=states),
            # Runs of `kinbind run` have no deployment, and that command may be at work.
            deployment_id=FlowRunFilterDeploymentId(is_null_=False),
        )
    )
    for run in runs:
        lost: State[None] = Crashed(
            message="The system stopped while this ran; the next run goes on."
        )
        await client.set_flow_run_state(run.id, lost, force=True)
    return [_Lost(run.deployment_id, run.name, run.parameters) for run in runs if run.deployment_id]


async def _watch_heartbeats(client: PrefectClient) -> None:
    """A killed run says nothing: without this it would count as running for ever."""
    if await client.read_automations_by_name(_WATCH):
        return
    trigger = EventTrigger(
        after={_BEAT},
        expect={_BEAT, *(f"prefect.flow-run.{end}" for end in _ENDS)},
        match=ResourceSpecification.model_validate({"prefect.resource.id": "prefect.flow-run.*"}),
        for_each={"prefect.resource.id"},
        posture=Posture.Proactive,
        threshold=1,
        within=_SILENCE,
    )
    crashed = ChangeFlowRunState(
        state=StateType.CRASHED, message="No sign of life; the next run goes on where it stopped."
    )
    await client.create_automation(
        AutomationCore(name=_WATCH, trigger=trigger, actions=[crashed], enabled=True)
    )


async def _due(client: PrefectClient) -> set[UUID]:
    """The deployments of which a planned run should have begun by now."""
    runs = await client.read_flow_runs(
        flow_run_filter=FlowRunFilter(
            state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
            expected_start_time=FlowRunFilterExpectedStartTime(before_=dt.datetime.now(dt.UTC)),
        )
    )
    return {run.deployment_id for run in runs if run.deployment_id}


async def _deploy(client: PrefectClient, environment: Mapping[str, str]) -> dict[str, UUID]:
    plan = yaml.safe_load(PLAN.read_text(encoding="utf-8"))
    plan = apply_values(plan, {f"${name}": value for name, value in environment.items()})
    deployed = {}
    for one in plan["deployments"]:
        module, _, function = one["entrypoint"].partition(":")
        schema = parameter_schema_from_entrypoint(f"{module}.{function}")
        deployed[one["name"]] = await client.create_deployment(
            flow_id=await client.create_flow_from_name(one["name"]),
            name=one["name"],
            description=one["description"],
            entrypoint=one["entrypoint"],
            parameters=one.get("parameters", {}),
            parameter_openapi_schema=schema.model_dump_for_openapi(),
            schedules=[
                DeploymentScheduleCreate(schedule=_schedule(s)) for s in one.get("schedules", ())
            ],
            concurrency_limit=one.get("concurrency_limit"),
            pull_steps=plan["pull"],
            work_pool_name=one["work_pool"]["name"],
            work_queue_name=one["work_pool"]["work_queue_name"],
            enforce_parameter_schema=True,
        )
    return deployed


def _schedule(given: Mapping[str, Any]) -> CronSchedule | IntervalSchedule:
    if "cron" in given:
        return CronSchedule(cron=given["cron"], timezone=given.get("timezone"))
    return IntervalSchedule(interval=dt.timedelta(seconds=given["interval"]))
