import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest

from models.decision.decision import Outcome
from models.reviews.review import ReviewState
from models.reviews.review_work import ReviewNote
from models.staff.staff_member import StaffRole
from storage.reviews.review_repository import ReviewMissingError
from tasks.reviewing.claims import claim
from tests.review_steps import opine

ON_BOTH_DATABASES = True

NOW = dt.datetime(2026, 11, 20, 1, 30, tzinfo=dt.UTC)


def test_a_round_opened_twice_is_one_case(repositories, waiting):
    (case,) = waiting(1)
    again = repositories.reviews.open(case.round_id, ["X10"], opened_at=NOW, due_at=NOW)
    assert again == case
    assert repositories.reviews.find(case.round_id, "application").codes == ("R03",)


def test_threads_that_open_one_round_get_one_case(repositories):
    round_id = repositories.cases.register("A1", "d", batch_id="b", received_at=NOW).round.round_id
    with ThreadPoolExecutor(8) as pool:
        cases = list(
            pool.map(
                lambda _: repositories.reviews.open(round_id, [], opened_at=NOW, due_at=NOW),
                range(16),
            )
        )
    assert len({case.review_id for case in cases}) == 1


def test_a_decision_waits_until_it_is_settled(repositories, waiting):
    (case,) = waiting(1)
    claim(repositories, case.review_id, "ann", StaffRole.REVIEWER)
    words = ReviewNote(note="张三的照片模糊")
    opine(
        repositories,
        case.review_id,
        "ann",
        Outcome.RETURNED,
        ["Q01"],
        words,
        four_eyes=False,
        at=NOW,
    )
    (decided,) = repositories.reviews.decided()
    assert decided.outcome is Outcome.RETURNED
    assert decided.decided_codes == ("Q01",)
    assert decided.note == words.note
    for _ in range(2):
        repositories.reviews.settle(case.review_id)
    assert repositories.reviews.decided() == ()
    assert repositories.reviews.list(ReviewState.SETTLED)[0].settled_at


def test_a_case_that_is_put_before_people_again_has_lost_its_decision(repositories, waiting):
    (case,) = waiting(1)
    claim(repositories, case.review_id, "ann", StaffRole.REVIEWER)
    opine(
        repositories,
        case.review_id,
        "ann",
        Outcome.APPROVED,
        [],
        ReviewNote(),
        four_eyes=False,
        at=NOW,
    )
    later = NOW + dt.timedelta(days=1)
    for _ in range(2):
        again = repositories.reviews.reopen(case.review_id, ["B03"], opened_at=later, due_at=later)
    assert (again.state, again.turn, again.codes) == (ReviewState.OPEN, 2, ("B03",))
    assert (again.holder, again.outcome, again.decided_at, again.note) == (None, None, None, "")
    assert repositories.opinions.of(case.review_id) == ()
    assert claim(repositories, case.review_id, "ann", StaffRole.REVIEWER)


def test_a_case_of_no_round_cannot_be_opened(repositories):
    with pytest.raises(ReviewMissingError):
        repositories.reviews.open("0" * 32, [], opened_at=NOW, due_at=NOW)
    with pytest.raises(ReviewMissingError):
        repositories.reviews.get("none")
