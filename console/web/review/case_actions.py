"""What a reviewer does with a case: claim it, give it back, correct, decide."""

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from console.repositories import OpenRepositories
from console.web.auth.guard import SignedInSession
from console.web.pages import show
from console.web.redirects import by_htmx
from console.web.review.case_page import FieldName, Place, ReviewId
from console.web.review.decision_form import DecisionForm
from console.web.review.lists.queue_notice import QueueNotice, to_queue
from console.web.review.lists.queue_query import kept_query
from console.web.review.render_case import RefusedForm, render_case
from console.web.review.view.time_left import time_left
from models.reviews.claim_rules import LONGEST_PAUSE, NotHolderError, PastTermError
from models.staff.staff_member import StaffSession
from storage.bootstrap import Repositories
from tasks.reviewing import claims
from tasks.reviewing.corrections.correct_field import correct_field
from tasks.reviewing.drafts import DraftTooLongError, save_draft
from tasks.reviewing.give_opinion import give_opinion
from tasks.reviewing.undo import undo_opinion

router = APIRouter()


@router.post("/cases/{review_id}/claim")
def claim(
    repositories: OpenRepositories, session: SignedInSession, review_id: ReviewId
) -> Response:
    """Claim this case."""
    staff = session.staff
    if claims.claim(repositories, review_id, staff.name, staff.role) is None:
        raise NotHolderError(repositories.claims.get(review_id))
    return RedirectResponse(f"/cases/{review_id}", 303)


@router.post("/cases/{review_id}/lease")
def renew(
    request: Request, repositories: OpenRepositories, session: SignedInSession, review_id: ReviewId
) -> Response:
    """Renew the claim while the page is open; whoever lost it sees who has the case now."""
    until = claims.renew_claim(repositories, review_id, session.staff.name)
    if until is not None:
        return show(request, "lease.html", until=until, review_id=review_id)
    lost = NotHolderError(repositories.claims.get(review_id))
    told = {"title": lost.title, "next_step": lost.next_step}
    answer = show(request, "error_part.html", status=409, **told)
    # Not beside the claim's time, but in the place of the papers, which are this person's no more.
    answer.headers.update({"HX-Retarget": "#work", "HX-Reswap": "outerHTML"})
    return answer


@router.post("/cases/{review_id}/release")
def release(
    request: Request, repositories: OpenRepositories, session: SignedInSession, review_id: ReviewId
) -> Response:
    """Give it back for anybody."""
    claims.release(repositories, review_id, session.staff.name)
    return to_queue(request, QueueNotice.RELEASED)


@router.post("/cases/{review_id}/skip")
def skip(
    request: Request, repositories: OpenRepositories, session: SignedInSession, review_id: ReviewId
) -> Response:
    """Be handed this case no more today."""
    claims.skip(repositories, review_id, session.staff.name)
    return to_queue(request, QueueNotice.SKIPPED)


@router.post("/cases/{review_id}/postpone")
def postpone(
    request: Request,
    repositories: OpenRepositories,
    session: SignedInSession,
    review_id: ReviewId,
    days: Annotated[int, Form(ge=1, le=LONGEST_PAUSE)],
    past_term: Annotated[bool, Form()] = False,  # noqa: FBT002  (a form's field)
) -> Response:
    """Give it back for some working days; the term runs on, and the form asks where it ends."""
    name = session.staff.name
    try:
        claims.postpone(repositories, review_id, name, days, past_term=past_term)
    except PastTermError as refused:
        if not by_htmx(request):
            raise
        case = repositories.claims.get(review_id)
        remaining = time_left(case.review.due_at, overrides=repositories.policies.working_days)
        return show(
            request,
            "case/postpone.html",
            status=409,
            review_id=review_id,
            remaining=remaining,
            chosen_days=days,
            refused=refused,
        )
    return to_queue(request, QueueNotice.POSTPONED)


@router.post("/cases/{review_id}/escalate")
def escalate(
    request: Request, repositories: OpenRepositories, session: SignedInSession, review_id: ReviewId
) -> Response:
    """Hand it to a senior."""
    claims.escalate(repositories, review_id, session.staff.name)
    return to_queue(request, QueueNotice.ESCALATED)


@router.post("/cases/{review_id}/corrections")
def correct(
    request: Request,
    repositories: OpenRepositories,
    session: SignedInSession,
    review_id: ReviewId,
    paper: Place,
    field: FieldName,
    value: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Keep what a person reads beside what the machine read, and run every check again."""
    case = claims.held_case(repositories, review_id, session.staff.name)
    problem = ""
    try:
        correct_field(repositories, review_id, paper, field, value, session.staff.name)
    except ValueError:
        problem = f"{paper}:{field}"
    return render_case(
        request,
        repositories,
        session,
        case,
        "work.html",
        refused=RefusedForm(problem=problem, typed=value),
    )


@router.post("/cases/{review_id}/decision")
async def decide(
    request: Request, repositories: OpenRepositories, session: SignedInSession, review_id: ReviewId
) -> Response:
    """Give one's opinion; it becomes the decision, or waits for a second person's."""
    form = DecisionForm.of(await request.form())
    return await run_in_threadpool(_decide, request, repositories, session, review_id, form)


@router.post("/cases/{review_id}/draft")
async def keep_draft(
    request: Request, repositories: OpenRepositories, session: SignedInSession, review_id: ReviewId
) -> Response:
    """Keep what stands in the form of the decision; nobody but this person ever sees it."""
    fields = DecisionForm.of(await request.form()).fields
    try:
        await run_in_threadpool(save_draft, repositories, review_id, session.staff, fields)
    except DraftTooLongError:
        return Response(status_code=413)
    return Response(status_code=204)


@router.post("/cases/{review_id}/undo")
def undo(repositories: OpenRepositories, session: SignedInSession, review_id: ReviewId) -> Response:
    """Take one's last opinion back, and open the case again."""
    undo_opinion(repositories, review_id, session.staff, now=dt.datetime.now(dt.UTC))
    return RedirectResponse(f"/cases/{review_id}", 303)


def _decide(
    request: Request,
    repositories: Repositories,
    session: StaffSession,
    review_id: str,
    form: DecisionForm,
) -> Response:
    try:
        result = give_opinion(repositories, review_id, session.staff, form.draft)
    except NotHolderError:
        # What was written outlives the claim: it stands in the form when the case is claimed again.
        save_draft(repositories, review_id, session.staff, form.fields)
        raise
    case = repositories.claims.get(review_id)
    if result.state is None:
        return render_case(
            request,
            repositories,
            session,
            case,
            "work.html",
            refused=RefusedForm(faults=result.faults, sent=form),
        )
    return show(
        request,
        "decided.html",
        state=result.state.value,
        outcome=form.draft.outcome,
        case=case,
        undo_until=result.undo_until,
        chosen=kept_query(request),
    )
