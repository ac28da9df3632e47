"""A decision takes effect whole, or not at all."""

import datetime as dt
import os

import pytest

from models.audit.event import EventTag
from models.checks.reason import Reason
from models.decision.decision import History, Outcome
from models.reviews.decision_rules import OpinionDraft
from models.reviews.review import ReviewState
from models.staff.staff_member import StaffMember, StaffRole
from storage.bootstrap import using_repositories
from storage.settings import Settings
from tasks.bindings.binding_reviews import put_before_person
from tasks.bindings.due_bindings import DueBinding
from tasks.reviewing.claims import claim
from tasks.reviewing.give_opinion import record_opinion
from tasks.reviewing.settle_review import (
    NotYoursToSettleError,
    due_reviews,
    settle_own_decision,
    settle_review,
)
from tasks.reviewing.undo import undo_opinion
from tests.review_steps import opine, tags
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


def held_again(repositories, review_id, outcome):
    """A case that lin decided and may still take back."""
    claim(repositories, review_id, "lin", StaffRole.REVIEWER)
    moment = dt.datetime.now(dt.UTC)
    soon = moment + dt.timedelta(minutes=5)
    draft = OpinionDraft(outcome=outcome)
    record_opinion(repositories, review_id, "lin", draft, four_eyes=False, settle_after=soon)
    return review_id


def approval(repositories):
    case = decide_dossier(repositories, spouse(identity_route="non_face"), "A2", RECEIVED)
    review_id = repositories.reviews.find(case.round_id, "application").review_id
    return held_again(repositories, review_id, Outcome.APPROVED)


def approval_of_what_is_bound(repositories):
    (review,) = due_reviews(repositories, dt.datetime.now(dt.UTC))
    settle_review(repositories, review.review_id)
    moment = dt.datetime.now(dt.UTC)
    repositories.reviews.reopen(review.review_id, ["X10"], opened_at=moment, due_at=moment)
    return held_again(repositories, review.review_id, Outcome.APPROVED)


def end_of_a_binding(repositories):
    settle_review(repositories, due_reviews(repositories, dt.datetime.now(dt.UTC))[0].review_id)
    (case,) = repositories.cases.find("A1")
    (state,) = repositories.bindings.of_round(case.round_id)
    moment = dt.datetime.now(dt.UTC)
    due = DueBinding("reverify:test", Reason.RELATIONSHIP_NOT_DETERMINED, moment.date(), "review")
    put_before_person(repositories, case, state, due, moment)
    review_id = repositories.reviews.find(case.round_id, due.subject).review_id
    return held_again(repositories, review_id, Outcome.REJECTED)


@pytest.mark.parametrize("decided", [approval, approval_of_what_is_bound, end_of_a_binding])
@pytest.mark.parametrize("shared", [(), ("member",)], ids=["", "something came to stand"])
def test_what_is_taken_back_in_the_last_moment_does_not_take_effect(
    home, monkeypatch, decided, shared
):
    lin = StaffMember(name="lin", role=StaffRole.REVIEWER, created_at=RECEIVED)
    with using_repositories(home) as repositories:
        review_id = decided(repositories)
        review = repositories.reviews.get(review_id)
        bound = len(repositories.bindings.in_force())
        history = repositories.match_keys.history
        monkeypatch.setattr(
            repositories.match_keys,
            "history",
            lambda *a, **k: history(*a, **k).model_copy(update={"shared_faces": shared}),
        )
        round_of, last_moment = repositories.cases.get, [dt.datetime.now(dt.UTC)]

        def while_it_is_taken_back(round_id):
            if last_moment:
                undo_opinion(repositories, review_id, lin, now=last_moment.pop())
            return round_of(round_id)

        monkeypatch.setattr(repositories.cases, "get", while_it_is_taken_back)
        before = tags(repositories, review.application_id)
        settle_review(repositories, review_id)
        after = tags(repositories, review.application_id)[len(before) :]
        assert after == [EventTag.OPINION_WITHDRAWN]
        again = repositories.reviews.get(review_id)
        assert (again.state, again.holder, again.turn) == (ReviewState.CLAIMED, "lin", review.turn)
        assert len(repositories.bindings.in_force()) == bound
