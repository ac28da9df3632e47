"""The auditor's search, and the check of the whole chain."""

import datetime as dt
from typing import Annotated, Final

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import Response

from console.repositories import OpenRepositories
from console.web.pages import show
from console.web.typed_day_field import TypedDay
from models.audit.event import ChainReport
from models.cases.case_round import ApplicationRound
from models.checks.reason import Reason
from models.checks.reason_catalogue import REASONS
from models.clock import CHINA
from models.decision.decision import Outcome
from storage.audit.audit_search import AuditQuery
from storage.bootstrap import Repositories

router = APIRouter()
MOST: Final = 100
"""Rounds that one search shows."""
_OUTCOME: Final = f"^({'|'.join(Outcome)})?$"
Words = Annotated[str, Query(max_length=64)]
Day = Annotated[TypedDay, Query()]


@router.get("/audit")
def search(
    request: Request,
    repositories: OpenRepositories,
    application: Words = "",
    reviewer: Annotated[str, Query(pattern=r"^([a-z][a-z0-9._-]{0,31})?$")] = "",
    code: Annotated[str, Query(pattern=r"^([A-Z]\d\d)?$")] = "",
    outcome: Annotated[str, Query(pattern=_OUTCOME)] = "",
    batch: Annotated[str, Query(pattern=r"^[A-Za-z0-9._-]{0,64}$")] = "",
    run: Annotated[str, Query(pattern=r"^[0-9a-f-]{0,36}$")] = "",
    day: Day = "",
    until: Day = "",
) -> Response:
    """Search by whatever was filled in, all of it together."""
    first, last = _midnight(day), _midnight(until) or _midnight(day)
    asked = AuditQuery(
        application=application.strip(),
        reviewer=reviewer,
        code=code,
        outcome=Outcome(outcome) if outcome else None,
        batch=batch.strip(),
        run=run,
        start=first,
        end=last + dt.timedelta(days=1) if last else None,
    )
    rounds = None if asked.empty else repositories.search.find(asked, MOST + 1)
    return _page(request, repositories, rounds, asked, day=day, until=until)


@router.post("/audit/person")
def search_person(
    request: Request,
    repositories: OpenRepositories,
    number: Annotated[str, Form(min_length=2, max_length=64)],
) -> Response:
    """Search by a person's number or whole name; both are hashed at once, no URL carries either."""
    search = repositories.search
    found = (*search.by_person(number, MOST + 1), *search.by_name(number, MOST + 1))
    rounds = tuple({one.round_id: one for one in found}.values())
    return _page(request, repositories, rounds, AuditQuery())


@router.post("/audit/verify")
def verify(request: Request, repositories: OpenRepositories) -> Response:
    """Recompute what came since the last check, and the next part of the rest."""
    report = repositories.audit.verify_onward(repositories.archive)
    broken = repositories.audit.at(report.first_broken) if report.first_broken else None
    name = broken.application_id if broken else None
    return _page(request, repositories, None, AuditQuery(), report=report, broken=name)


def _page(
    request: Request,
    repositories: Repositories,
    rounds: tuple[ApplicationRound, ...] | None,
    asked: AuditQuery,
    *,
    day: str = "",
    until: str = "",
    report: ChainReport | None = None,
    broken: str | None = None,
) -> Response:
    return show(
        request,
        "audit.html",
        rounds=rounds[:MOST] if rounds is not None else None,
        truncated=rounds is not None and len(rounds) > MOST,
        limit=MOST,
        asked=asked,
        day=day,
        until=until,
        report=report,
        broken_application=broken,
        codes=tuple(Reason),
        outcomes=tuple(Outcome),
        reasons=REASONS,
        staff_list=repositories.staff.list(),
    )


def _midnight(day: str) -> dt.datetime | None:
    """The beginning of an office day; None for a day that is none."""
    try:
        return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(), CHINA)
    except ValueError:
        return None
