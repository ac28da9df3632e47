import pytest

from models.decision.decision import Outcome
from models.policy.review_rules import DECISIONS
from models.reviews.opinion_rules import (
    is_disagreement,
    state_after_decision,
    weigh_opinion,
)
from models.reviews.review import ReviewState
from models.reviews.review_work import ClaimState, ReviewKind

YES, NO, BACK = Outcome.APPROVED, Outcome.REJECTED, Outcome.RETURNED


@pytest.mark.parametrize(
    ("earlier", "said", "second", "state"),
    [
        pytest.param([], YES, False, ClaimState.DECIDED, id="one is enough"),
        pytest.param([], YES, True, ClaimState.NEEDS_SECOND, id="four eyes"),
        pytest.param([YES], YES, True, ClaimState.DECIDED, id="two agree"),
        pytest.param([YES], YES, False, ClaimState.DECIDED, id="two agree, asked or not"),
        pytest.param([YES], NO, True, ClaimState.NEEDS_SENIOR, id="two differ"),
        pytest.param([BACK], NO, False, ClaimState.NEEDS_SENIOR, id="two refusals differ too"),
        pytest.param([YES, NO], BACK, True, ClaimState.DECIDED, id="a senior counts alone"),
        pytest.param([YES, NO, NO], YES, True, ClaimState.DECIDED, id="and later ones"),
    ],
)
def test_what_comes_of_an_opinion(earlier, said, second, state):
    assert weigh_opinion(earlier, said, second_required=second) is state


def test_a_sample_is_settled_with_its_opinion_and_a_doubt_has_to_be_carried_out():
    assert state_after_decision(ReviewKind.DOUBT) is ReviewState.DECIDED
    assert state_after_decision(ReviewKind.SAMPLE) is ReviewState.SETTLED
    assert state_after_decision(ReviewKind.SECOND_LOOK) is ReviewState.SETTLED


def test_only_a_second_look_can_disagree_with_a_decision():
    assert is_disagreement(ReviewKind.SECOND_LOOK, YES, NO)
    assert not is_disagreement(ReviewKind.SECOND_LOOK, YES, YES)
    assert not is_disagreement(ReviewKind.SAMPLE, YES, NO)


def test_a_review_cannot_end_in_review():
    assert set(Outcome) - DECISIONS == {Outcome.IN_REVIEW}
