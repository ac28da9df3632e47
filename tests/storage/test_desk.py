import datetime as dt
import itertools
from concurrent.futures import ThreadPoolExecutor

import pytest

from models.decision import Outcome
from models.desk import Words, risk_of
from models.review import ReviewState
from models.staff import Role
from storage.reviews import NotHolderError, ReviewMissingError

NOW = dt.datetime(2026, 11, 20, 1, 30, tzinfo=dt.UTC)
LEASE = dt.timedelta(minutes=10)


@pytest.fixture
def waiting(office):
    def opened(count):
        return [
            office.reviews.open(
                office.cases.register(f"A{n}", "d", batch_id="b", received_at=NOW).round.round_id,
                ["R03"],
                opened_at=NOW,
                due_at=NOW + dt.timedelta(days=n),
            ).review_id
            for n in range(count)
        ]

    return opened


def test_eight_reviewers_empty_the_queue_and_each_case_is_one_s(office, waiting):
    opened = waiting(96)

    def work(name):
        taken = []
        while case := office.desk.claim_next(name, Role.REVIEWER, LEASE):
            taken.append(case.review.review_id)
        return taken

    with ThreadPoolExecutor(8) as pool:
        desks = list(pool.map(work, "abcdefgh"))
    taken = list(itertools.chain.from_iterable(desks))
    assert sorted(taken) == sorted(opened)


def test_an_opinion_in_one_s_own_words_is_kept_sealed(office, waiting):
    (review_id,) = waiting(1)
    office.desk.claim(review_id, "lin", Role.REVIEWER, LEASE)
    words = Words(note="张三的户口页看不清", advice={"Q05": "请重拍"})
    office.desk.decide(review_id, "lin", Outcome.RETURNED, ["Q05"], words, four_eyes=False, at=NOW)
    assert office.desk.words_of(review_id) == words
    assert office.reviews.get(review_id).note == words.note
    raw = b"".join(path.read_bytes() for path in office.settings.home.glob("case.db*"))
    assert "张三的户口页".encode() not in raw


def test_a_decision_needs_the_case_and_is_made_once(office, waiting):
    (review_id,) = waiting(1)
    given = (Outcome.REJECTED, ["X20"], Words())
    with pytest.raises(NotHolderError):
        office.desk.decide(review_id, "lin", *given, four_eyes=False, at=NOW)
    office.desk.claim(review_id, "lin", Role.REVIEWER, LEASE)
    with pytest.raises(ValueError, match="review"):
        office.desk.decide(
            review_id, "lin", Outcome.IN_REVIEW, [], Words(), four_eyes=False, at=NOW
        )
    office.desk.decide(review_id, "lin", *given, four_eyes=False, at=NOW)
    with pytest.raises(NotHolderError):
        office.desk.decide(review_id, "lin", *given, four_eyes=False, at=NOW)
    assert len(office.desk.opinions(review_id)) == 1
    with pytest.raises(ReviewMissingError):
        office.desk.get("0" * 32)


def test_a_first_opinion_leaves_the_case_open_for_another_person(office, waiting):
    (review_id,) = waiting(1)
    office.desk.claim(review_id, "lin", Role.REVIEWER, LEASE)
    office.desk.ask_second(review_id, "lin")
    office.desk.decide(review_id, "lin", Outcome.APPROVED, [], Words(), four_eyes=False, at=NOW)
    case = office.desk.get(review_id)
    assert (case.review.state, case.second) == (ReviewState.OPEN, True)
    assert office.desk.claim_next("lin", Role.REVIEWER, LEASE) is None
    assert office.desk.claim_next("wang", Role.REVIEWER, LEASE)


def test_risk_grows_with_the_gravity_and_the_number_of_reasons():
    assert risk_of([]) < risk_of(["Q05"]) < risk_of(["R03"]) < risk_of(["X20"])
    assert risk_of(["Q05"]) < risk_of(["Q05", "Q01"]) <= 100
    assert risk_of(["X20"] + [f"Q{n:02}" for n in range(40)]) == 100
