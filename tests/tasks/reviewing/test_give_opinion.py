import datetime as dt

import pytest

from models.decision.decision import Outcome
from models.reviews.claim_rules import NotHolderError
from models.reviews.review import ReviewState
from models.reviews.review_work import ClaimState, ReviewNote
from models.staff.staff_member import StaffRole
from tasks.reviewing.claims import claim, claim_next
from tests.review_steps import opine

ON_BOTH_DATABASES = True

NOTHING_SAID = ReviewNote()
NOW = dt.datetime(2026, 11, 20, 1, 30, tzinfo=dt.UTC)


@pytest.fixture
def review_id(waiting):
    return waiting(1)[0].review_id


@pytest.fixture
def say(repositories, review_id):
    """Claim the case and give an opinion."""

    def said(
        staff, outcome, *, role=StaffRole.REVIEWER, four_eyes=False, codes=(), words=NOTHING_SAID
    ):
        assert claim(repositories, review_id, staff, role)
        return opine(
            repositories, review_id, staff, outcome, codes, words, four_eyes=four_eyes, at=NOW
        )

    return said


def test_an_opinion_in_one_s_own_words_is_kept_sealed(repositories, review_id, say):
    words = ReviewNote(note="张三的户口页看不清", advice={"Q05": "请重拍"})
    say("lin", Outcome.RETURNED, codes=["Q05"], words=words)
    assert repositories.opinions.words_of(review_id) == words
    assert repositories.reviews.get(review_id).note == words.note
    raw = b"".join(path.read_bytes() for path in repositories.settings.home.glob("case.db*"))
    assert "张三的户口页".encode() not in raw


def test_only_the_holder_decides_and_only_once(repositories, review_id, say):
    given = (Outcome.REJECTED, ["X20"], ReviewNote())
    with pytest.raises(NotHolderError):
        opine(repositories, review_id, "lin", *given, four_eyes=False, at=NOW)
    say("lin", Outcome.REJECTED, codes=["X20"])
    for name in ("lin", "wang"):
        with pytest.raises(NotHolderError):
            opine(repositories, review_id, name, *given, four_eyes=False, at=NOW)
        assert claim(repositories, review_id, name, StaffRole.REVIEWER) is None
    assert len(repositories.opinions.of(review_id)) == 1


def test_a_review_does_not_end_in_review(say):
    with pytest.raises(ValueError, match="review"):
        say("lin", Outcome.IN_REVIEW)


def test_a_first_opinion_leaves_the_case_open_for_another_person(repositories, review_id, say):
    assert say("lin", Outcome.APPROVED, four_eyes=True) is ClaimState.NEEDS_SECOND
    case = repositories.claims.get(review_id)
    assert (case.review.state, case.second) == (ReviewState.OPEN, True)
    assert claim_next(repositories, "lin", StaffRole.REVIEWER) is None
    assert claim_next(repositories, "wang", StaffRole.REVIEWER)


def test_two_who_agree_decide(repositories, review_id, say):
    assert say("lin", Outcome.APPROVED, four_eyes=True) is ClaimState.NEEDS_SECOND
    assert say("wang", Outcome.APPROVED, four_eyes=True) is ClaimState.DECIDED
    assert [o.binding for o in repositories.opinions.of(review_id)] == [False, True]
    assert repositories.reviews.get(review_id).outcome is Outcome.APPROVED


def test_two_who_differ_leave_it_to_a_senior(repositories, review_id, say):
    say("lin", Outcome.APPROVED, four_eyes=True)
    assert say("wang", Outcome.REJECTED, codes=["X20"]) is ClaimState.NEEDS_SENIOR
    assert claim(repositories, review_id, "ann", StaffRole.REVIEWER) is None
    assert say("su", Outcome.REJECTED, role=StaffRole.SENIOR, codes=["X20"]) is ClaimState.DECIDED
    assert repositories.reviews.get(review_id).outcome is Outcome.REJECTED
