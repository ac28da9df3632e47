"""The page of one case."""

import datetime as dt
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Annotated, Final

from fastapi import APIRouter, Form, Path, Query, Request
from starlette.responses import Response

from console.repositories import OpenRepositories
from console.web.audit.event_visibility import history_of
from console.web.auth.guard import ForbiddenError, SignedInSession
from console.web.pages import show
from console.web.review.case_view import case_view, may_see
from console.web.review.decision_form import DecisionForm, suggested_advice, told_before
from console.web.review.record_view import ViewedPapers, record_view
from console.web.review.view.objection_view import objection_view
from console.web.review.view.offers import END_REASONS, application_offers, case_offers
from console.web.review.view.previous_round import previous_round
from console.web.review.view.time_left import time_left
from models.audit.event_wording import event_words
from models.checks.reason import Reason, Severity
from models.checks.reason_catalogue import REASONS
from models.reviews.claim_rules import LEASE
from models.reviews.decision_faults import DecisionFault
from models.reviews.grounds import AskedPerson, GroundKind, VerificationChannel
from models.reviews.review_work import ClaimedReview, ViewKind
from models.staff.staff_member import StaffRole, StaffSession
from storage.bootstrap import Repositories
from tasks.reviewing.apply_corrections import correction_fault
from tasks.reviewing.drafts import load_draft
from tasks.reviewing.standing import standing_after
from tasks.rounds.round_results import load_arrival

router = APIRouter()
ReviewId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
Place = Annotated[int, Form(ge=0, le=200)]
FieldName = Annotated[str, Form(pattern=r"^[a-z0-9_]{1,48}$")]
_NOTES: Final = ThreadPoolExecutor(8, thread_name_prefix="view-event")
_TWO: Final = 2
NOTHING: Final[frozenset[tuple[int, str]]] = frozenset()


@router.get("/cases/{review_id}")
def case_page(
    request: Request, repositories: OpenRepositories, session: SignedInSession, review_id: ReviewId
) -> Response:
    """Show a case; whoever may see its papers leaves a line in the chain."""
    case = repositories.claims.get(review_id)
    if not may_see(case, session):
        return render_case(request, repositories, session, case, "case.html")
    # The page is made while the disk takes the line; it leaves when the line is safe.
    noted = _NOTES.submit(record_view, repositories, ViewedPapers.of(case), session, ViewKind.CASE)
    page = render_case(request, repositories, session, case, "case.html")
    noted.result()
    return page


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
    record_view(repositories, ViewedPapers.of(case), session, ViewKind.FIELD, f"{paper}:{field}")
    return render_case(
        request, repositories, session, case, "work.html", revealed=frozenset({(paper, field)})
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
    form = load_arrival(repositories, case.review.round_id).application
    kinds = {paper.reading.file: paper.reading.kind for paper in view.papers}
    known = more in set(Reason)
    relationship = form.relationship if form else None
    return show(
        request,
        "case/other_reason.html",
        sent=None,
        told=told_before(view.findings, form, kinds, more) if known else None,
        advice=suggested_advice(view.kinship, view.findings, relationship, more) if known else None,
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


def render_case(
    request: Request,
    repositories: Repositories,
    session: StaffSession,
    case: ClaimedReview,
    template: str,
    *,
    revealed: frozenset[tuple[int, str]] = NOTHING,
    status: int = 200,
    problem: str = "",
    typed: str = "",
    faults: Sequence[DecisionFault] = (),
    sent: DecisionForm | None = None,
) -> Response:
    """The page of a case, or its working part alone."""
    view = case_view(repositories, case, session, revealed)
    if view.shown_whole:
        whole = " ".join(view.shown_whole)
        record_view(repositories, ViewedPapers.of(case), session, ViewKind.FIELD, whole)
    opinions = repositories.opinions.of(case.review.review_id)
    gave_opinion = any(opinion.staff == session.staff.name for opinion in opinions)
    form = load_arrival(repositories, case.review.round_id).application if view.open else None
    draft = load_draft(repositories, case.review.review_id, session.staff) if view.mine else None
    standing = standing_after(case, view.rechecked) if view.rechecked and view.mine else None
    relationship = form.relationship if form else None
    return show(
        request,
        template,
        status=status,
        view=view,
        case=case,
        review=case.review,
        form=form,
        objection=objection_view(repositories, view.round) if view.open else None,
        remaining=time_left(case.review.due_at, overrides=repositories.policies.working_days),
        lease_seconds=int(LEASE.total_seconds()),
        offers=case_offers(repositories, case, session.staff, dt.datetime.now(dt.UTC)),
        decided=application_offers(repositories, view.round, session.staff),
        end_reasons=END_REASONS,
        gave_opinion=gave_opinion,
        opinion_count=len(opinions),
        reasons=REASONS,
        codes=tuple(Reason),
        severities=Severity,
        suggested_advice=partial(suggested_advice, view.kinship, view.findings, relationship),
        told_before=partial(
            told_before, view.findings, form, {p.reading.file: p.reading.kind for p in view.papers}
        ),
        previous=previous_round(repositories, view.round) if view.open else None,
        problem=problem,
        typed=typed,
        correction_fault=correction_fault,
        faults=faults,
        sent=sent or (DecisionForm.of_fields(draft) if draft else None),
        standing=standing,
        ground_kinds=tuple(GroundKind),
        asked_persons=tuple(AskedPerson),
        verification_channels=tuple(VerificationChannel),
        opinions=opinions if _shows_opinions(case, session, len(opinions)) else (),
        came_back=repositories.earlier_returns.of([case.review.round_id]).get(case.review.round_id),
        remarks=repositories.remarks.of(case.review.review_id) if view.open else (),
    )


def _shows_opinions(case: ClaimedReview, session: StaffSession, given: int) -> bool:
    """Who gives the second opinion does not know the first; a senior between two knows both."""
    decided = case.review.outcome is not None
    settles = given >= _TWO and case.senior and session.staff.role is StaffRole.SENIOR
    return decided or settles or session.staff.role is StaffRole.AUDITOR
