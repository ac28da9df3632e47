"""The main job when parts of it fail: the command as an operator meets it, stored readings in it.

What is told of a run that ended: which home, what it printed, its outcomes.
"""

import datetime as dt
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.scale.random_kills.process_tree import kill, left_behind, members
from benchmarks.scale.random_kills.stored_readings import outcomes_of, write_stored
from storage.bootstrap import using_repositories
from storage.settings import Settings
from tasks.intake import examine_files
from tasks.intake.take_in import take_in_inbox
from tasks.reading.process.contained_reader import ContainedReader
from tasks.reconciliation.reconcile import reconcile
from tasks.rounds.round_results import load_decision
from tasks.upkeep.retry_failed import retry_failed
from tasks.verification import compare_stated_values, read_upload
from tests.servers import s3_settings_of
from tests.tasks.conftest import run_steps

pytestmark = pytest.mark.flow
KINBIND = Path(sys.executable).with_name("kinbind")
COUNT = 6
"""One more than the breaker lets fail in a row."""


class Command:
    """`kinbind` over one home and one inbox."""

    def __init__(self, folder, environment):
        self.inbox = folder / "inbox"
        self.home = folder / "home"
        self.results = folder / "results.jsonl"
        self.environment = os.environ | environment | {"KINBIND_HOME": str(self.home)}

    def start(self, *words):
        return subprocess.Popen(
            [KINBIND, *(words or ("run", self.inbox, "--results", self.results))],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *words, code):
        process = self.start(*words)
        said, _ = process.communicate(timeout=200)
        assert process.returncode == code, said
        return said

    def open(self):
        return using_repositories(Settings(home=self.home))


def wait(asked, process, seconds=220):
    deadline = time.monotonic() + seconds
    while not asked():
        assert process.poll() is None, process.stdout.read()
        assert time.monotonic() < deadline
        time.sleep(0.2)


@pytest.fixture
def office(tmp_path, monkeypatch):
    environment = write_stored(tmp_path, count=COUNT, seed=5)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return Command(tmp_path, environment)


@pytest.fixture
def calm(office, monkeypatch, tmp_path):
    """Outcome and codes of each application, where nothing fails."""
    reader = ContainedReader()
    for module in (examine_files, read_upload, compare_stated_values):
        monkeypatch.setattr(module, "contained_reader", lambda: reader)
    with using_repositories(Settings(home=tmp_path / "calm")) as repositories:
        taken = take_in_inbox(repositories, str(office.inbox), shard=200)
        outcomes = {}
        for round_id in taken.round_ids:
            run_steps(repositories, round_id)
            decision = load_decision(repositories, round_id)
            codes = tuple(sorted({found.code.value for found in decision.findings}))
            outcomes[decision.application_id] = (decision.outcome.value, codes)
    reader.close()
    return outcomes


def test_what_a_broken_engine_and_a_kill_left_is_brought_to_the_outcomes_of_a_calm_run(
    office, calm, orchestrator_url
):
    """F5, then F2: stopped by the breaker, taken back, killed, and taken up without its inbox."""
    office.environment |= orchestrator_url[1]
    broken = office.inbox.parent / "readings" / "broken"
    broken.touch()
    said = office.run(code=1)
    assert "5 applications in a row" in said
    assert "ValueError at sitecustomize.py" in said
    with office.open() as repositories:
        decided = [case for case in repositories.cases.rounds() if case.outcome is not None]
        assert len(decided) == 5, "the breaker leaves the others to a machine that is whole"
    broken.unlink()
    with office.open() as repositories:
        retry_failed(repositories, dt.datetime.now(dt.UTC), since=None, actor="test")

    killed = office.start()
    with office.open() as repositories:
        wait(lambda: any(case.outcome for case in repositories.cases.rounds()), killed)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert left_behind(office.home, office.inbox, 20) == []
    shutil.rmtree(office.inbox)
    office.inbox.mkdir()
    office.run(code=0)
    with office.open() as repositories:
        outcomes = {}
        for case in repositories.cases.rounds():
            decision = load_decision(repositories, case.round_id)
            codes = tuple(sorted({found.code.value for found in decision.findings}))
            outcomes[decision.application_id] = (decision.outcome.value, codes)
        assert outcomes == calm
        for name, (outcome, _) in calm.items():
            assert len(repositories.bindings.find(name)) == (outcome == "approved")
        assert repositories.audit.verify(repositories.archive).intact
        assert reconcile(repositories, repositories.cases.rounds()[0].received_at) == ()


def test_a_run_whose_orchestrator_is_killed_ends_with_its_results(office, calm):
    """F4."""
    run = office.start()
    with office.open() as repositories:
        wait(lambda: any(case.outcome for case in repositories.cases.rounds()), run)
        (server,) = members(office.home, office.inbox, "orchestrator")
        assert kill(server)
        said, _ = run.communicate(timeout=200)
        undecided = [case for case in repositories.cases.rounds() if case.outcome is None]
    assert run.returncode == (1 if undecided else 0), said
    outcomes = outcomes_of(office.results)
    assert len(outcomes) == COUNT - len(undecided)
    assert outcomes.items() <= calm.items()
    assert "Traceback" not in said
    assert left_behind(office.home, office.inbox, 20) == []


@pytest.mark.service
def test_a_bucket_that_overwrites_is_refused_before_anything_is_taken_in(
    office, s3_server, tmp_path
):
    """F8; this server knows no `x-oss-forbid-overwrite`, so that it overwrites."""
    store = s3_settings_of(s3_server, tmp_path, "overwrites")
    office.environment |= {
        "KINBIND_OBJECT_STORE": store.object_store,
        "KINBIND_S3_ENDPOINT_URL": store.s3_endpoint_url,
        "KINBIND_S3_ACCESS_KEY": store.s3_access_key.get_secret_value(),
        "KINBIND_S3_SECRET_KEY": store.s3_secret_key.get_secret_value(),
        "KINBIND_S3_PUT_ONCE": "x-oss-forbid-overwrite",
    }
    said = office.run(code=3)
    assert "overwrites what was written" in said
    with office.open() as repositories:
        assert repositories.cases.rounds() == ()
