"""Reviews and opinions in the case database against the audit log."""

from collections import Counter
from collections.abc import Iterator

from models.audit.discrepancy import Discrepancy, DiscrepancyKind
from models.cases.case_round import ApplicationRound
from models.decision.decision import Outcome
from models.reviews.review import APPLICATION, ReviewCase, ReviewState
from storage.bootstrap import Repositories
from tasks.reconciliation.round_log import GivenOpinion, RoundLog, last_outcome


def compare_reviews(
    repositories: Repositories, case: ApplicationRound, log: RoundLog
) -> Iterator[Discrepancy]:
    """Reviews that are gone or say otherwise, opinions that were deleted, added or renamed."""
    kept = {review.review_id: review for review in repositories.reviews.of_round(case.round_id)}
    if (log.reviews.keys() - kept.keys()) or _waits_for_nobody(case, kept):
        yield Discrepancy(fault=DiscrepancyKind.REVIEW_LOST, subject=case.round_id)
    for review_id, review in kept.items():
        decided = last_outcome(log, review_id)
        if decided is not None and review.outcome is not decided:
            yield Discrepancy(fault=DiscrepancyKind.REVIEW_DIFFERS, subject=review_id)
    given = Counter(
        GivenOpinion(review_id, staff, outcome)
        for review_id in kept
        for staff, outcome in repositories.opinions.given(review_id)
    )
    noted = Counter(opinion for opinion in log.opinions if opinion.review_id)
    for review_id in sorted({opinion.review_id for opinion in (given - noted) + (noted - given)}):
        yield Discrepancy(fault=DiscrepancyKind.OPINIONS_DIFFER, subject=review_id)


def _waits_for_nobody(case: ApplicationRound, kept: dict[str, ReviewCase]) -> bool:
    return case.outcome is Outcome.IN_REVIEW and not any(
        review.subject == APPLICATION and review.state is not ReviewState.SETTLED
        for review in kept.values()
    )
