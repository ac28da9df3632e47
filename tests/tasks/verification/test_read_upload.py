"""A file that ends its readers: set aside for everybody, and its application goes to a person."""

import datetime as dt
import os
from pathlib import Path

import pytest

from models.checks.finding import CheckVerdict
from models.checks.reason import Reason
from models.decision.decision import Outcome
from models.reviews.review import APPLICATION, ReviewState
from models.staff.staff_member import StaffRole
from storage.database.named_lock import named_lock
from tasks.intake import examine_files
from tasks.intake.take_up import batch_lock_name, left_over_batches
from tasks.reading.process.contained_reader import ContainedReader
from tasks.reading.process.reading_budget import ReadingBudget
from tasks.reconciliation.reconcile import reconcile
from tasks.reviewing.claims import claim
from tasks.rounds.round_results import load_decision, load_readings
from tasks.upkeep.retry_failed import RetryCounts, retry_failed
from tasks.verification import read_upload
from tasks.verification.batches import undecided_rounds
from tests.obedient_reading import obedient_program  # noqa: F401  (fixture)
from tests.tasks import conftest
from tests.tasks.conftest import run_steps

pytestmark = pytest.mark.engine
NOW = dt.datetime.now(dt.UTC)
LATER = NOW + dt.timedelta(hours=2)


@pytest.fixture(scope="module")
def obedient(obedient_program):  # noqa: F811
    contained = ContainedReader(ReadingBudget(), program=obedient_program)
    yield contained
    contained.close()


@pytest.fixture
def reader(obedient, monkeypatch):
    """Reads for intake and verification; a file of this content does what it says."""
    for module in (examine_files, read_upload):
        monkeypatch.setattr(module, "contained_reader", lambda: obedient)
    drawn = conftest.picture
    monkeypatch.setattr(
        conftest, "picture", lambda seed: seed if isinstance(seed, bytes) else drawn(seed)
    )
    return obedient


def test_the_application_goes_to_a_person_and_the_file_is_not_tried_again(
    repositories, send, reader
):
    first = send({"good.jpg": 1, "bad.jpg": b"ABORT"})
    run_steps(repositories, first.round_id)
    decision = load_decision(repositories, first.round_id)
    assert decision.outcome is Outcome.IN_REVIEW
    told = [f for f in decision.findings if f.evidence and f.evidence[0].document == "bad.jpg"]
    assert (Reason.FIELD_UNREADABLE, CheckVerdict.CANNOT_TELL) in [
        (found.code, found.verdict) for found in told
    ]
    papers = {paper.file: paper for paper in load_readings(repositories, first.round_id).papers}
    assert [papers[name].unread for name in ("good.jpg", "bad.jpg")] == [False, True]

    again = send({"bad.jpg": b"ABORT"}, application_id="A2")
    reader.inspect(b"no picture")
    process = reader._process
    run_steps(repositories, again.round_id)
    assert reader._process is process
    assert repositories.cases.get(again.round_id).outcome is Outcome.IN_REVIEW
    assert not reconcile(repositories, LATER)


def test_what_the_system_failed_on_is_given_back_to_the_machine(repositories, send, reader):
    case = send({"one.jpg": b"ABORT one"})
    begun = send({"one.jpg": b"ABORT two"}, application_id="A2")
    for round_ in (case, begun):
        run_steps(repositories, round_.round_id)
    assert load_decision(repositories, case.round_id).outcome is Outcome.IN_REVIEW
    review = repositories.reviews.find(begun.round_id, APPLICATION)
    assert claim(repositories, review.review_id, "lin", StaffRole.REVIEWER)

    mended = Path(os.environ["MENDED"])
    mended.touch()
    done = retry_failed(repositories, LATER, since=None, actor="test")
    assert done == RetryCounts(rounds=1, with_people=1, files=2)
    taken_back = repositories.cases.get(case.round_id)
    assert (taken_back.outcome, taken_back.retries) == (None, 1)
    assert load_decision(repositories, case.round_id) is None
    (batch_id,) = left_over_batches(repositories, LATER, shard=200)
    assert [round_.round_id for round_ in undecided_rounds(repositories, batch_id)] == [
        case.round_id
    ]
    with named_lock(repositories.engine, batch_lock_name(batch_id)):
        assert left_over_batches(repositories, LATER, shard=200) == ()

    run_steps(repositories, case.round_id)
    assert not any(paper.unread for paper in load_readings(repositories, case.round_id).papers)
    assert load_decision(repositories, case.round_id).outcome is Outcome.IN_REVIEW
    review = repositories.reviews.find(case.round_id, APPLICATION)
    assert (review.state, review.turn) == (ReviewState.OPEN, 2)
    assert retry_failed(repositories, LATER, since=None, actor="test").rounds == 0
    assert not reconcile(repositories, LATER)
    mended.unlink()
