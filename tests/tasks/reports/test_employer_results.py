"""An employer is told how its delivery went, and nothing that it did not know."""

import json

import pytest

from models.checks.finding import finding
from models.checks.reason import Reason
from models.decision.decision import Outcome
from tasks.intake.parse_batch import parse_list
from tasks.reports.employer_results import (
    TOLD,
    employer_ref,
    employer_result,
    keep_list,
    publish_result,
)
from tasks.verification.batches import close_batch
from tests.tasks.conftest import BOOK, blurred_book

PICTURES = {name: seed for name, (seed, _) in BOOK.items()}
PAPERS = [paper for _, paper in BOOK.values()]


@pytest.fixture
def ref(repositories):
    text = json.dumps({"employer_id": "E1", "batch_id": "2026-11", "application_ids": ["A1", "A2"]})
    return keep_list(repositories, parse_list(text))


def lines(repositories, ref):
    return {line.application_id: line for line in employer_result(repositories, ref).applications}


def test_a_delivery_is_told_when_all_of_it_is_decided_and_once(repositories, ref, send, verify):
    assert verify(send(PICTURES, application_id="A1"), PAPERS).outcome is Outcome.APPROVED
    assert {k: v.outcome for k, v in lines(repositories, ref).items()} == {
        "A1": "approved",
        "A2": "not_received",
    }
    assert not publish_result(repositories, ref)
    case = send(PICTURES, application_id="A2")
    assert lines(repositories, ref)["A2"].outcome == "under_way"
    assert verify(case, blurred_book()).outcome in {Outcome.RETURNED, Outcome.REJECTED}
    assert [publish_result(repositories, ref) for _ in range(2)] == [True, False]
    assert len(list(repositories.archive.store.keys("employer-results/"))) == 1


def test_a_case_before_a_person_keeps_the_delivery_open_and_gives_no_reason(
    repositories, ref, send, verify
):
    assert verify(send(PICTURES, application_id="A1", round=2), PAPERS).outcome == "in_review"
    line = lines(repositories, ref)["A1"]
    assert (line.outcome, line.codes) == ("in_review", ())
    assert not employer_result(repositories, ref).complete


def test_reasons_about_the_family_or_health_are_withheld(repositories, ref, send, verify):
    case = send(PICTURES, application_id="A1")
    bad = [
        p.model_copy(update={"findings": (finding(Reason.PICTURE_BLURRED),)})
        for p in blurred_book()
    ]
    verify(case, bad)
    decision_codes = {f.code for f in _decision(repositories, case).findings}
    line = lines(repositories, ref)["A1"]
    assert set(line.codes) <= TOLD
    assert set(line.codes) < decision_codes or not line.withheld
    shown = employer_result(repositories, ref).model_dump_json()
    assert not any(secret in shown for secret in ("沈建国", "沈雨桐", "长女"))


@pytest.mark.parametrize(
    "code", ["D30", "R02", "R03", "B01", "B02", "B05", "X06", "X20", "X21", "X22", "P01", "C04"]
)
def test_these_are_told_to_the_applicant_only(code):
    assert Reason(code) not in TOLD


def test_a_completed_list_takes_the_place_of_the_earlier_one(repositories, ref):
    text = json.dumps({"employer_id": "E1", "batch_id": "2026-11", "application_ids": ["A1"]})
    assert (
        keep_list(repositories, parse_list(text))
        == ref
        == employer_ref(repositories, "E1", "2026-11")
    )
    assert set(lines(repositories, ref)) == {"A1"}


def test_an_unknown_delivery_has_no_result(repositories):
    assert employer_result(repositories, employer_ref(repositories, "E9", "x")) is None


def test_closing_a_batch_tells_the_employer(repositories, tmp_path, send, verify, monkeypatch):
    from tasks.intake.take_in import take_in_inbox

    first = send(PICTURES, application_id="A1")
    inbox = tmp_path / "inbox-0"
    (inbox / "batch.json").write_text(
        json.dumps({"employer_id": "E1", "batch_id": "B1", "application_ids": ["A1"]})
    )
    taken = take_in_inbox(repositories, str(inbox), shard=10)
    case = repositories.cases.get(taken.round_ids[0])
    assert (first.employer_ref, case.employer_ref) == (None, employer_ref(repositories, "E1", "B1"))
    verify(case, PAPERS)
    close_batch(repositories, case.batch_id)
    assert bool(list(repositories.archive.store.keys("employer-results/"))) == (
        repositories.cases.get(case.round_id).outcome is not Outcome.IN_REVIEW
    )


def _decision(repositories, case):
    from tasks.rounds.round_results import load_decision

    return load_decision(repositories, case.round_id)
