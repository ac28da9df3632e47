"""The deployments of prefect.yaml, on a real orchestrator."""

import datetime as dt
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PREFECT = Path(sys.executable).with_name("prefect")


def prefect(*words, env):
    done = subprocess.run(
        [PREFECT, "--no-prompt", *words],
        cwd=ROOT,
        env=os.environ | env,
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def batches_are_submitted_once_and_taken_up_after_a_death(address, env):
    from prefect.client.orchestration import get_client
    from prefect.settings import (
        PREFECT_API_AUTH_STRING,
        PREFECT_API_URL,
        temporary_settings,
    )
    from prefect.states import Completed, Running

    from flows.submit_batches import deployment_with_workers, submit

    told = {PREFECT_API_URL: address, PREFECT_API_AUTH_STRING: env["PREFECT_API_AUTH_STRING"]}
    with temporary_settings(told), get_client(sync_client=True) as client:
        assert deployment_with_workers(client) is None, "no worker polls this pool"
        deployment = client.read_deployment_by_name("verify-batch/verify-batch")

        def runs():
            found = client.read_flow_runs()
            return sorted(
                (run for run in found if run.name == "verify-B1"), key=lambda r: r.created
            )

        def submitted(after):
            return submit(client, deployment.id, "B1", dt.datetime.now(dt.UTC) + after)

        minute = dt.timedelta(minutes=1)
        assert submitted(0 * minute)
        assert not submitted(60 * minute), "it waits for a worker, however long that takes"
        (first,) = runs()
        assert first.parameters == {"batch_id": "B1"}

        client.set_flow_run_state(first.id, Running(), force=True)
        assert not submitted(1 * minute), "its process may be about to take the batch's lock"
        assert submitted(2 * minute), "nobody holds the lock: its process is gone"
        first, second = runs()
        assert first.state.is_crashed()
        assert second.state.is_scheduled()

        client.set_flow_run_state(second.id, Completed(), force=True)
        assert not submitted(4 * minute), "what fails again and again is tried more and more rarely"
        assert submitted(6 * minute)
        client.set_flow_run_state(runs()[-1].id, Completed(), force=True)
        assert not submitted(9 * minute)
        assert submitted(11 * minute)


@pytest.mark.flow
def test_every_deployment_deploys_and_the_daily_one_is_really_scheduled(orchestrator_url, tmp_path):
    address, env = orchestrator_url
    env = env | {"KINBIND_ROOT": str(ROOT), "KINBIND_INBOX": str(tmp_path)}
    prefect("work-pool", "create", "kinbind", "--type", "process", env=env)
    prefect("deploy", "--all", env=env)

    import httpx

    user, _, password = env["PREFECT_API_AUTH_STRING"].partition(":")

    def asked(path, body):
        return httpx.post(f"{address}{path}", json=body, auth=(user, password), timeout=20).json()

    deployed = {d["name"]: d for d in asked("/deployments/filter", {})}
    assert set(deployed) == {
        *("daily", "settle-reviews", "verify-batch", "publish-dataset", "watch-deadlines"),
        *("reverify-bindings", "reconcile", "purge-expired", "verify-arrivals", "deliver-notices"),
        "draw-samples",
    }
    assert deployed["daily"]["entrypoint"] == "flows.daily:daily"

    # Hundreds of batches wait behind what runs every few minutes.
    queues = asked("/work_pools/kinbind/queues/filter", {})
    priority = {queue["name"]: queue["priority"] for queue in queues}
    assert {d["work_queue_name"] for d in deployed.values() if d["name"] != "verify-batch"} == {
        "default"
    }
    assert priority[deployed["verify-batch"]["work_queue_name"]] > priority["default"]
    batches_are_submitted_once_and_taken_up_after_a_death(address, env)

    # A broken scheduler fails silently: deploying succeeds and no run is ever planned.
    wanted = {"deployments": {"id": {"any_": [deployed["daily"]["id"]]}}}
    deadline = time.monotonic() + 60
    runs = asked("/flow_runs/filter", wanted)
    while not runs and time.monotonic() < deadline:
        time.sleep(1)
        runs = asked("/flow_runs/filter", wanted)
    assert {run["state_type"] for run in runs} == {"SCHEDULED"}
    first = min(run["expected_start_time"] for run in runs)
    assert first[11:16] == "00:30"  # 08:30 in Shanghai
