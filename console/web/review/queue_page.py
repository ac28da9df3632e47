"""The queue of cases: filters, order, pages, and claiming the next one."""

import datetime as dt
from typing import Annotated, Final

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from console.repositories import OpenRepositories
from console.web.auth.guard import SignedInSession
from console.web.pages import show
from console.web.review.time_left import time_left
from models.checks.reason import Reason
from models.checks.reason_catalogue import REASONS
from models.clock import CHINA
from models.intake.application import Product
from storage.reviews.queue_pages import MOST
from storage.reviews.queue_queries import QueueFilters, QueueOrder, QueuePart
from tasks.reviewing.claims import claim_next as take_next

router = APIRouter()
PAGE: Final = 30
_PRODUCT: Final = f"^({'|'.join(Product)})?$"


@router.get("/queue")
def queue(
    request: Request,
    repositories: OpenRepositories,
    session: SignedInSession,
    standing: QueuePart = QueuePart.WAITING,
    order: QueueOrder = QueueOrder.DUE,
    code: Annotated[str, Query(pattern=r"^([A-Z]\d\d)?$")] = "",
    product: Annotated[str, Query(pattern=_PRODUCT)] = "",
    due: Annotated[str, Query(pattern=r"^(20\d\d-\d\d-\d\d)?$")] = "",
    page: Annotated[int, Query(ge=1, le=MOST // PAGE)] = 1,
    nothing: bool = False,  # noqa: FBT001, FBT002  (a query parameter)
) -> Response:
    """One page of the queue."""
    filters = QueueFilters(
        part=standing,
        viewer=session.staff.name,
        code=code,
        product=product,
        due_before=_end_of(due),
    )
    queue_page = repositories.queue.page(filters, order, offset=(page - 1) * PAGE, limit=PAGE)
    shown = [case.review for case in queue_page.cases]
    mine = QueueFilters(part=QueuePart.MINE, viewer=session.staff.name)
    return show(
        request,
        "queue.html",
        cases=[
            (case, time_left(case.review.due_at, overrides=repositories.policies.working_days))
            for case in queue_page.cases
        ],
        total=queue_page.total,
        came_back=repositories.earlier_returns.of([review.round_id for review in shown]),
        objections=repositories.search.objections_among(
            sorted({review.application_id for review in shown})
        ),
        mine=repositories.queue.page(mine, limit=20).cases,
        page=page,
        page_size=PAGE,
        limit=MOST,
        standing=standing,
        standings=tuple(QueuePart),
        order=order,
        orders=tuple(QueueOrder),
        code=code,
        codes=tuple(Reason),
        reasons=REASONS,
        product=product,
        due=due,
        products=tuple(Product),
        nothing_claimed=nothing,
    )


def _end_of(day: str) -> dt.datetime | None:
    """The end of an office day; None for a day that is none."""
    try:
        start = dt.datetime.combine(dt.date.fromisoformat(day), dt.time(), CHINA)
    except ValueError:
        return None
    return start + dt.timedelta(days=1)


@router.post("/queue/next")
def claim_next(
    repositories: OpenRepositories,
    session: SignedInSession,
    order: Annotated[QueueOrder, Form()] = QueueOrder.DUE,
) -> Response:
    """Put the next case on this person's desk and open it."""
    staff = session.staff
    case = take_next(repositories, staff.name, staff.role, order=order)
    if case is None:
        return RedirectResponse("/queue?nothing=true", 303)
    return RedirectResponse(f"/cases/{case.review.review_id}", 303)
