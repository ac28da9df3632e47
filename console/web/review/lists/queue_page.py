"""The queue of cases: filters, order, pages, its table to take along, and claiming the next one."""

import datetime as dt
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from console.repositories import OpenRepositories
from console.web.auth.guard import SignedInSession
from console.web.pages import language_of, show
from console.web.review.lists.case_table import case_table, table_csv
from console.web.review.lists.queue_notice import QueueNotice, to_queue
from console.web.review.lists.queue_query import AskedQuery, SentQuery, keep_query
from models.checks.reason_catalogue import REASONS
from models.clock import CHINA
from models.intake.application import Product
from storage.reviews.queue_pages import MOST
from storage.reviews.queue_queries import QueueFilters, QueueOrder, QueuePart
from tasks.reviewing.claims import claim_next as take_next

router = APIRouter()
PAGE: Final = 30
_MINE: Final = 20
"""Cases of one's own that stand above the list."""


@router.get("/queue")
def queue(
    request: Request,
    repositories: OpenRepositories,
    session: SignedInSession,
    chosen: AskedQuery,
    page: Annotated[int, Query(ge=1, le=MOST // PAGE)] = 1,
    told: QueueNotice | None = None,
) -> Response:
    """One page of the queue."""
    name = session.staff.name
    with repositories.reading_together():
        shown = repositories.queue.page(
            chosen.filters(name), chosen.order, offset=(page - 1) * PAGE, limit=PAGE
        )
        mine = repositories.queue.first(QueueFilters(part=QueuePart.MINE, viewer=name), _MINE)
        table = case_table(repositories, shown.cases, name)
    answer = show(
        request,
        "queue.html",
        table=table,
        total=shown.total,
        mine=mine,
        page=page,
        page_size=PAGE,
        limit=MOST,
        chosen=chosen,
        standings=tuple(QueuePart),
        orders=tuple(QueueOrder),
        reasons=REASONS,
        products=tuple(Product),
        told=told,
    )
    keep_query(answer, chosen, secure=request.url.scheme == "https")
    return answer


@router.get("/queue/csv")
def queue_csv(
    request: Request, repositories: OpenRepositories, session: SignedInSession, chosen: AskedQuery
) -> Response:
    """What the list shows, all pages of it, as a table that spreadsheets open."""
    name = session.staff.name
    shown = repositories.queue.page(chosen.filters(name), chosen.order, limit=MOST)
    table, divisions = case_table(repositories, shown.cases, name), repositories.policies.divisions
    text = table_csv(table, language_of(request), divisions)
    day = dt.datetime.now(CHINA).date()
    return Response(
        text.encode("utf-8-sig"),  # without the mark, Excel takes Chinese text for another code
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="queue-{day}.csv"'},
    )


@router.post("/queue/next")
def claim_next(
    request: Request, repositories: OpenRepositories, session: SignedInSession, chosen: SentQuery
) -> Response:
    """Put the next case of what the list shows on this person's desk and open it."""
    staff = session.staff
    case = take_next(
        repositories,
        staff.name,
        staff.role,
        order=chosen.order,
        filters=chosen.filters(staff.name),
    )
    if case is None:
        return to_queue(request, QueueNotice.NOTHING, chosen)
    return RedirectResponse(f"/cases/{case.review.review_id}", 303)
