"""The tables beside the policy files reach the stages that need them."""

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest

from models.checks.finding import CheckVerdict
from models.checks.reason import Reason
from models.clock import CHINA
from models.reading.document import Readings
from storage.bootstrap import using_repositories as open_for_a_block
from storage.settings import Settings
from tasks.intake.take_in import take_in_inbox
from tasks.policy.explain import explain_application
from tasks.rounds.round_context import RoundContext
from tasks.rounds.round_results import load_decision, readings_key
from tasks.verification.cross_check import cross_check
from tasks.verification.decide_round import decide_round
from tests.tasks.checks.dossiers import (
    CHILD,
    FATHER,
    MOTHER,
    application,
    birth,
    dossier,
    person,
    spouse,
)
from tests.tasks.policy.conftest import RECEIVED, decide_dossier

FOLDER = Path(__file__).parents[3] / "policies"


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(FOLDER, tmp_path / "policies"))


def test_days_that_the_overrides_close_lengthen_the_term_of_a_review(tmp_path, folder):
    received = RECEIVED.astimezone(CHINA).date()
    closed = [received + dt.timedelta(days=n) for n in range(1, 20)]
    lines = "".join(f"{day},no\n" for day in closed)
    (folder / "calendar_overrides.csv").write_text(f"date,working\n{lines}", "utf-8")
    doubtful = spouse(identity_route="non_face")
    with open_for_a_block(Settings(home=tmp_path / "home", policies=folder)) as repositories:
        decide_dossier(repositories, doubtful, "A1", RECEIVED)
        (review,) = repositories.reviews.list()
    assert review.due_at.astimezone(CHINA).date() > closed[-1]


def test_the_table_of_divisions_reaches_the_checks(repositories, decided):
    nowhere = person(CHILD.name, "2019-05-06", "女", region="330199")
    decided(dossier(application(FATHER, nowhere, "child"), birth(nowhere, MOTHER, FATHER)), "A1")
    explained = explain_application(repositories, "A1")
    assert explained is not None
    known = next(c for c in explained.checks if c.check == "division_codes_are_known")
    assert known.verdict is CheckVerdict.PASSED
    assert [f.code for f in known.unmet] == [Reason.DIVISION_UNKNOWN]
    assert explained.outcome == "approved"


def employers_inbox(tmp_path: Path, *, listed: list[str]) -> Path:
    inbox = tmp_path / "inbox"
    (inbox / "A1").mkdir(parents=True, exist_ok=True)
    form = application(FATHER, CHILD, "child", channel="employer", documents=[])
    (inbox / "A1" / "application.json").write_text(json.dumps(form), "utf-8")
    batch = {"employer_id": "E1", "batch_id": "B1", "application_ids": listed}
    (inbox / "batch.json").write_text(json.dumps(batch), "utf-8")
    return inbox


def codes_of(repositories, round_id) -> set[Reason]:
    papers = Readings(papers=(birth(CHILD, MOTHER, FATHER),))
    key = readings_key(round_id)
    readings = repositories.archive.find_or_keep(key, Readings, lambda: papers).digest
    report = cross_check(repositories, round_id, readings, None)
    decide_round(repositories, round_id, readings, None, report)
    decision = load_decision(repositories, round_id)
    assert decision is not None
    return {f.code for f in decision.findings}


def test_an_employer_s_list_is_taken_in_and_a_completed_one_is_a_new_round(repositories, tmp_path):
    incomplete = employers_inbox(tmp_path, listed=["A2"])
    (first,) = take_in_inbox(repositories, str(incomplete), shard=10).round_ids
    assert Reason.EMPLOYER_BATCH_INCOMPLETE in codes_of(repositories, first)
    complete = employers_inbox(tmp_path, listed=["A1"])
    (second,) = take_in_inbox(repositories, str(complete), shard=10).round_ids
    assert second != first
    found = load_dossier_batch(repositories, second)
    assert found.complete
    assert Reason.EMPLOYER_BATCH_INCOMPLETE not in codes_of(repositories, second)


def load_dossier_batch(repositories, round_id):
    repositories.archive.put_record(
        readings_key(round_id), Readings(papers=(birth(CHILD, MOTHER, FATHER),))
    )
    dossier_ = RoundContext.load(repositories, round_id).dossier
    assert dossier_ is not None
    assert dossier_.employer_batch is not None
    return dossier_.employer_batch
