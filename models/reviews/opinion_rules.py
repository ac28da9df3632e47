"""How opinions become a decision (双人复核): one, two that agree, or a senior's."""

from collections.abc import Sequence

from models.decision.decision import Outcome
from models.reviews.review import ReviewState
from models.reviews.review_work import ClaimState, ReviewKind


def weigh_opinion(
    earlier: Sequence[Outcome], outcome: Outcome, *, second_required: bool
) -> ClaimState:
    """What comes of an opinion.

    The first of two decides nothing; a second one that agrees decides; two that differ go to a
    senior, whose opinion counts alone.

    Args:
        earlier: The outcomes of the opinions before it, the first one first.
        outcome: What is said now.
        second_required: Policy, or somebody who had the case, wants a second person.
    """
    if len(earlier) >= 2:
        return ClaimState.DECIDED
    if len(earlier) == 1:
        return ClaimState.DECIDED if earlier[0] == outcome else ClaimState.NEEDS_SENIOR
    return ClaimState.NEEDS_SECOND if second_required else ClaimState.DECIDED


def state_after_decision(kind: ReviewKind) -> ReviewState:
    """A sample or a second look is settled with its opinion: nothing is to be carried out."""
    return ReviewState.SETTLED if kind.after_the_fact else ReviewState.DECIDED


def is_disagreement(kind: ReviewKind, decided: Outcome | None, said: Outcome) -> bool:
    """Whether a second look differs from the decision; a senior has to see both then."""
    return kind.is_second_look and decided is not said
