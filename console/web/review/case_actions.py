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
from models.decision.decision import Outcome
from models.reviews.review_work import Correction, DeskCase, DeskKind, DeskState, Words
from models.staff.staff_member import Session
from storage.bootstrap import Office
from storage.objects.store import ObjectMissingError
from storage.reviews.review_repository import NotHolderError
from tasks.decision.four_eyes import needs_second_person
from tasks.reviewing.apply_corrections import normalise_correction
from tasks.reviewing.recheck import recheck
from tasks.rounds.round_results import load_readings
from tasks.rounds.working_days import CHINA, add_working_days, read_overrides

router = APIRouter()
_LONGEST_PAUSE: Final = 5
_NINE: Final = dt.time(9, 0)


@router.post("/cases/{review_id}/claim")
def claim(office: InOffice, session: SignedInSession, review_id: ReviewId) -> Response:
    """Put this case on one's desk."""
    staff = session.staff
    case = office.desk.claim(review_id, staff.name, staff.role, LEASE)
    if case is None:
        raise NotHolderError("Somebody else has it, or it is not for you.")
    note_claim(office, case, staff.name)
    return RedirectResponse(f"/cases/{review_id}", 303)


@router.post("/cases/{review_id}/lease")
def renew(
    request: Request, office: InOffice, session: SignedInSession, review_id: ReviewId
) -> Response:
    """Keep it while the page is open."""
    until = office.desk.renew(review_id, session.staff.name, LEASE)
    return show(
        request,
        "lease.html",
        until=until,
        review_id=review_id,
        lease_seconds=int(LEASE.total_seconds()),
    )


@router.post("/cases/{review_id}/release")
def release(office: InOffice, session: SignedInSession, review_id: ReviewId) -> Response:
    """Put it back."""
    office.desk.release(review_id, session.staff.name)
    return _off_the_desk(office, session, review_id, EventTag.CASE_RELEASED)


@router.post("/cases/{review_id}/postpone")
def postpone(
    office: InOffice,
    session: SignedInSession,
    review_id: ReviewId,
    days: Annotated[int, Form(ge=1, le=_LONGEST_PAUSE)],
) -> Response:
    """Put it back for some working days; the term runs on."""
    today = dt.datetime.now(CHINA).date()
    day = add_working_days(today, days, read_overrides(office.policies.working_days)).day
    office.desk.postpone(review_id, session.staff.name, dt.datetime.combine(day, _NINE, CHINA))
    until = day.isoformat()
    return _off_the_desk(office, session, review_id, EventTag.CASE_POSTPONED, until=until)


@router.post("/cases/{review_id}/escalate")
def escalate(office: InOffice, session: SignedInSession, review_id: ReviewId) -> Response:
    """Hand it to a senior."""
    office.desk.escalate(review_id, session.staff.name)
    return _off_the_desk(office, session, review_id, EventTag.CASE_ESCALATED)


@router.post("/cases/{review_id}/corrections")
def correct(
    request: Request,
    office: InOffice,
    session: SignedInSession,
    review_id: ReviewId,
    paper: Place,
    field: FieldName,
    value: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Keep what a person reads beside what the machine read, and ask every check again."""
    case = _held(office, session, review_id)
    papers = load_readings(office, case.review.round_id).papers
    if paper >= len(papers) or field not in field_names(papers[paper]):
        raise ObjectMissingError("There is no such field.")
    try:
        read = normalise_correction(field, value)
    except ValueError:
        return render_case(
            request, office, session, case, "work.html", problem=f"{paper}:{field}", status=422
        )
    office.corrections.add(
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
        office, case, EventTag.FIELD_CORRECTED, session.staff.name, field=f"{paper}:{field}"
    )
    return render_case(request, office, session, case, "work.html")


@router.post("/cases/{review_id}/decision")
async def decide(
    request: Request, office: InOffice, session: SignedInSession, review_id: ReviewId
) -> Response:
    """Give one's opinion; it becomes the decision, or waits for a second person's."""
    form = DecisionForm.of(await request.form())
    return await run_in_threadpool(_decide, request, office, session, review_id, form)


def _decide(
    request: Request, office: Office, session: Session, review_id: str, form: DecisionForm
) -> Response:
    case = _held(office, session, review_id)
    again = recheck(office, case.review.round_id, corrections_of(office, case))
    problem = check_form(form, again.decision.findings if again else ())
    if problem or form.outcome is None:
        return render_case(
            request, office, session, case, "work.html", problem=problem, sent=form, status=422
        )
    second = case.kind is not DeskKind.SECOND_LOOK and (
        again is None
        or needs_second_person(
            again.policy.review,
            case.review.codes,
            again.dossier.application.product,
            form.outcome,
            again.decision,
        )
    )
    state = office.opinions.give(
        review_id,
        session.staff.name,
        form.outcome,
        () if form.outcome is Outcome.APPROVED else form.codes,
        Words(note=form.note, advice=form.advice),
        four_eyes=second,
        at=dt.datetime.now(dt.UTC),
    )
    _note_opinion(office, case, session, form.outcome, state)
    return show(request, "decided.html", state=state.value, outcome=form.outcome, case=case)


def _note_opinion(
    office: Office, case: DeskCase, session: Session, outcome: Outcome, state: DeskState
) -> None:
    note_on_case(
        office,
        case,
        EventTag.OPINION_GIVEN,
        session.staff.name,
        outcome=outcome.value,
        state=state.value,
    )


def _off_the_desk(
    office: Office, session: Session, review_id: str, tag: EventTag, **details: str
) -> Response:
    """Write down how a case left the desk, and go back to the queue."""
    note_on_case(office, office.desk.get(review_id), tag, session.staff.name, **details)
    return RedirectResponse("/queue", 303)


def _held(office: Office, session: Session, review_id: str) -> DeskCase:
    """The case, if it lies on this person's desk; an expired lease is taken up again."""
    case = office.desk.get(review_id)
    if not is_holder(case, session):
        raise NotHolderError("The case is not on your desk any more.")
    office.desk.renew(review_id, session.staff.name, LEASE)
    return case
