"""Samples are drawn from where the last drawing stopped, and nothing is left out by that."""

import datetime as dt

import pytest

from models.decision.decision import Outcome
from tasks.reviewing.samples.draw_samples import draw_samples
from tests.tasks.conftest import BOOK

PICTURES = {name: seed for name, (seed, _) in BOOK.items()}
PAPERS = [paper for _, paper in BOOK.values()]
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def looks(repositories, monkeypatch):
    """From which moment on each drawing looked."""
    since = []
    decided = repositories.search.decided

    def looked(outcome, moment):
        since.append(moment)
        return decided(outcome, moment)

    monkeypatch.setattr(type(repositories.search), "decided", lambda _, *asked: looked(*asked))
    return since


def test_each_drawing_goes_on_where_the_last_one_stopped_and_once_a_day_goes_back(
    repositories, send, verify, looks, monkeypatch
):
    case = send(PICTURES)
    assert verify(case, PAPERS).outcome is Outcome.APPROVED
    monkeypatch.setattr("tasks.reviewing.samples.draw_samples._SCALE", 1)  # nobody is drawn
    noon = dt.datetime.now(dt.UTC).replace(hour=4, minute=0)
    assert draw_samples(repositories, noon).approvals == 0
    draw_samples(repositories, noon + HOUR)
    assert looks == [noon - 48 * HOUR, noon - HOUR / 4]

    # An outcome of before, as a killed run leaves it, is drawn by the first drawing of a day.
    monkeypatch.setattr("tasks.reviewing.samples.draw_samples._SCALE", 1 << 60)  # everybody is
    monkeypatch.setattr("storage.audit.audit_search._PORTION", 1)
    tomorrow = noon + 24 * HOUR
    assert draw_samples(repositories, tomorrow).approvals == 1
    assert looks[-1] == noon - 47 * HOUR
    assert draw_samples(repositories, tomorrow + HOUR).approvals == 0
