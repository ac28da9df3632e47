"""The session cookie: a new one after every way of signing in, and the end of the one before."""

from typing import Final

from fastapi import Request
from starlette.responses import Response

from console.repositories import repositories_of
from console.web.auth.guard import COOKIE
from models.staff.staff_member import StaffSession
from storage.staff.sessions import LONGEST

ENTRY: Final = "kinbind_entry"
"""A token for the form before there is a session; its twin stands in the form."""


def keep_session(request: Request, answer: Response, token: str) -> None:
    """Give the browser the token of its session, out of reach of scripts and of other sites."""
    answer.set_cookie(
        COOKIE,
        token,
        max_age=int(LONGEST.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    answer.delete_cookie(ENTRY)


def end_former(request: Request) -> None:
    """End the session that the browser had, if it had one."""
    former: StaffSession | None = request.state.session
    if former is not None:
        repositories_of(request).sessions.end(former.session_id)
