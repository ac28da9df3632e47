"""The senior's view of the team: who has how much on the desk, and what lies there."""

import datetime as dt
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from console.repositories import OpenRepositories
from console.web.auth.guard import SignedInSession
from console.web.pages import show
from console.web.review.lists.case_table import case_table
from models.checks.reason_catalogue import REASONS
from models.clock import CHINA
from models.staff.staff_member import REVIEWING
from storage.reviews.queue_queries import QueueFilters, QueuePart
from storage.reviews.workloads import WorkloadCounts

router = APIRouter()
_SHOWN: Final = 100
"""Cases on desks that are listed, those that are due first: as many as are freed at once."""


@router.get("/team")
def team(request: Request, repositories: OpenRepositories, session: SignedInSession) -> Response:
    """Everybody who reviews, with their desks."""
    today = dt.datetime.combine(dt.datetime.now(CHINA).date(), dt.time(), CHINA)
    desks = repositories.workloads.since(today)
    members = {m.name: m for m in repositories.staff.list()}
    names = {name for name, m in members.items() if m.active and m.role in REVIEWING}
    held = QueueFilters(part=QueuePart.HELD, viewer=session.staff.name)
    on_desks = repositories.queue.page(held, limit=_SHOWN)
    return show(
        request,
        "team.html",
        desks=[
            (members.get(name), desks.get(name, WorkloadCounts(staff=name)))
            for name in sorted({*names, *desks})
        ],
        table=case_table(repositories, on_desks.cases, session.staff.name),
        total=on_desks.total,
        shown=_SHOWN,
        signed_in={one.staff.name for one in repositories.sessions.open_ones()},
        reasons=REASONS,
    )
