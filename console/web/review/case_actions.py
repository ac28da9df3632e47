"""What a reviewer does with a case: take it, keep it, pass it on, correct, decide."""

import datetime as dt
from typing import Annotated, Final

from fastapi import APIRouter, Form, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from console.web.auth.guard import InOffice, SignedInSession
from console.web.pages import show
from console.web.review.case_page import FieldName, Place, ReviewId, render_case
from console.web.review.case_view import corrections_of, field_names, is_holder
from console.web.review.claim_lease import LEASE, note_claim, note_on_case
from console.web.review.decision_form import DecisionForm, check_form
from models.audit.event import EventTag
from models.clock import CHINA
from models.decision.decision import Outcome
from models.reviews.review_work import ClaimedReview, ClaimState, Correction, ReviewKind, ReviewNote
from models.staff.staff_member import StaffSession
from storage.bootstrap import Repositories
from storage.objects.store import ObjectMissingError
from storage.reviews.review_repository import NotHolderError
from tasks.decision.four_eyes import needs_second_person
from tasks.reviewing.apply_corrections import normalise_correction
from tasks.reviewing.recheck import recheck
from tasks.rounds.round_results import load_readings
from tasks.rounds.working_days import add_working_days, read_overrides

router = APIRouter()
_LONGEST_PAUSE: Final = 5
_NINE: Final = dt.time(9, 0)


@router.post("/cases/{review_id}/claim")
def claim(repositories: InOffice, session: SignedInSession, review_id: ReviewId) -> Response:
    """Put this case on one's desk."""
    staff = session.staff
    case = repositories.claims.claim(review_id, staff.name, staff.role, LEASE)
    if case is None:
        raise NotHolderError("Somebody else has it, or it is not for you.")
    note_claim(repositories, case, staff.name)
    return RedirectResponse(f"/cases/{review_id}", 303)


@router.post("/cases/{review_id}/lease")
def renew(
    request: Request, repositories: InOffice, session: SignedInSession, review_id: ReviewId
) -> Response:
    """Keep it while the page is open."""
    until = repositories.claims.renew(review_id, session.staff.name, LEASE)
    return show(
        request,
        "lease.html",
        until=until,
        review_id=review_id,
        lease_seconds=int(LEASE.total_seconds()),
    )


@router.post("/cases/{review_id}/release")
def release(repositories: InOffice, session: SignedInSession, review_id: ReviewId) -> Response:
    """Put it back."""
    repositories.claims.release(review_id, session.staff.name)
    return _off_the_desk(repositories, session, review_id, EventTag.CASE_RELEASED)


@router.post("/cases/{review_id}/postpone")
def postpone(
    repositories: InOffice,
    session: SignedInSession,
    review_id: ReviewId,
    days: Annotated[int, Form(ge=1, le=_LONGEST_PAUSE)],
) -> Response:
    """Put it back for some working days; the term runs on."""
    today = dt.datetime.now(CHINA).date()
    day = add_working_days(today, days, read_overrides(repositories.policies.working_days)).day
    repositories.claims.postpone(
        review_id, session.staff.name, dt.datetime.combine(day, _NINE, CHINA)
    )
    until = day.isoformat()
    return _off_the_desk(repositories, session, review_id, EventTag.CASE_POSTPONED, until=until)


@router.post("/cases/{review_id}/escalate")
def escalate(repositories: InOffice, session: SignedInSession, review_id: ReviewId) -> Response:
    """Hand it to a senior."""
    repositories.claims.escalate(review_id, session.staff.name)
    return _off_the_desk(repositories, session, review_id, EventTag.CASE_ESCALATED)


@router.post("/cases/{review_id}/corrections")
def correct(
    request: Request,
    repositories: InOffice,
    session: SignedInSession,
    review_id: ReviewId,
    paper: Place,
    field: FieldName,
    value: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Keep what a person reads beside what the machine read, and ask every check again."""
    case = _held(repositories, session, review_id)
    papers = load_readings(repositories, case.review.round_id).papers
    if paper >= len(papers) or field not in field_names(papers[paper]):
        raise ObjectMissingError("There is no such field.")
    try:
        read = normalise_correction(field, value)
    except ValueError:
        return render_case(
            request,
            repositories,
            session,
            case,
            "work.html",
            problem=f"{paper}:{field}",
            status=422,
        )
    repositories.corrections.add(
        Correction(
            round_id=case.review.round_id,
            paper=paper,
            field=field,
            value=read,
            staff=session.staff.name,
            made_at=dt.datetime.now(dt.UTC),
        )
    )
    note_on_case(
        repositories, case, EventTag.FIELD_CORRECTED, session.staff.name, field=f"{paper}:{field}"
    )
    return render_case(request, repositories, session, case, "work.html")


@router.post("/cases/{review_id}/decision")
async def decide(
    request: Request, repositories: InOffice, session: SignedInSession, review_id: ReviewId
) -> Response:
    """Give one's opinion; it becomes the decision, or waits for a second person's."""
    form = DecisionForm.of(await request.form())
    return await run_in_threadpool(_decide, request, repositories, session, review_id, form)


def _decide(
    request: Request,
    repositories: Repositories,
    session: StaffSession,
    review_id: str,
    form: DecisionForm,
) -> Response:
    case = _held(repositories, session, review_id)
    again = recheck(repositories, case.review.round_id, corrections_of(repositories, case))
    problem = check_form(form, again.decision.findings if again else ())
    if problem or form.outcome is None:
        return render_case(
            request,
            repositories,
            session,
            case,
            "work.html",
            problem=problem,
            sent=form,
            status=422,
        )
    second = case.kind is not ReviewKind.SECOND_LOOK and (
        again is None
        or needs_second_person(
            again.policy.review,
            case.review.codes,
            again.dossier.application.product,
            form.outcome,
            again.decision,
        )
    )
    state = repositories.opinions.give(
        review_id,
        session.staff.name,
        form.outcome,
        () if form.outcome is Outcome.APPROVED else form.codes,
        ReviewNote(note=form.note, advice=form.advice),
        four_eyes=second,
        at=dt.datetime.now(dt.UTC),
    )
    _note_opinion(repositories, case, session, form.outcome, state)
    return show(request, "decided.html", state=state.value, outcome=form.outcome, case=case)


def _note_opinion(
    repositories: Repositories,
    case: ClaimedReview,
    session: StaffSession,
    outcome: Outcome,
    state: ClaimState,
) -> None:
    note_on_case(
        repositories,
        case,
        EventTag.OPINION_GIVEN,
        session.staff.name,
        outcome=outcome.value,
        state=state.value,
    )


def _off_the_desk(
    repositories: Repositories, session: StaffSession, review_id: str, tag: EventTag, **details: str
) -> Response:
    """Write down how a case left the desk, and go back to the queue."""
    note_on_case(
        repositories, repositories.claims.get(review_id), tag, session.staff.name, **details
    )
    return RedirectResponse("/queue", 303)


def _held(repositories: Repositories, session: StaffSession, review_id: str) -> ClaimedReview:
    """The case, if it lies on this person's desk; an expired lease is taken up again."""
    case = repositories.claims.get(review_id)
    if not is_holder(case, session):
        raise NotHolderError("The case is not on your desk any more.")
    repositories.claims.renew(review_id, session.staff.name, LEASE)
    return case
