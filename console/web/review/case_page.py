"""The page of one case, and the parts of it that are fetched by themselves."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Form, Path, Query, Request
from starlette.responses import Response

from console.repositories import OpenRepositories
from console.web.audit.event_visibility import history_of
from console.web.auth.guard import ForbiddenError, SignedInSession
from console.web.pages import show
from console.web.review.case_view import case_view, may_see
from console.web.review.decision_form import STEPS, suggested_advice, told_before
from console.web.review.render_case import NOTHING, render_case
from models.audit.event_wording import event_words
from models.checks.reason import Reason
from models.reviews.review_work import ClaimedReview, ViewKind
from models.staff.staff_member import StaffSession
from storage.bootstrap import Repositories
from tasks.reviewing.assign import possible_assignees

router = APIRouter()
ReviewId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
Place = Annotated[int, Form(ge=0, le=200)]
FieldName = Annotated[str, Form(pattern=r"^[a-z0-9_]{1,48}$")]


@router.get("/cases/{review_id}")
def case_page(
    request: Request, repositories: OpenRepositories, session: SignedInSession, review_id: ReviewId
) -> Response:
    """Show a case; whoever may see its papers leaves a line in the chain."""
    case = repositories.claims.get(review_id)
    views = ((ViewKind.CASE, ""),) if may_see(case, session) else ()
    return render_case(request, repositories, session, case, "case.html", views=views)


@router.post("/cases/{review_id}/reveal")
def reveal(
    request: Request,
    repositories: OpenRepositories,
    session: SignedInSession,
    review_id: ReviewId,
    paper: Place,
    field: FieldName,
) -> Response:
    """Show one masked value, and write down who asked for it."""
    case = visible_case(repositories, session, review_id)
    return render_case(
        request,
        repositories,
        session,
        case,
        "work.html",
        revealed=frozenset({(paper, field)}),
        views=((ViewKind.FIELD, f"{paper}:{field}"),),
    )


@router.get("/cases/{review_id}/alikes")
def similar_applications(
    request: Request, repositories: OpenRepositories, session: SignedInSession, review_id: ReviewId
) -> Response:
    """Other applications with something in common; fetched beside the page, which need not wait."""
    case = visible_case(repositories, session, review_id)
    return show(
        request, "similar_applications.html", similar=repositories.similar.of(case.review.round_id)
    )


@router.get("/cases/{review_id}/reason")
def other_reason(
    request: Request,
    repositories: OpenRepositories,
    session: SignedInSession,
    review_id: ReviewId,
    more: Annotated[str, Query(pattern=r"^([A-Z]\d\d)?$")] = "",
) -> Response:
    """The words for a reason that no check gave, to be changed before they are sent."""
    case = visible_case(repositories, session, review_id)
    view = case_view(repositories, case, session, NOTHING)
    kinds = {paper.reading.place: paper.reading.kind for paper in view.papers}
    return show(
        request,
        "case/steps.html",
        sent=None,
        code=more if more in set(Reason) else "",
        name="more",
        steps=STEPS,
        told_before=partial(told_before, view.findings, view.form, kinds),
        suggested_advice=partial(suggested_advice, view.kinship, view.findings, view.form),
    )


@router.get("/cases/{review_id}/assignees")
def assignees(
    request: Request, repositories: OpenRepositories, session: SignedInSession, review_id: ReviewId
) -> Response:
    """To whom the case may be given; fetched when somebody opens that part of the page."""
    case = visible_case(repositories, session, review_id)
    return show(
        request,
        "case/assignees.html",
        names=tuple(possible_assignees(repositories, case)),
        assigned_to=case.assigned_to,
    )


@router.get("/cases/{review_id}/history")
def history(
    request: Request, repositories: OpenRepositories, session: SignedInSession, review_id: ReviewId
) -> Response:
    """What has happened to a case so far; fetched when somebody opens that part of the page."""
    events = history_of(repositories, repositories.claims.get(review_id), session)
    return show(request, "case_events.html", events=events, event_words=event_words)


def visible_case(
    repositories: Repositories, session: StaffSession, review_id: str
) -> ClaimedReview:
    """A case whose papers are open to this person.

    Raises:
        ForbiddenError: They are not.
    """
    case = repositories.claims.get(review_id)
    if not may_see(case, session):
        raise ForbiddenError("The papers of this case are not open to you: claim it first.")
    return case
