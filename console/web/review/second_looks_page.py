"""The senior's list: what people decided, and what another person said about it, blind."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from console.repositories import OpenRepositories
from console.web.auth.guard import SignedInSession
from console.web.pages import show
from console.web.review.case_page import ReviewId
from models.checks.reason_catalogue import REASONS
from models.reviews.act_refused import ActRefusedError
from models.reviews.review_work import DisagreementVerdict
from tasks.reviewing.samples.close_disagreement import close_disagreement

router = APIRouter()


@router.get("/second-looks")
def second_looks(request: Request, repositories: OpenRepositories) -> Response:
    """Every finished second look; those that differ and wait for a senior first."""
    looks = repositories.samples.second_looks()
    return show(
        request,
        "second_looks.html",
        looks=looks,
        open_disagreements=sum(look.open for look in looks),
        verdicts=tuple(DisagreementVerdict),
        reasons=REASONS,
    )


@router.post("/second-looks/{review_id}/close")
def close(
    repositories: OpenRepositories,
    session: SignedInSession,
    review_id: ReviewId,
    verdict: Annotated[DisagreementVerdict, Form()],
) -> Response:
    """Say who was right; the decision itself stays as it is."""
    if not close_disagreement(repositories, review_id, session.staff.name, verdict):
        raise ActRefusedError(
            ("这项分歧已处理", "This disagreement is closed already"),
            ("请重新载入页面。", "Load the page again."),
        )
    return RedirectResponse("/second-looks", 303)
