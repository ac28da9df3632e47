"""The queue of cases: filters, order, pages, and claiming the next one."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Final
from urllib.parse import urlencode

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
from models.reviews.review_work import ClaimedReview
from storage.audit.audit_search import AuditQuery
from storage.bootstrap import Repositories
from storage.keys.keyring import holds_id_number
from storage.reviews.queue_pages import MOST
from storage.reviews.queue_queries import QueueFilters, QueueOrder, QueuePart
from tasks.reviewing.claims import claim_next as take_next

router = APIRouter()
PAGE: Final = 30
_FOUND: Final = 50
"""Rounds that a search takes up at most."""
_CODE: Final = r"^([A-Z]\d\d)?$"
_DAY: Final = r"^(20\d\d-\d\d-\d\d)?$"
_PRODUCT: Final = f"^({'|'.join(Product)})?$"


@router.get("/queue")
def queue(
    request: Request,
    repositories: OpenRepositories,
    session: SignedInSession,
    standing: QueuePart = QueuePart.WAITING,
    order: QueueOrder = QueueOrder.DUE,
    code: Annotated[str, Query(pattern=_CODE)] = "",
    product: Annotated[str, Query(pattern=_PRODUCT)] = "",
    due: Annotated[str, Query(pattern=_DAY)] = "",
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
    mine = QueueFilters(part=QueuePart.MINE, viewer=session.staff.name)
    return show(
        request,
        "queue.html",
        table=_table(repositories, queue_page.cases),
        total=queue_page.total,
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


def _table(repositories: Repositories, cases: Sequence[ClaimedReview]) -> dict[str, object]:
    """What the table of cases shows beside them: time left, earlier returns, objections."""
    overrides, shown = repositories.policies.working_days, [case.review for case in cases]
    return {
        "cases": [(case, time_left(case.review.due_at, overrides=overrides)) for case in cases],
        "came_back": repositories.earlier_returns.of([review.round_id for review in shown]),
        "objections": repositories.search.objections_among(
            sorted({review.application_id for review in shown})
        ),
    }


def _end_of(day: str) -> dt.datetime | None:
    """The end of an office day; None for a day that is none."""
    try:
        start = dt.datetime.combine(dt.date.fromisoformat(day), dt.time(), CHINA)
    except ValueError:
        return None
    return start + dt.timedelta(days=1)


@router.post("/queue/search")
def search_queue(
    request: Request,
    repositories: OpenRepositories,
    words: Annotated[str, Form(min_length=2, max_length=64)],
) -> Response:
    """Find cases by an application's identifier or a person's number; no URL carries either."""
    asked = "".join(words.split())
    rounds = (
        repositories.search.by_person(asked.upper(), _FOUND)
        if holds_id_number(asked)
        else repositories.search.find(AuditQuery(application=asked), _FOUND)
    )
    reviews = {
        review_id: repositories.claims.get(review_id)
        for application_id in dict.fromkeys(r.application_id for r in rounds)
        for review_id in repositories.search.reviews_of(application_id).values()
    }
    return show(
        request,
        "queue_search.html",
        table=_table(repositories, tuple(reviews.values())),
        by_person=holds_id_number(asked),
        reasons=REASONS,
    )


@router.post("/queue/next")
def claim_next(
    repositories: OpenRepositories,
    session: SignedInSession,
    order: Annotated[QueueOrder, Form()] = QueueOrder.DUE,
    code: Annotated[str, Form(pattern=_CODE)] = "",
    product: Annotated[str, Form(pattern=_PRODUCT)] = "",
    due: Annotated[str, Form(pattern=_DAY)] = "",
) -> Response:
    """Put the next case of what the list shows on this person's desk and open it."""
    staff = session.staff
    filters = QueueFilters(code=code, product=product, due_before=_end_of(due))
    case = take_next(repositories, staff.name, staff.role, order=order, filters=filters)
    if case is None:
        asked = {"order": order.value, "code": code, "product": product, "due": due}
        return RedirectResponse(f"/queue?nothing=true&{urlencode(asked)}", 303)
    return RedirectResponse(f"/cases/{case.review.review_id}", 303)
