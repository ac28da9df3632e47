"""Each flow of the office, once, inside a real orchestrator: what it returns and what it did."""

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from sqlalchemy import update

from kinbind.frames import manifest
from models.audit.event import EventTag
from models.bindings.unbinding import EndReason
from models.clock import CHINA
from models.deadline import Deadline
from models.decision.decision import Outcome
from models.intake.application import PersonRole
from models.reviews.review import ReviewState
from models.reviews.review_work import ReviewNote
from models.staff.staff_member import StaffRole
from storage.database.tables.cases import BindingRow, RoundRow
from storage.database.transactions import writing
from tasks.bindings.unbind import unbind
from tasks.reviewing.claims import claim
from tasks.rounds.round_results import arrival_key
from tests.review_steps import opine
from tests.tasks.conftest import BOOK, tags

pytestmark = pytest.mark.flow
ROOT = Path(__file__).parents[2]
NOW = dt.datetime.now(dt.UTC)
DAY = dt.timedelta(days=1)
PICTURES = {name: seed for name, (seed, _) in BOOK.items()}
PAPERS = [paper for _, paper in BOOK.values()]
RUN = """
import importlib, json, sys
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
    for module in sys.argv[1:]:
        name = module.rpartition(".")[2]
        flow = getattr(importlib.import_module(f"flows.{module}"), name)
        state = flow(return_state=True)
        gave = state.result() if state.is_completed() else None
        print(json.dumps([name, state.name, gave]))
"""


@pytest.fixture
def run(repositories, orchestrator_url):
    """Runs flows, by their modules, each in its turn, in one process: state, result by name."""

    def ran(*names):
        done = subprocess.run(
            [sys.executable, "-c", RUN, *names],
            env=os.environ
            | orchestrator_url[1]
            | {"KINBIND_HOME": str(repositories.settings.home)},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        lines = (json.loads(line) for line in done.stdout.splitlines() if line.startswith("["))
        return {name: (state, gave) for name, state, gave in lines}

    return ran


def waits_for_a_person(send, verify, application_id):
    """A case that claims to be a later round."""
    case = send(PICTURES, application_id=application_id, round=2)
    assert verify(case, PAPERS).outcome is Outcome.IN_REVIEW
    return case


def set_back(repositories, case, days):
    """Let a round have come in and ended that many days ago."""
    then = NOW - days * DAY
    values = {"received_at": then, "decided_at": then}
    with writing(repositories.engine) as connection:
        connection.execute(
            update(RoundRow).where(RoundRow.round_id == case.round_id).values(**values)
        )


def test_each_flow_does_its_work_once_and_says_what_it_did(
    repositories, send, verify, returned, with_policy, run, orchestrator_url
):
    repositories.cases.move_answer_day(
        returned.round_id, Deadline(day=(NOW - 3 * DAY).date(), provisional=False)
    )
    overdue, decided = (waits_for_a_person(send, verify, name) for name in ("A2", "A3"))
    review = repositories.reviews.find(overdue.round_id, "application")
    repositories.reviews.move_due(review.review_id, NOW - DAY, provisional=False)
    opinion = repositories.reviews.find(decided.round_id, "application").review_id
    claim(repositories, opinion, "lin", StaffRole.REVIEWER)
    said = {"four_eyes": False, "at": NOW}
    opine(repositories, opinion, "lin", Outcome.REJECTED, ("R02",), ReviewNote(), **said)
    approved = send({name: seed + 20 for name, seed in PICTURES.items()}, application_id="A4")
    assert verify(approved, PAPERS).outcome is Outcome.APPROVED
    with_policy(("effective: at_once", "effective: next_day"))
    announced = unbind(
        repositories,
        "A4",
        by="lin",
        reason=EndReason.REQUESTED,
        consents=[PersonRole.APPLICANT],
        now=NOW,
    )
    assert announced.refused is None
    assert len(repositories.bindings.in_force()) == 1
    with writing(repositories.engine) as connection:
        connection.execute(update(BindingRow).values(ends_on=NOW.astimezone(CHINA).date()))
    set_back(repositories, approved, days=40)
    uploads = len(list(repositories.archive.store.keys("uploads/")))

    ran = run(
        *("reviewing.settle_reviews", "reviewing.watch_deadlines", "upkeep.reverify_bindings"),
        *("upkeep.purge_expired", "reports.publish_dataset", "upkeep.reconcile"),
    )
    # The round that this test set back in the tables is told otherwise by the log.
    assert ran.pop("reconcile")[0] == "Failed", ran
    assert {state for state, _ in ran.values()} == {"Completed"}, ran

    assert ran["settle_reviews"][1] == 1
    assert repositories.reviews.get(opinion).state is ReviewState.SETTLED
    assert repositories.cases.get(decided.round_id).outcome is Outcome.REJECTED

    assert ran["watch_deadlines"][1] == {"moved": 0, "escalated": 1, "expired": 1, "undecided": 0}
    assert repositories.reviews.get(review.review_id).escalated_at is not None
    assert repositories.cases.get(returned.round_id).outcome is Outcome.REJECTED

    assert ran["reverify_bindings"][1] == {"ended": 1, "reviews": 0, "suspended": 0}
    assert repositories.bindings.in_force() == ()
    assert "binding:record:ended" in tags(repositories, "A4")

    assert ran["purge_expired"][1] == {"pictures": 1, "readings": 0, "records": 0, "drafts": 0}
    assert len(list(repositories.archive.store.keys("uploads/"))) == uploads - len(PICTURES)

    rows = ran["publish_dataset"][1]
    published = manifest(repositories.settings.home / "dataset")
    assert published.rows == rows
    assert published.withheld >= 4, "four rounds cannot be told without singling somebody out"

    assert repositories.audit.verify(repositories.archive).intact

    # Run again, nothing is left to do; and books that disagree make a run that an operator sees.
    repositories.archive.store.delete(arrival_key(returned.round_id))
    set_back(repositories, returned, days=1)
    repositories.audit.append(  # whatever happens to an application has it compared that night
        EventTag.CASE_VIEWED,
        application_id="A1",
        round_id=returned.round_id,
        actor="lin",
        idempotency_key="looked at",
    )
    again = run(
        *("reviewing.settle_reviews", "reviewing.watch_deadlines"),
        *("upkeep.purge_expired", "upkeep.reconcile"),
    )
    assert again["settle_reviews"] == ("Completed", 0)
    assert sum(again["watch_deadlines"][1].values()) == 0
    assert sum(again["purge_expired"][1].values()) == 0
    assert again["reconcile"][0] == "Failed"

    address, environment = orchestrator_url
    user, _, password = environment["PREFECT_API_AUTH_STRING"].partition(":")
    runs = httpx.post(
        f"{address}/flow_runs/filter",
        json={"limit": 200},
        auth=(user, password),
        timeout=30,
        trust_env=False,
    ).json()
    assert {"Completed", "Failed"} <= {one["state_name"] for one in runs}
    failed = [one["state"]["message"] for one in runs if one["state_name"] == "Failed"]
    assert any("kinbind reconcile" in message for message in failed)
