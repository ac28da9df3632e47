import datetime as dt

import pytest

from models.decision.decision import Outcome
from models.reviews.claim_rules import (
    LEASE,
    Involvement,
    NotHolderError,
    lease_is_over,
    may_claim,
)
from models.reviews.review import ReviewCase, ReviewState
from models.reviews.review_work import ClaimedReview, ReviewKind
from models.staff.staff_member import StaffRole

NOW = dt.datetime(2026, 11, 20, 1, 30, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


def case(*, holder=None, until=None, outcome=None, **marks):
    state = ReviewState.CLAIMED if holder else ReviewState.OPEN
    review = ReviewCase(
        review_id="r", round_id="o", application_id="A1", state=state, codes=("R03",),
        opened_at=NOW, due_at=NOW, holder=holder, lease_until=until, outcome=outcome,
    )  # fmt: skip
    return ClaimedReview(review=review, **marks)


@pytest.mark.parametrize(
    ("lying", "role", "involvement", "allowed"),
    [
        pytest.param(case(), StaffRole.REVIEWER, (), True, id="free"),
        pytest.param(case(outcome=Outcome.APPROVED), StaffRole.SENIOR, (), False, id="decided"),
        pytest.param(
            case(holder="bob", until=NOW + SECOND), StaffRole.REVIEWER, (), False, id="held"
        ),
        pytest.param(
            case(holder="bob", until=NOW - SECOND), StaffRole.REVIEWER, (), True, id="lease over"
        ),
        pytest.param(case(holder="ann", until=NOW), StaffRole.REVIEWER, (), True, id="mine"),
        pytest.param(case(senior=True), StaffRole.REVIEWER, (), False, id="for a senior"),
        pytest.param(case(senior=True), StaffRole.SENIOR, (), True, id="a senior"),
        pytest.param(case(), StaffRole.SENIOR, (True,), False, id="gave an opinion"),
        pytest.param(case(), StaffRole.REVIEWER, (False, True), True, id="decided an older round"),
        pytest.param(
            case(kind=ReviewKind.SECOND_LOOK), StaffRole.SENIOR, (False, True), False,
            id="second look at one's own decision",
        ),
        pytest.param(
            case(postponed_until=NOW + LEASE), StaffRole.REVIEWER, (), True, id="postponed, by name"
        ),
    ],
)  # fmt: skip
def test_who_may_claim_a_case_by_its_identifier(lying, role, involvement, allowed):
    assert may_claim(lying, "ann", role, Involvement(*involvement), NOW) is allowed


def test_a_lease_is_over_after_its_last_moment():
    assert not lease_is_over(case(holder="ann", until=NOW), NOW)
    assert lease_is_over(case(holder="ann", until=NOW), NOW + SECOND)
    assert lease_is_over(case(), NOW)
    assert dt.timedelta(minutes=10) == LEASE


@pytest.mark.parametrize(
    ("lying", "said"),
    [
        (case(outcome=Outcome.APPROVED), "The case is decided already"),
        (case(holder="bob", until=NOW), "bob has the case now (until 09:30)"),
        (case(holder="bob"), "You do not hold this case any more"),
        (case(), "You do not hold this case any more"),
        (None, "You do not hold this case any more"),
    ],
)
def test_who_lost_a_case_is_told_who_has_it(lying, said):
    assert NotHolderError(lying).title[1] == said


def test_a_case_is_held_by_its_holder_only():
    held = case(holder="ann", until=NOW - LEASE)
    assert held.is_held_by("ann")
    assert not held.is_held_by("bob")
    assert not case().is_held_by("ann")
