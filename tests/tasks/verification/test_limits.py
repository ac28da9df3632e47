"""What becomes impossible while a person decides goes back to that person."""

import datetime as dt

from models.decision.decision import Outcome
from models.reviews.review import ReviewState
from models.reviews.review_work import ReviewNote
from models.staff.staff_member import StaffRole
from tasks.reviewing.claims import claim
from tasks.reviewing.settle_review import settle_review
from tests.review_steps import opine
from tests.tasks.conftest import BOOK, tags

PICTURES = {name: seed for name, (seed, _) in BOOK.items()}
PAPERS = [paper for _, paper in BOOK.values()]


def test_an_approval_of_a_pair_that_was_bound_meanwhile_goes_back_to_the_queue(
    repositories, send, verify
):
    waiting = send(PICTURES, application_id="A1", round=2)  # out of turn: a person decides
    assert verify(waiting, PAPERS).outcome is Outcome.IN_REVIEW
    review = repositories.reviews.find(waiting.round_id, "application")
    assert verify(send(PICTURES, application_id="A2"), PAPERS).outcome is Outcome.APPROVED

    claim(repositories, review.review_id, "lin", StaffRole.REVIEWER)
    now = dt.datetime.now(dt.UTC)
    opine(
        repositories,
        review.review_id,
        "lin",
        Outcome.APPROVED,
        [],
        ReviewNote(),
        four_eyes=False,
        at=now,
    )
    settle_review(repositories, review.review_id)

    again = repositories.reviews.get(review.review_id)
    assert (again.state, again.turn, again.holder) == (ReviewState.OPEN, 2, None)
    assert "B03" in again.codes
    assert repositories.cases.get(waiting.round_id).outcome is Outcome.IN_REVIEW
    assert "review:case:reopened" in tags(repositories)
    assert len(repositories.bindings.in_force()) == 1

    claim(repositories, review.review_id, "lin", StaffRole.REVIEWER)
    opine(
        repositories,
        review.review_id,
        "lin",
        Outcome.REJECTED,
        ["B03"],
        ReviewNote(),
        four_eyes=False,
        at=now,
    )
    settle_review(repositories, review.review_id)
    assert repositories.cases.get(waiting.round_id).outcome is Outcome.REJECTED
    assert repositories.reviews.get(review.review_id).state is ReviewState.SETTLED
