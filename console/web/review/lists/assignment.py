"""Who gets which case: assigned by a senior, put back from several desks at once."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Final

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from console.repositories import OpenRepositories
from console.web.auth.guard import SignedInSession
from console.web.review.case_page import ReviewId
from console.web.review.lists.queue_notice import QueueNotice, to_queue
from tasks.reviewing.assign import assign as give_to
from tasks.reviewing.assign import release_all

router = APIRouter()
_MOST: Final = 100
Name = Annotated[str, Form(max_length=32)]
Identifiers = Annotated[Sequence[str], Form(max_length=_MOST)]


@router.post("/cases/{review_id}/assign")
def assign(
    request: Request,
    repositories: OpenRepositories,
    session: SignedInSession,
    review_id: ReviewId,
    to: Name = "",
) -> Response:
    """Give a case to one person; to nobody in particular where none is named."""
    give_to(repositories, review_id, session.staff, to.strip() or None)
    return to_queue(request, QueueNotice.ASSIGNED)


@router.post("/queue/release")
def release(
    request: Request,
    repositories: OpenRepositories,
    session: SignedInSession,
    review_ids: Identifiers = (),
    back: Annotated[str, Form(pattern=r"^/(queue|team)$")] = "/queue",
) -> Response:
    """Give back several cases at once."""
    if not review_ids and back == "/queue":
        return to_queue(request, QueueNotice.NONE_CHOSEN)
    release_all(repositories, review_ids, session.staff, now=dt.datetime.now(dt.UTC))
    if back == "/queue":
        return to_queue(request, QueueNotice.RELEASED)
    return RedirectResponse(back, 303)
