import pytest

from models.decision.decision import Outcome
from models.policy.review_rules import DECISIONS
from models.reviews.opinion_rules import (
    ReasonedOutcome,
    is_disagreement,
    weigh_opinion,
)
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
    before = [ReasonedOutcome(outcome, ("X20",)) for outcome in earlier]
    now = ReasonedOutcome(said, ("X20",))
    assert weigh_opinion(before, now, second_required=second) is state


@pytest.mark.parametrize(
    ("first", "second", "agree"),
    [
        (ReasonedOutcome(NO, ("X20", "P01")), ReasonedOutcome(NO, ("P01",)), True),
        (ReasonedOutcome(NO, ("X20",)), ReasonedOutcome(NO, ("B01",)), False),
        (ReasonedOutcome(BACK, ("Q05",)), ReasonedOutcome(BACK, ("R03", "D11")), False),
        (ReasonedOutcome(BACK), ReasonedOutcome(BACK), True),
        (ReasonedOutcome(YES, ("Q05",)), ReasonedOutcome(YES), True),
    ],
)
def test_two_agree_for_a_reason_that_both_give(first, second, agree):
    state = weigh_opinion([first], second, second_required=True)
    assert (state is ClaimState.DECIDED) is agree
    assert is_disagreement(ReviewKind.SECOND_LOOK, first, second) is not agree


def test_only_a_second_look_can_disagree_with_a_decision():
    yes, no = ReasonedOutcome(YES), ReasonedOutcome(NO, ("X20",))
    assert is_disagreement(ReviewKind.SECOND_LOOK, yes, no)
    assert not is_disagreement(ReviewKind.SECOND_LOOK, yes, yes)
    assert not is_disagreement(ReviewKind.SAMPLE, yes, no)


def test_a_review_cannot_end_in_review():
    assert set(Outcome) - DECISIONS == {Outcome.IN_REVIEW}
