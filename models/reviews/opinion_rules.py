"""Four eyes (双人复核): how opinions become a decision: one, two that agree, or a senior's."""

from collections.abc import Sequence
from typing import NamedTuple

from models.decision.decision import Outcome
from models.reviews.review_work import ClaimState, ReviewKind


class ReasonedOutcome(NamedTuple):
    """What somebody said of a case, without the words.

    Attributes:
        codes: The reasons that were given; those of an approval say nothing.
    """

    outcome: Outcome
    codes: tuple[str, ...] = ()

    def agrees_with(self, other: "ReasonedOutcome") -> bool:
        """Whether both say the same, for at least one reason that both give.

        Two who refuse for wholly different reasons have not seen the same case: an applicant
        would be told what one person alone found.
        """
        if self.outcome is not other.outcome:
            return False
        approved = self.outcome is Outcome.APPROVED
        return approved or self.codes == other.codes or bool({*self.codes} & {*other.codes})


def weigh_opinion(
    earlier: Sequence[ReasonedOutcome], said: ReasonedOutcome, *, second_required: bool
) -> ClaimState:
    """What comes of an opinion.

    The first of two decides nothing; a second one that agrees decides; two that differ go to a
    senior, whose opinion counts alone.

    Args:
        earlier: The opinions before it, the first one first.
        said: What is said now.
        second_required: Policy, or somebody who had the case, wants a second person.
    """
    if len(earlier) >= 2:
        return ClaimState.DECIDED
    if len(earlier) == 1:
        return ClaimState.DECIDED if said.agrees_with(earlier[0]) else ClaimState.NEEDS_SENIOR
    return ClaimState.NEEDS_SECOND if second_required else ClaimState.DECIDED


def is_disagreement(
    kind: ReviewKind, decided: ReasonedOutcome | None, said: ReasonedOutcome
) -> bool:
    """Whether a second look differs from the decision; a senior has to see both then."""
    return kind.is_second_look and not (decided is not None and said.agrees_with(decided))
