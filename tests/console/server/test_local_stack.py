"""`kinbind serve` as an operator meets it: one command, one tree, nothing left behind."""

import datetime as dt
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from sqlalchemy import update

from models.clock import CHINA
from models.decision.decision import Outcome
from models.reviews.review import ReviewState
from storage.bootstrap import using_repositories as open_for_a_block
from storage.database.tables.reviews import ReviewRow
from storage.database.transactions import writing
from storage.settings import Settings
from tests.console.conftest import Browser

pytestmark = [pytest.mark.flow, pytest.mark.timeout(280)]
ROOT = Path(__file__).parents[3]
CHILDREN = (
    "console.server.orchestrator.server_process",
    "console.server.orchestrator.worker_process",
)


class System:
    """A started `kinbind serve`, what it printed so far, and its processes."""

    def __init__(self, home, *options):
        ports = ("--port", "0", "--orchestrator-port", "0", "--worker-port", "0")
        self.home = home
        self.process = subprocess.Popen(
            [sys.executable, "-m", "console.cli", "serve", *ports, *options],
            env=os.environ | {"KINBIND_HOME": str(home), "PYTHONUNBUFFERED": "1"},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.printed: list[str] = []
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self):
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                self.printed.append(line)

    def says(self, pattern, seconds=200):
        """Wait for a line of that shape and give what it holds."""

        def said():
            return next((m for line in self.printed if (m := re.search(pattern, line))), None)

        return wait(said, seconds, lambda: "".join(self.printed) + self.logs())[1]

    def address(self, part):
        return self.says(rf"{part}: +(http://127\.0\.0\.1:\d+\S*)")

    def password(self):
        """User and password of its orchestrator."""
        user, _, word = (self.home / "orchestrator/password").read_text().partition(":")
        return user, word

    def logs(self):
        logs = (self.home / "orchestrator").glob("*.log")
        return "".join(path.read_text(errors="replace")[-2000:] for path in logs)

    def child(self, module):
        """The process of a part; None while there is none."""
        return next((pid for pid, words in processes(self.home) if module in words), None)

    def end(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        return self.over()

    def over(self, seconds=150):
        """Wait for the end and give the exit code."""
        code = self.process.wait(seconds)
        self._listener.join(10)
        return code


def wait(asked, seconds, otherwise=lambda: ""):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if (found := asked()) is not None and found is not False:
            return found
        time.sleep(0.1)
    pytest.fail(f"not within {seconds} s\n{otherwise()}")


def processes(home):
    """Every process that was started for this home: its id and its words."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().decode().split("\0")
            mine = f"KINBIND_HOME={home}\0".encode() in (folder / "environ").read_bytes()
        except OSError:
            continue
        if mine and words != [""]:
            yield int(folder.name), words


def api(system, path, body=None, method="POST"):
    """Ask the orchestrator, again where it is busy for a moment, as its own clients do."""
    address = system.address("orchestrator")

    def asked():
        answer = httpx.request(
            method,
            f"{address}/api{path}",
            json=body,
            auth=system.password(),
            timeout=30,
            trust_env=False,
        )
        return answer if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE else None

    answer = wait(asked, 30)
    answer.raise_for_status()
    return answer.json() if answer.content else None


@pytest.fixture(scope="module")
def start():
    """Starts a system over a home; it is ended at the end, whatever became of the test."""
    started = []

    def system(home, *options):
        started.append(System(home, *options))
        return started[-1]

    yield system
    for one in started:
        if one.process.poll() is None:
            one.end()


@pytest.fixture(scope="module")
def system(stocked_home, tmp_path_factory, start):
    """The whole system over invented cases; decisions are left to the schedule."""
    home = tmp_path_factory.mktemp("system") / "home"
    shutil.copytree(stocked_home, home)
    started = start(home, "--settle-every", "0")
    started.says("all parts answer(.*)")
    return started


def deployments(system):
    found = api(system, "/deployments/filter", {})
    return {one["name"]: one for one in found}


def test_the_three_addresses_answer(system):
    assert httpx.get(f"{system.address('review console')}/health", trust_env=False).text == "ok"
    assert httpx.get(system.address("worker"), trust_env=False).status_code == 200
    pages = httpx.get(system.address("orchestrator"), follow_redirects=True, trust_env=False)
    assert "<html" in pages.text
    assert "default-src 'self'" in pages.headers["content-security-policy"]
    settings = api(system, "/admin/settings", method="GET")
    assert settings["server"]["analytics_enabled"] is False


def test_its_pages_show_in_a_browser_and_call_nobody_else(system, chromium):
    from playwright.sync_api import expect

    address, called = system.address("orchestrator"), set()
    page = chromium.new_page()
    page.on("request", lambda request: called.add(urlsplit(request.url).netloc))
    page.goto(f"{address}/deployments")
    page.get_by_role("textbox").fill(":".join(system.password()))
    page.keyboard.press("Enter")
    # The first of ten to a page; the plan has more.
    expect(page.get_by_text("deliver-notices").first).to_be_visible(timeout=60_000)
    page.close()
    assert called <= {urlsplit(address).netloc, ""}


def test_another_site_cannot_reach_the_orchestrator_through_a_browser(system):
    address = system.address("orchestrator")
    for headers in ({"origin": "http://evil.example"}, {"host": "evil.example"}):
        answer = httpx.post(
            f"{address}/api/deployments/filter", json={}, headers=headers, trust_env=False
        )
        assert answer.status_code == 403


def test_an_account_of_the_machine_without_the_password_commands_no_run(system):
    """The three requests that would run a program as the office: look, make, start."""
    address = system.address("orchestrator")
    asked = (
        ("/deployments/filter", {}),
        ("/deployments/", {"name": "mine", "flow_id": str(uuid.uuid4()), "entrypoint": "x.py:x"}),
        (f"/deployments/{deployments(system)['daily']['id']}/create_flow_run", {}),
    )
    for path, body in asked:
        for auth in (None, ("office", "guessed")):
            answer = httpx.post(f"{address}/api{path}", json=body, auth=auth, trust_env=False)
            assert answer.status_code == 401, path
    kept = system.home / "orchestrator/password"
    assert kept.stat().st_mode & 0o077 == 0
    words = [word for _, command in processes(system.home) for word in command]
    assert not any(system.password()[1] in word for word in words)


def test_every_schedule_of_the_plan_really_creates_runs(system):
    planned = {name for name, one in deployments(system).items() if one["schedules"]}
    assert planned == {
        *("daily", "settle-reviews", "watch-deadlines", "publish-dataset", "draw-samples"),
        *("reverify-bindings", "reconcile", "purge-expired", "verify-arrivals", "deliver-notices"),
    }
    assert deployments(system)["daily"]["parameters"] == {"inbox": str(system.home / "inbox")}

    def all_have_runs():
        runs = api(system, "/flow_runs/filter", {"limit": 200})
        created = {run["deployment_id"] for run in runs if run["auto_scheduled"]}
        return {n for n in planned if deployments(system)[n]["id"] in created} == planned

    wait(all_have_runs, 90, system.logs)


def test_runs_that_fall_silent_are_watched_for(system):
    (watch,) = api(system, "/automations/filter", {})
    assert watch["enabled"]
    assert watch["trigger"]["posture"] == "Proactive"
    assert watch["trigger"]["within"] == 90
    assert watch["actions"][0]["state"] == "CRASHED"


def test_a_second_system_over_the_same_home_is_told_about_the_first(system, start):
    second = start(system.home)
    assert second.over() == 3
    said = "".join(second.printed)
    assert f"runs already over {system.home}" in said
    assert system.address("review console") in said
    assert "Traceback" not in said


def test_a_decision_made_while_the_orchestrator_is_down_is_settled_when_it_is_back(system):
    console = system.address("review console")
    settle = deployments(system)["settle-reviews"]["id"]
    often = {"schedules": [{"schedule": {"interval": 20}, "active": True}]}
    api(system, f"/deployments/{settle}", often, "PATCH")
    with open_for_a_block(Settings(home=system.home)) as repositories:
        review = next(r for r in repositories.reviews.list() if r.application_id == "A-NONFACE")
        case = f"/cases/{review.review_id}"
        with httpx.Client(base_url=console, timeout=60, trust_env=False) as client:
            browser = Browser(client)
            browser.sign_in("lin")
            browser.post(f"{case}/claim")

            down = system.child("console.server.orchestrator.server_process")
            os.kill(down, signal.SIGKILL)
            now = dt.datetime.now(CHINA).strftime("%Y-%m-%dT%H:%M")
            asked = {"asked": "member", "channel": "video", "asked_at": now, "shown": "出示身份证"}
            browser.post(f"{case}/decision", {"outcome": "approved", "note": "看过"} | asked)
        assert repositories.reviews.get(review.review_id).state is ReviewState.DECIDED
        assert repositories.bindings.find("A-NONFACE") == ()
        with writing(repositories.engine) as connection:  # the time for taking back is over
            connection.execute(update(ReviewRow).values(settle_after=None))

        wait(
            lambda: repositories.reviews.get(review.review_id).state is ReviewState.SETTLED,
            120,
            system.logs,
        )
        assert repositories.cases.get(review.round_id).outcome is Outcome.APPROVED
        assert len(repositories.bindings.find("A-NONFACE")) == 1
        assert repositories.audit.verify(repositories.archive).intact
    assert system.child("console.server.orchestrator.server_process") not in {None, down}
    wanted = {"deployments": {"id": {"any_": [settle]}}, "flow_runs": {}}
    runs = api(system, "/flow_runs/filter", wanted)
    assert any(run["auto_scheduled"] and run["start_time"] for run in runs)


def test_a_worker_that_is_killed_is_started_again_and_so_is_what_it_was_at(system):
    batch = deployments(system)["verify-batch"]["id"]
    # Far ahead, so that no worker takes it; then it counts as running, and nobody is at it.
    later = {"type": "SCHEDULED", "state_details": {"scheduled_time": "2099-01-01T00:00:00Z"}}
    asked = {"parameters": {"batch_id": "nothing"}, "state": later}
    lost = api(system, f"/deployments/{batch}/create_flow_run", asked)["id"]
    running = {"state": {"type": "RUNNING"}, "force": True}
    api(system, f"/flow_runs/{lost}/set_state", running)

    worker = system.child("console.server.orchestrator.worker_process")
    os.kill(worker, signal.SIGKILL)
    system.says("(the worker ended .signal 9.; it is started again)")
    assert wait(lambda: system.child("console.server.orchestrator.worker_process"), 30) != worker

    wanted = {"deployments": {"id": {"any_": [batch]}}}
    runs = wait(lambda: len(found := api(system, "/flow_runs/filter", wanted)) > 1 and found, 90)
    states = {run["id"]: run["state_type"] for run in runs}
    assert states.pop(lost) == "CRASHED"
    assert {run["parameters"]["batch_id"] for run in runs} == {"nothing"}


def test_settings_in_the_environment_of_a_part_are_the_ones_in_force(system):
    worker = system.child("console.server.orchestrator.worker_process")
    environment = Path(f"/proc/{worker}/environ").read_bytes().decode().split("\0")
    assert f"KINBIND_INBOX={system.home / 'inbox'}" in environment
    assert (system.home / "inbox").is_dir()
    assert "OMP_NUM_THREADS=1" in environment


def test_a_port_that_is_taken_is_a_sentence_and_not_a_traceback(tmp_path, start):
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        system = start(tmp_path / "home", "--orchestrator-port", port)
        assert system.over() == 3
    said = "".join(system.printed)
    assert f"no orchestrator on 127.0.0.1:{port}" in said
    assert "Traceback" not in said
    assert not list(processes(system.home))


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_nothing_is_left_behind_however_it_ends(system, start, how):
    """The system of the other tests is killed at work; one that starts over its home is ended."""
    if system.process.poll() is not None:
        system = start(system.home, "--settle-every", "0")
    wait(lambda: all(map(system.child, CHILDREN)), 200, lambda: system.printed)
    code = system.end(how)
    assert code == (-9 if how is signal.SIGKILL else 0)
    wait(lambda: not list(processes(system.home)), 15, lambda: list(processes(system.home)))
    assert "Traceback" not in "".join(system.printed)
