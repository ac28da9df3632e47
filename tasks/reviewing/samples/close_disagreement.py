"""Close a disagreement: a senior says who was right; the decision itself stays as it is."""

from models.audit.event import EventTag
from models.reviews.act_refused import ActRefusedError
from models.reviews.review_work import DisagreementVerdict
from storage.bootstrap import Repositories
from tasks.reviewing.review_events import record_review_event


class OwnDisagreementError(ActRefusedError):
    """Nobody says of their own decision that it was the right one."""

    def __init__(self) -> None:
        """Say who can."""
        super().__init__(
            ("不能处理自己的分歧", "Nobody settles a disagreement of their own"),
            (
                "您参与了其中一项决定，请另一位复核主管处理。",
                "One of the two decisions is yours: another senior has to settle it.",
            ),
        )


def close_disagreement(
    repositories: Repositories, review_id: str, staff: str, verdict: DisagreementVerdict
) -> bool:
    """Close the disagreement of a second look, with its audit event; False where none is open.

    Raises:
        OwnDisagreementError: One of the two decisions is this person's.
        ReviewMissingError: There is no case of this identifier.
    """
    with repositories.unit_of_work():
        case = repositories.claims.lock(review_id)
        if any(repositories.claims.involvement(review_id, staff)):
            raise OwnDisagreementError
        if not repositories.samples.close_disagreement(review_id):
            return False
        record_review_event(
            repositories, case, EventTag.DISAGREEMENT_CLOSED, staff, {"verdict": verdict.value}
        )
    return True
