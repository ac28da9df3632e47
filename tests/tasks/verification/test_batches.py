"""A batch is verified once it is whole, and counted once all of it has an outcome."""

import datetime as dt

import pytest

from models.audit.event import EventTag
from tasks.intake import take_in as intake
from tasks.intake.take_up import left_over_batches
from tasks.verification.batches import close_batch
from tests.tasks.conftest import BOOK

PICTURES = {name: seed for name, (seed, _) in BOOK.items()}
PAPERS = [paper for _, paper in BOOK.values()]


@pytest.fixture
def waiting(repositories):
    return lambda: left_over_batches(repositories, dt.datetime.now(dt.UTC), shard=50)


def ends(repositories):
    finished = repositories.audit.system_events((EventTag.BATCH_FINISHED,), 9)
    return [event.details for event in finished]


def test_a_batch_is_counted_when_all_of_it_has_an_outcome_and_again_when_it_grew(
    repositories, send, verify
):
    case = send(PICTURES)
    close_batch(repositories, case.batch_id)
    assert ends(repositories) == [], "one of it has no outcome: whoever gives it one closes it"
    verify(case, PAPERS)
    for _ in range(2):
        close_batch(repositories, case.batch_id)
        assert ends(repositories) == [{"batch": case.batch_id, "faults": 0, "approved": 1}]


def test_nobody_takes_up_a_batch_that_is_still_being_filled(
    repositories, send, waiting, monkeypatch
):
    seen = []
    take_in = intake.take_in

    def looked(*asked, **more):
        taken = take_in(*asked, **more)
        seen.append(waiting())
        return taken

    monkeypatch.setattr(intake, "take_in", looked)
    case = send(PICTURES)
    assert seen == [()]
    assert waiting() == (case.batch_id,)
