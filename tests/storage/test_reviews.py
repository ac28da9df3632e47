import datetime as dt
import itertools
from concurrent.futures import ThreadPoolExecutor

import pytest

from models.decision import Outcome
from models.review import ReviewState
from storage.reviews import NotHolderError, ReviewMissingError

ON_BOTH_DATABASES = True

NOW = dt.datetime(2026, 11, 20, 1, 30, tzinfo=dt.UTC)
LEASE = dt.timedelta(minutes=30)


@pytest.fixture
def waiting(office):
    """Open a number of cases; the n-th is due on the n-th day."""

    def opened(count):
        return [
            office.reviews.open(
                office.cases.register(f"A{n}", "d", batch_id="b", received_at=NOW).round.round_id,
                ["R03"],
                opened_at=NOW,
                due_at=NOW + dt.timedelta(days=n),
            )
            for n in range(count)
        ]

    return opened


def test_a_round_opened_twice_is_one_case(office, waiting):
    (case,) = waiting(1)
    again = office.reviews.open(case.round_id, ["X10"], opened_at=NOW, due_at=NOW)
    assert again == case
    assert office.reviews.of_round(case.round_id).codes == ("R03",)


def test_threads_that_open_one_round_get_one_case(office):
    round_id = office.cases.register("A1", "d", batch_id="b", received_at=NOW).round.round_id
    with ThreadPoolExecutor(8) as pool:
        cases = list(
            pool.map(
                lambda _: office.reviews.open(round_id, [], opened_at=NOW, due_at=NOW), range(16)
            )
        )
    assert len({case.review_id for case in cases}) == 1


def test_the_case_that_is_due_first_is_next(office, waiting):
    cases = waiting(3)
    taken = [office.reviews.claim_next("ann", LEASE) for _ in range(4)]
    assert [case and case.review_id for case in taken] == [*(c.review_id for c in cases), None]


def test_eight_threads_take_each_case_once(office, waiting):
    waiting(40)

    def empty_the_queue(holder):
        taken = []
        while case := office.reviews.claim_next(holder, LEASE):
            taken.append(case.review_id)
        return taken

    with ThreadPoolExecutor(8) as pool:
        desks = list(pool.map(empty_the_queue, "abcdefgh"))
    taken = list(itertools.chain.from_iterable(desks))
    assert len(taken) == len(set(taken)) == 40


def test_of_eight_who_claim_one_case_one_has_it(office, waiting):
    (case,) = waiting(1)
    with ThreadPoolExecutor(8) as pool:
        claims = list(
            pool.map(lambda who: office.reviews.claim(case.review_id, who, LEASE), "abcdefgh")
        )
    (winner,) = [claim for claim in claims if claim]
    assert office.reviews.get(case.review_id).holder == winner.holder


def test_a_lease_that_ran_out_frees_the_case(office, waiting):
    (case,) = waiting(1)
    office.reviews.claim(case.review_id, "ann", LEASE, now=NOW)
    early, late = NOW + LEASE / 2, NOW + LEASE * 2
    assert office.reviews.claim(case.review_id, "bob", LEASE, now=early) is None
    assert office.reviews.claim_next("bob", LEASE, now=early) is None
    assert office.reviews.claim_next("bob", LEASE, now=late).holder == "bob"
    with pytest.raises(NotHolderError):
        office.reviews.decide(case.review_id, "ann", Outcome.APPROVED, [], "", late)


def test_a_holder_can_keep_a_case_longer_and_put_it_back(office, waiting):
    (case,) = waiting(1)
    office.reviews.claim(case.review_id, "ann", LEASE, now=NOW)
    later = office.reviews.claim(case.review_id, "ann", LEASE, now=NOW + LEASE / 2)
    assert later.lease_until == NOW + LEASE * 1.5
    office.reviews.release(case.review_id, "bob")
    assert office.reviews.get(case.review_id).state is ReviewState.CLAIMED
    office.reviews.release(case.review_id, "ann")
    assert office.reviews.get(case.review_id).state is ReviewState.OPEN


def test_a_decision_waits_until_it_is_settled(office, waiting):
    (case,) = waiting(1)
    office.reviews.claim(case.review_id, "ann", LEASE)
    for _ in range(2):
        office.reviews.decide(
            case.review_id, "ann", Outcome.RETURNED, ["Q01"], "张三的照片模糊", NOW
        )
    (decided,) = office.reviews.decided()
    assert decided.outcome is Outcome.RETURNED
    assert decided.decided_codes == ("Q01",)
    assert decided.note == "张三的照片模糊"
    for _ in range(2):
        office.reviews.settle(case.review_id)
    assert office.reviews.decided() == ()
    assert office.reviews.list(ReviewState.SETTLED)[0].settled_at


def test_only_the_holder_decides_and_only_once(office, waiting):
    (case,) = waiting(1)
    decide = office.reviews.decide
    with pytest.raises(NotHolderError):
        decide(case.review_id, "ann", Outcome.APPROVED, [], "", NOW)
    office.reviews.claim(case.review_id, "ann", LEASE)
    with pytest.raises(NotHolderError):
        decide(case.review_id, "bob", Outcome.APPROVED, [], "", NOW)
    decide(case.review_id, "ann", Outcome.APPROVED, [], "", NOW)
    with pytest.raises(NotHolderError):
        decide(case.review_id, "ann", Outcome.REJECTED, [], "", NOW)
    assert office.reviews.claim(case.review_id, "bob", LEASE) is None


def test_a_review_does_not_end_in_review(office, waiting):
    (case,) = waiting(1)
    office.reviews.claim(case.review_id, "ann", LEASE)
    with pytest.raises(ValueError, match="review"):
        office.reviews.decide(case.review_id, "ann", Outcome.IN_REVIEW, [], "", NOW)


def test_a_case_of_no_round_cannot_be_opened(office):
    with pytest.raises(ReviewMissingError):
        office.reviews.open("0" * 32, [], opened_at=NOW, due_at=NOW)
    with pytest.raises(ReviewMissingError):
        office.reviews.get("none")
