"""The deployments of prefect.yaml, on a real orchestrator."""

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
    }
    assert deployed["daily"]["entrypoint"] == "flows.daily:daily"

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
