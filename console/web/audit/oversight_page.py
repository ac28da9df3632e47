"""The auditors' page about people: samples, second looks, decisions by day, sign-ins."""

import datetime as dt
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from console.repositories import OpenRepositories
from console.web.pages import show
from models.audit.event import EventTag
from models.audit.event_wording import event_words
from models.checks.reason_catalogue import REASONS

router = APIRouter()
_SPANS: Final = (7, 30, 90)
_ACCOUNTS: Final = (
    EventTag.SESSION_OPENED,
    EventTag.SESSION_REFUSED,
    EventTag.STAFF_CHANGED,
    EventTag.API_KEY_CHANGED,
)
_EVENTS: Final = 200


@router.get("/audit/oversight")
def oversight(
    request: Request,
    repositories: OpenRepositories,
    days: Annotated[int, Query(ge=1, le=366)] = 30,
) -> Response:
    """What people decided and what was looked at again, sign-ins and changes of accounts."""
    now = dt.datetime.now(dt.UTC)
    start = now - dt.timedelta(days=days)
    return show(
        request,
        "oversight.html",
        days=days,
        spans=_SPANS,
        samples=repositories.oversight.sampled_approvals(),
        looks=repositories.samples.second_looks(),
        people=repositories.oversight.decisions_by_day(start, now),
        events=repositories.audit.system_events(_ACCOUNTS, _EVENTS),
        event_words=event_words,
        reasons=REASONS,
    )
