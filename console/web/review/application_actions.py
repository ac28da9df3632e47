"""What is done about an application that is decided: an objection, a reopening, an unbinding."""

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Form, Path, Request
from starlette.responses import RedirectResponse, Response

from console.repositories import OpenRepositories
from console.web.auth.guard import SignedInSession
from console.web.review.lists.queue_notice import QueueNotice, to_queue
from models.bindings.unbinding import EndReason
from models.intake.application import PersonRole
from models.reviews.act_refused import ActRefusedError
from storage.bootstrap import Repositories
from tasks.bindings.unbind import unbind as end_binding
from tasks.intake.enter_objection import enter_objection
from tasks.reviewing.reopen import reopen as reopen_application

router = APIRouter()
ApplicationId = Annotated[str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
Words = Annotated[str, Form(max_length=2000)]


@router.post("/applications/{application_id}/objection")
def object_for_applicant(
    request: Request,
    repositories: OpenRepositories,
    session: SignedInSession,
    application_id: ApplicationId,
    text: Words,
) -> Response:
    """Enter the objection of somebody who came or called; a person decides again."""
    now = dt.datetime.now(dt.UTC)
    enter_objection(repositories, application_id, text, session.staff.name, now=now)
    return to_queue(request, QueueNotice.OBJECTION)


@router.post("/applications/{application_id}/reopen")
def reopen(
    repositories: OpenRepositories,
    session: SignedInSession,
    application_id: ApplicationId,
    words: Words,
    suspend: Annotated[bool, Form()] = False,  # noqa: FBT002  (a form's field)
) -> Response:
    """Have a decided application looked at again."""
    now = dt.datetime.now(dt.UTC)
    review = reopen_application(
        repositories, application_id, session.staff, words, suspend=suspend, now=now
    )
    return RedirectResponse(f"/cases/{review.review_id}", 303)


@router.post("/applications/{application_id}/unbind")
def unbind(
    repositories: OpenRepositories,
    session: SignedInSession,
    application_id: ApplicationId,
    reason: Annotated[EndReason, Form()],
    consents: Annotated[list[PersonRole] | None, Form()] = None,
) -> Response:
    """Announce the end of the binding that came of an application."""
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
    return RedirectResponse(_place_of(repositories, application_id), 303)


def _place_of(repositories: Repositories, application_id: str) -> str:
    """The page of an application's last round."""
    last = repositories.cases.find(application_id)[-1].round_id
    review_id = repositories.search.reviews_of(application_id).get(last)
    return f"/cases/{review_id}" if review_id else f"/papers/{last}"
