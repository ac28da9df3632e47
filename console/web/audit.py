"""The auditor's pages: find any application, read its whole history, check the chain."""

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Form, Path, Query, Request
from starlette.responses import Response

from console.web.guard import InOffice, SignedInSession
from console.web.pages import show
from models.audit import ChainReport
from models.case import CaseRound
from models.desk import ViewKind
from models.event_words import event_words
from models.reason import REASONS, Code
from storage.open import Office
from tasks.working_days import CHINA

router = APIRouter()
Words = Annotated[str, Query(max_length=64)]


@router.get("/audit")
def search(
    request: Request,
    office: InOffice,
    application: Words = "",
    reviewer: Words = "",
    code: Annotated[str, Query(pattern=r"^([A-Z]\d\d)?$")] = "",
    day: Annotated[str, Query(pattern=r"^(\d{4}-\d\d-\d\d)?$")] = "",
) -> Response:
    """Search by whatever was filled in; the first of them counts."""
    found: tuple[CaseRound, ...] | None = None
    if application.strip():
        found = office.searches.by_application(application.strip())
    elif reviewer:
        found = office.searches.by_reviewer(reviewer)
    elif code:
        found = office.searches.by_code(code)
    elif (start := _midnight(day)) is not None:
        found = office.searches.by_time(start, start + dt.timedelta(days=1))
    asked = {"application": application, "reviewer": reviewer, "code": code, "day": day}
    return _page(request, office, found, asked)


@router.post("/audit/person")
def search_person(
    request: Request,
    office: InOffice,
    number: Annotated[str, Form(min_length=8, max_length=24, pattern=r"^[0-9A-Za-z ]+$")],
) -> Response:
    """Search by a person's number, which is hashed at once and kept nowhere; no URL carries it."""
    return _page(request, office, office.searches.by_person(number), {})


@router.post("/audit/verify")
def verify(request: Request, office: InOffice) -> Response:
    """Recompute the whole chain."""
    report = office.audit.verify(office.archive)
    return _page(request, office, None, {}, report=report)


@router.get("/audit/applications/{application_id}")
def history(
    request: Request,
    office: InOffice,
    session: SignedInSession,
    application_id: Annotated[str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")],
) -> Response:
    """One application from upload to binding, and everybody who looked at its papers."""
    office.access.note(session.staff.name, ViewKind.HISTORY, application_id)
    return show(
        request,
        "history.html",
        application_id=application_id,
        rounds=office.cases.find(application_id),
        reviews=office.searches.reviews_of(application_id),
        events=office.audit.events(application_id),
        views=office.access.of_application(application_id),
        event_words=event_words,
    )


@router.get("/audit/people/{name}")
def looks(
    request: Request,
    office: InOffice,
    name: Annotated[str, Path(pattern=r"^[a-z][a-z0-9._-]{1,31}$")],
) -> Response:
    """Everything that a member of staff looked at, the last look first."""
    return show(request, "looks.html", name=name, views=office.access.of_staff(name))


def _page(
    request: Request,
    office: Office,
    found: tuple[CaseRound, ...] | None,
    asked: dict[str, str],
    *,
    report: ChainReport | None = None,
) -> Response:
    blank = dict.fromkeys(("application", "reviewer", "code", "day"), "")
    return show(
        request,
        "audit.html",
        found=found,
        asked=blank | asked,
        report=report,
        codes=tuple(Code),
        reasons=REASONS,
        people=office.staff.list(),
    )


def _midnight(day: str) -> dt.datetime | None:
    """The beginning of an office day; None for a day that is none."""
    try:
        return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(), CHINA)
    except ValueError:
        return None
