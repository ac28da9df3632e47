"""Close a disagreement: a senior says who was right; the decision itself stays as it is."""

from models.audit.event import EventTag
from models.reviews.review_work import DisagreementVerdict
from storage.bootstrap import Repositories
from tasks.reviewing.review_events import record_review_event


def close_disagreement(
    repositories: Repositories, review_id: str, staff: str, verdict: DisagreementVerdict
) -> bool:
    """Close the disagreement of a second look, with its audit event; False where none is open.

    Raises:
        ReviewMissingError: There is no case of this identifier.
    """
    with repositories.unit_of_work():
        case = repositories.claims.lock(review_id)
        if not repositories.samples.close_disagreement(review_id):
            return False
        record_review_event(
            repositories, case, EventTag.DISAGREEMENT_CLOSED, staff, {"verdict": verdict.value}
        )
    return True
