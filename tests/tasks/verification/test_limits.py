"""What becomes impossible while a person decides goes back to that person."""

import datetime as dt

from models.decision.decision import Outcome
from models.reviews.review import ReviewState
from models.reviews.review_work import Words
from models.staff.staff_member import Role
from tasks.reviewing.settle_review import settle_review
from tests.tasks.conftest import BOOK, tags

PICTURES = {name: seed for name, (seed, _) in BOOK.items()}
PAPERS = [paper for _, paper in BOOK.values()]


def test_an_approval_of_a_pair_that_was_bound_meanwhile_goes_back_to_the_queue(
    office, send, verify
):
    waiting = send(PICTURES, application_id="A1", round=2)  # out of turn: a person decides
    assert verify(waiting, PAPERS).outcome is Outcome.IN_REVIEW
    review = office.reviews.of_round(waiting.round_id)
    assert verify(send(PICTURES, application_id="A2"), PAPERS).outcome is Outcome.APPROVED

    office.desk.claim(review.review_id, "lin", Role.REVIEWER, dt.timedelta(hours=1))
    now = dt.datetime.now(dt.UTC)
    office.opinions.give(
        review.review_id, "lin", Outcome.APPROVED, [], Words(), four_eyes=False, at=now
    )
    settle_review(office, review.review_id)

    again = office.reviews.get(review.review_id)
    assert (again.state, again.turn, again.holder) == (ReviewState.OPEN, 2, None)
    assert "B03" in again.codes
    assert office.cases.get(waiting.round_id).outcome is Outcome.IN_REVIEW
    assert "review:case:reopened" in tags(office)
    assert len(office.bindings.in_force()) == 1

    office.desk.claim(review.review_id, "lin", Role.REVIEWER, dt.timedelta(hours=1))
    office.opinions.give(
        review.review_id, "lin", Outcome.REJECTED, ["B03"], Words(), four_eyes=False, at=now
    )
    settle_review(office, review.review_id)
    assert office.cases.get(waiting.round_id).outcome is Outcome.REJECTED
    assert office.reviews.get(review.review_id).state is ReviewState.SETTLED
