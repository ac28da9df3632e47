"""The queue and its cases, to read."""

from typing import Annotated, Final

from fastapi import APIRouter, Path, Query

from console.api.answers import FindingAnswer
from console.api.calls import LIST, SHOW
from console.api.guard import ProgramSession
from console.api.problems import ProblemError
from console.api.review.answers import CaseAnswer, ReviewAnswer, ReviewList
from console.repositories import OpenRepositories
from models.checks.reason import Reason
from models.decision.decision import Decision
from models.errors import SettingError
from models.reviews.review_work import ClaimedReview, ViewKind
from models.staff.staff_member import StaffRole, StaffSession
from storage.bootstrap import Repositories
from storage.reviews.queue_pages import MOST
from storage.reviews.queue_queries import QueueFilters, QueueOrder, QueuePart
from tasks.reviewing.corrections.recheck import recheck_case
from tasks.reviewing.record_view import ViewedPapers, record_views
from tasks.rounds.round_results import load_decision

router = APIRouter()
ReviewId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
_PAGE: Final = 30


@router.get(LIST.path, response_model=ReviewList, summary=LIST.en)
def list_reviews(
    repositories: OpenRepositories,
    session: ProgramSession,
    standing: QueuePart = QueuePart.WAITING,
    order: QueueOrder = QueueOrder.DUE,
    code: Reason | None = None,
    page: Annotated[int, Query(ge=1, le=MOST // _PAGE)] = 1,
) -> ReviewList:
    """List a page of thirty."""
    name = session.staff.name
    filters = QueueFilters(part=standing, viewer=name, code=code.value if code else "")
    shown = repositories.queue.page(filters, order, offset=(page - 1) * _PAGE, limit=_PAGE)
    return ReviewList(total=shown.total, reviews=tuple(map(ReviewAnswer.of, shown.cases)))


@router.get(SHOW.path, response_model=CaseAnswer, summary=SHOW.en)
def show_review(
    repositories: OpenRepositories, session: ProgramSession, review_id: ReviewId
) -> CaseAnswer:
    """Show a case to its holder, seniors and auditors; the look is in the audit log."""
    case = repositories.claims.get(review_id)
    if not may_see(case, session):
        raise ProblemError(403, kind="papers-closed")
    round_ = repositories.cases.get(case.review.round_id)
    record_views(repositories, ViewedPapers.of(case), session, ((ViewKind.CASE, ""),))
    decision, checked_now = _decision(repositories, case)
    return CaseAnswer(
        review=ReviewAnswer.of(case),
        round=round_.round,
        findings=tuple(
            FindingAnswer(
                code=found.code.value,
                severity=found.severity,
                message=found.message,
                subject=found.subject.value if found.subject else None,
                evidence=found.evidence,
            )
            for found in (decision.findings if decision else ())
        ),
        would_be=decision.outcome if decision and checked_now else None,
    )


def may_see(case: ClaimedReview, session: StaffSession) -> bool:
    """Papers are for whoever works on the case, for seniors and for auditors."""
    every = session.staff.role in {StaffRole.SENIOR, StaffRole.AUDITOR}
    return every or case.is_held_by(session.staff.name)


def _decision(repositories: Repositories, case: ClaimedReview) -> tuple[Decision | None, bool]:
    """What the checks lead to, and whether they were asked now."""
    try:
        checked = recheck_case(repositories, case)
    except SettingError:  # no policy is in force there: a person decides without checks
        checked = None
    if checked is not None:
        return checked.decision, True
    return load_decision(repositories, case.review.round_id), False
