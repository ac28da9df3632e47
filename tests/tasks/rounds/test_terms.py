"""The office's clock over the rounds of an application, and what happens when a term is over."""

import datetime as dt

import pytest

from models.clock import CHINA
from models.decision.decision import Decision, Outcome
from models.reviews.review import ReviewState
from tasks.rounds.round_context import RoundContext
from tasks.rounds.round_results import load_decision
from tasks.rounds.terms import answer_term, days_used, review_term
from tasks.upkeep.watch_deadlines import watch_deadlines
from tests.tasks.checks.dossiers import codes
from tests.tasks.conftest import BOOK, blurred_book, tags

PICTURES = {name: seed for name, (seed, _) in BOOK.items()}


def at(day, hour=10):
    return dt.datetime.fromisoformat(f"{day}T{hour:02}:00").replace(tzinfo=CHINA)


@pytest.fixture
def on_file(repositories):
    """Rounds of one application that came in and ended on given days."""

    def rounds(*days):
        for number, (received, ended) in enumerate(days, start=1):
            case = repositories.cases.register(
                "A7", f"d{number}", batch_id="b", received_at=at(received)
            ).round
            _without_form(repositories, case)
            if ended:
                decision = Decision(
                    application_id="A7",
                    outcome=Outcome.RETURNED,
                    decided_at=at(ended),
                    policy_version="none",
                )
                repositories.cases.decide(case.round_id, decision)
        return case

    return rounds


def _without_form(repositories, case):
    from models.intake.arrival import Arrival
    from tasks.rounds.round_results import arrival_key

    arrival = Arrival(application_id="A7", application=None, digest=case.content_digest)
    repositories.archive.put_record(arrival_key(case.round_id), arrival)


def test_the_clock_of_a_first_round_starts_with_the_taking_in(repositories, on_file):
    assert review_term(RoundContext(repositories, on_file(("2026-11-20", None)))).day == dt.date(
        2026, 11, 25
    )


def test_days_that_the_applicant_has_the_return_do_not_count(repositories, on_file):
    # Two working days in the first round, two weeks with the applicant: one day is left.
    case = on_file(("2026-11-02", "2026-11-04"), ("2026-11-18", None))
    assert days_used(repositories, case) == 2
    assert review_term(RoundContext(repositories, case)).day == dt.date(2026, 11, 19)


def test_at_least_one_working_day_is_left(repositories, on_file):
    case = on_file(("2026-11-02", "2026-11-12"), ("2026-11-20", None))
    assert review_term(RoundContext(repositories, case)).day == dt.date(2026, 11, 23)


def test_a_term_into_a_year_without_a_calendar_is_provisional_everywhere(repositories, on_file):
    case = on_file(("2026-12-30", None))
    assert review_term(RoundContext(repositories, case)).provisional
    assert answer_term(RoundContext(repositories, case), at("2026-12-20")).provisional
    assert "provisional" in answer_term(RoundContext(repositories, case), at("2026-12-20")).shown


def test_an_unanswered_return_expires_once_and_the_applicant_is_told_why(repositories, returned):
    due = repositories.cases.get(returned.round_id).answer_by.day
    watched = watch_deadlines(repositories, at(due.isoformat(), hour=23))
    assert watched.expired == 0
    after = at((due + dt.timedelta(days=1)).isoformat())
    assert [watch_deadlines(repositories, after).expired for _ in range(2)] == [1, 0]
    assert repositories.cases.get(returned.round_id).outcome is Outcome.REJECTED
    decision = load_decision(repositories, returned.round_id)
    assert decision is not None
    assert decision.outcome is Outcome.REJECTED
    assert codes(decision) >= {"S02", "Q01"}
    said = [found.message.zh for found in decision.findings]
    assert said[0] == "到期没有收到补充的材料。可以重新提交申请。"
    assert not [text for text in said if "重拍" in text], said
    assert decision.message is not None
    assert decision.message.zh.startswith("这次申请没有办成")
    assert tags(repositories).count("review:return:expired") == 1


def test_a_return_that_was_answered_does_not_expire(repositories, returned, send):
    send({"child.jpg": 9}, round=2)
    assert watch_deadlines(repositories, at("2029-01-01")).expired == 0


def test_a_policy_may_put_an_expired_return_before_a_person(
    repositories, with_policy, send, verify
):
    with_policy(("B06, S02]", "B06]"), ("X22, R03", "X22, S02, R03"))
    case = send(PICTURES)
    verify(case, blurred_book())
    assert watch_deadlines(repositories, at("2029-01-01")).expired == 1
    assert repositories.cases.get(case.round_id).outcome is Outcome.IN_REVIEW
    assert "S02" in repositories.reviews.find(case.round_id, "application").codes


def test_a_review_whose_term_is_over_is_escalated_once(repositories, send, verify):
    case = send(PICTURES, round=2)  # claims to be a later round: a person decides
    assert verify(case, [paper for _, paper in BOOK.values()]).outcome is Outcome.IN_REVIEW
    review = repositories.reviews.find(case.round_id, "application")
    assert watch_deadlines(repositories, review.due_at).escalated == 0
    late = review.due_at + dt.timedelta(seconds=1)
    assert [watch_deadlines(repositories, late).escalated for _ in range(2)] == [1, 0]
    assert repositories.reviews.get(review.review_id).escalated_at == late
    assert repositories.reviews.get(review.review_id).state is ReviewState.OPEN
    assert tags(repositories)[-1] == "review:case:escalated"


def test_a_provisional_day_moves_when_the_calendar_is_published(repositories, returned):
    guessed = repositories.cases.get(returned.round_id).answer_by.model_copy(
        update={"provisional": True}
    )
    off = guessed.model_copy(update={"day": guessed.day + dt.timedelta(days=9)})
    repositories.cases.move_answer_day(returned.round_id, off)
    assert watch_deadlines(repositories, at("2026-11-22")).moved == 1
    assert repositories.cases.get(returned.round_id).answer_by == answer_term(
        RoundContext(repositories, returned), repositories.cases.get(returned.round_id).decided_at
    )
    assert tags(repositories)[-1] == "review:term:moved"
