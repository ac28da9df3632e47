"""What a senior does about cases: assign, free desks, reopen, end a binding."""

import datetime as dt
from typing import Annotated, Final

from fastapi import APIRouter, Form
from starlette.responses import RedirectResponse, Response

from console.repositories import OpenRepositories
from console.web.auth.guard import SignedInSession
from console.web.review.case_page import ReviewId
from models.bindings.unbinding import EndReason
from models.intake.application import PersonRole
from models.reviews.act_refused import ActRefusedError
from tasks.bindings.unbind import unbind as end_binding
from tasks.reviewing.assign import assign as give_to
from tasks.reviewing.assign import release_all
from tasks.reviewing.reopen import reopen as look_again

router = APIRouter()
_MOST: Final = 100
Name = Annotated[str, Form(max_length=32)]
Words = Annotated[str, Form(max_length=1000)]
Identifiers = Annotated[list[str], Form(max_length=_MOST)]


@router.post("/cases/{review_id}/assign")
def assign(
    repositories: OpenRepositories, session: SignedInSession, review_id: ReviewId, to: Name = ""
) -> Response:
    """Give a case to one person; to nobody in particular where none is named."""
    give_to(repositories, review_id, session.staff, to.strip() or None)
    return RedirectResponse("/queue", 303)


@router.post("/queue/release")
def release(
    repositories: OpenRepositories, session: SignedInSession, review_ids: Identifiers
) -> Response:
    """Give back several cases at once."""
    release_all(repositories, review_ids, session.staff, now=dt.datetime.now(dt.UTC))
    return RedirectResponse("/queue", 303)


@router.post("/cases/{review_id}/reopen")
def reopen(
    repositories: OpenRepositories,
    session: SignedInSession,
    review_id: ReviewId,
    words: Words,
    suspend: Annotated[bool, Form()] = False,  # noqa: FBT002  (a form's field)
) -> Response:
    """Have a decided application looked at again."""
    application_id = repositories.claims.get(review_id).review.application_id
    now = dt.datetime.now(dt.UTC)
    review = look_again(
        repositories, application_id, session.staff, words, suspend=suspend, now=now
    )
    return RedirectResponse(f"/cases/{review.review_id}", 303)


@router.post("/cases/{review_id}/unbind")
def unbind(
    repositories: OpenRepositories,
    session: SignedInSession,
    review_id: ReviewId,
    reason: Annotated[EndReason, Form()],
    consents: Annotated[list[PersonRole] | None, Form()] = None,
) -> Response:
    """Announce the end of the binding that came of a case."""
    application_id = repositories.claims.get(review_id).review.application_id
    done = end_binding(
        repositories,
        application_id,
        by=session.staff.name,
        reason=reason,
        consents=consents or (),
        now=dt.datetime.now(dt.UTC),
    )
    if done.refused is not None:
        message = done.refused.message
        raise ActRefusedError(
            ("不能解除绑定", "The binding cannot be ended"), (message.zh, message.en)
        )
    return RedirectResponse(f"/cases/{review_id}", 303)
