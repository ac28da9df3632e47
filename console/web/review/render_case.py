"""A case as its page or its working part: everything that the templates name."""

import datetime as dt
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final, NamedTuple

from fastapi import Request
from starlette.responses import Response

from console.web.pages import show
from console.web.review.case_view import CaseView, case_view
from console.web.review.decision_form import STEPS, DecisionForm, suggested_advice, told_before
from console.web.review.view.objection_view import objection_view
from console.web.review.view.offers import END_REASONS, application_offers, case_offers
from console.web.review.view.previous_round import previous_round
from console.web.review.view.time_left import time_left
from models.checks.reason_catalogue import REASONS
from models.reviews.decision_faults import DecisionFault
from models.reviews.decision_rules import likely_codes
from models.reviews.grounds import AskedPerson, GroundKind, VerificationChannel
from models.reviews.review_work import ClaimedReview, Opinion, ViewKind
from models.staff.staff_member import StaffRole, StaffSession
from storage.bootstrap import Repositories
from tasks.reviewing.corrections.apply_corrections import correction_fault
from tasks.reviewing.drafts import load_draft
from tasks.reviewing.record_view import ViewedPapers, record_views
from tasks.reviewing.standing import standing_after

NOTHING: Final[frozenset[tuple[int, str]]] = frozenset()
_RECORDING: Final = ThreadPoolExecutor(8, thread_name_prefix="view-event")
_TWO: Final = 2


class RefusedForm(NamedTuple):
    """What somebody sent and has to change, to be shown again.

    Attributes:
        problem: The field, as `paper:field`, whose correction was refused.
        typed: What was typed there.
        faults: Why a decision was refused.
        sent: The decision's form.
    """

    problem: str = ""
    typed: str = ""
    faults: Sequence[DecisionFault] = ()
    sent: DecisionForm | None = None

    @property
    def status(self) -> int:
        """HTTP status."""
        return 422 if self.problem or self.faults else 200


NOTHING_REFUSED: Final = RefusedForm()


def render_case(
    request: Request,
    repositories: Repositories,
    session: StaffSession,
    case: ClaimedReview,
    template: str,
    *,
    revealed: frozenset[tuple[int, str]] = NOTHING,
    views: Sequence[tuple[ViewKind, str]] = (),
    refused: RefusedForm = NOTHING_REFUSED,
) -> Response:
    """The page of a case, or its working part alone; it leaves when its views are on the disk.

    Args:
        request: Whose page it is.
        repositories: Where everything is kept.
        session: Who views.
        case: At what.
        template: The page, or the part.
        revealed: Masked fields, by paper and name, that are shown in clear.
        views: What is looked at by opening this, beside the numbers that it shows unasked.
        refused: What was sent and has to be changed.
    """
    # The page is made while the disk takes the lines: that they are there is waited for at its end.
    record = partial(record_views, repositories, ViewedPapers.of(case), session)
    noted = [_RECORDING.submit(record, views)] if views else []
    with repositories.reading_together():
        view = case_view(repositories, case, session, revealed)
        if view.shown_whole:
            looked = ((ViewKind.FIELD, " ".join(view.shown_whole)),)
            noted.append(_RECORDING.submit(record, looked, round_=view.round))
        values = {
            **_values(repositories, session, case, view),
            **_of_decision(repositories, session, case, view, refused),
        }
    page = show(request, template, status=refused.status, **values)
    for lines in noted:
        lines.result()
    return page


def _values(
    repositories: Repositories, session: StaffSession, case: ClaimedReview, view: CaseView
) -> Mapping[str, object]:
    """What the page shows of the case, and offers to do with it."""
    review = case.review
    opinions = repositories.opinions.of(review.review_id)
    answers = view.round.round > 1
    came_back = repositories.earlier_returns.of([review.round_id]) if answers else {}
    return {
        "view": view,
        "case": case,
        "review": review,
        "form": view.form if view.open else None,
        "objection": objection_view(repositories, view.round, view.form) if view.open else None,
        "remaining": time_left(review.due_at, overrides=repositories.policies.working_days),
        "offers": case_offers(repositories, case, opinions, session.staff, dt.datetime.now(dt.UTC)),
        "decided": application_offers(repositories, view.round, session.staff, review),
        "end_reasons": END_REASONS,
        "gave_opinion": any(opinion.staff == session.staff.name for opinion in opinions),
        "opinion_count": len(opinions),
        "opinions": opinions if _shows_opinions(case, session, opinions) else (),
        "reasons": REASONS,
        "previous": previous_round(repositories, view.round) if view.open else None,
        "came_back": came_back.get(review.round_id),
        "remarks": repositories.remarks.of(review.review_id) if view.open else (),
    }


def _of_decision(
    repositories: Repositories,
    session: StaffSession,
    case: ClaimedReview,
    view: CaseView,
    refused: RefusedForm,
) -> Mapping[str, object]:
    """What the forms of a correction and of a decision show."""
    draft = load_draft(repositories, case.review.review_id, session.staff) if view.mine else None
    kept = DecisionForm.of_fields(draft) if draft else None
    standing = standing_after(case, view.rechecked) if view.rechecked and view.mine else None
    return {
        "problem": refused.problem,
        "typed": refused.typed,
        "correction_fault": correction_fault,
        "faults": refused.faults,
        "sent": refused.sent or kept,
        "standing": standing,
        "steps": STEPS,
        "likely": {
            outcome.value: likely_codes(standing, outcome) if standing else frozenset()
            for _, outcome in STEPS
        },
        "suggested_advice": partial(suggested_advice, view.kinship, view.findings, view.form),
        "told_before": partial(
            told_before,
            view.findings,
            view.form,
            {p.reading.file: p.reading.kind for p in view.papers},
        ),
        "ground_kinds": tuple(GroundKind),
        "asked_persons": tuple(AskedPerson),
        "verification_channels": tuple(VerificationChannel),
    }


def _shows_opinions(
    case: ClaimedReview, session: StaffSession, opinions: Sequence[Opinion]
) -> bool:
    """Who gives the second opinion does not know the first; a senior between two knows both."""
    decided = case.review.outcome is not None
    settles = len(opinions) >= _TWO and case.senior and session.staff.role is StaffRole.SENIOR
    return decided or settles or session.staff.role is StaffRole.AUDITOR
