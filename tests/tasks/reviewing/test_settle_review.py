"""A decision takes effect whole, or not at all."""

import datetime as dt
import os

import pytest

from models.audit.event import EventTag
from models.decision.decision import History, Outcome
from models.reviews.review import ReviewState
from models.staff.staff_member import StaffMember, StaffRole
from storage.bootstrap import using_repositories
from storage.settings import Settings
from tasks.reviewing.claims import claim
from tasks.reviewing.settle_review import (
    NotYoursToSettleError,
    due_reviews,
    settle_own_decision,
    settle_review,
)
from tests.review_steps import opine
from tests.tasks.checks.dossiers import spouse
from tests.tasks.policy.conftest import RECEIVED, decide_dossier

KILLED = 9


@pytest.fixture
def home(tmp_path):
    """An installation in which one person has approved a case."""
    settings = Settings(home=tmp_path / "home")
    with using_repositories(settings) as repositories:
        case = decide_dossier(repositories, spouse(identity_route="non_face"), "A1", RECEIVED)
        review_id = repositories.reviews.find(case.round_id, "application").review_id
        claim(repositories, review_id, "lin", StaffRole.REVIEWER)
        opine(repositories, review_id, "lin", Outcome.APPROVED)
    return settings


def killed_at(settings, review_id, place):
    """Settle in another process that dies at a place; say how it ended."""
    child = os.fork()
    if child == 0:
        with using_repositories(settings) as repositories:
            owner, name = place(repositories)
            object.__setattr__(owner, name, lambda *_, **__: os._exit(KILLED))
            settle_review(repositories, review_id)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.parametrize(
    "place",
    [
        lambda r: (r.bindings, "activate"),
        lambda r: (r.audit, "append_many"),
        lambda r: (r.cases, "decide"),
        lambda r: (r.reviews, "settle"),
    ],
    ids=["after the object", "before the events", "before the outcome", "before the end"],
)
def test_who_is_killed_in_between_leaves_nothing_and_the_next_one_does_it_all(home, place):
    with using_repositories(home) as repositories:
        (review,) = due_reviews(repositories, dt.datetime.now(dt.UTC))
        assert killed_at(home, review.review_id, place) == KILLED
        before = [event.tag for event in repositories.audit.events("A1")]
        assert EventTag.CASE_DECIDED not in before
        assert repositories.cases.find("A1")[0].outcome is Outcome.IN_REVIEW
        assert not repositories.bindings.find("A1")
        assert repositories.reviews.get(review.review_id).state is ReviewState.DECIDED

        settle_review(repositories, review.review_id)
        after = [event.tag for event in repositories.audit.events("A1")][len(before) :]
        assert after == [EventTag.CASE_DECIDED, EventTag.BINDING_WRITTEN, EventTag.CASE_SETTLED]
        assert repositories.cases.find("A1")[0].outcome is Outcome.APPROVED
        assert len(repositories.bindings.in_force()) == 1
        assert repositories.audit.verify(repositories.archive).intact


def test_only_who_decided_puts_it_into_effect_before_its_time(home):
    lin, wang = (
        StaffMember(name=name, role=StaffRole.REVIEWER, created_at=RECEIVED)
        for name in ("lin", "wang")
    )
    with using_repositories(home) as repositories:
        (review,) = due_reviews(repositories, dt.datetime.now(dt.UTC))
        with pytest.raises(NotYoursToSettleError):
            settle_own_decision(repositories, review.review_id, wang)
        assert repositories.reviews.get(review.review_id).state is ReviewState.DECIDED
        settle_own_decision(repositories, review.review_id, lin)
        assert repositories.reviews.get(review.review_id).state is ReviewState.SETTLED


def test_what_came_to_stand_against_one_person_s_approval_goes_back_to_the_queue(home, monkeypatch):
    with using_repositories(home) as repositories:
        (review,) = due_reviews(repositories, dt.datetime.now(dt.UTC))
        seen = History(shared_faces=("member",))
        monkeypatch.setattr(repositories.match_keys, "history", lambda *_, **__: seen)
        settle_review(repositories, review.review_id)
        again = repositories.reviews.get(review.review_id)
        assert (again.state, again.turn) == (ReviewState.OPEN, 2)
        assert "X22" in again.codes
        assert not repositories.bindings.find("A1")
