"""Signing in and out, one's own password, the language."""

import hmac
import re
import secrets
from typing import Annotated, Final
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from console.web.guard import COOKIE, ForbiddenError, InOffice, SignedInSession, office_of
from console.web.pages import LANGUAGE, show
from console.web.rights import first_page
from models.staff import Session, SignInRefusedError, StaffError
from storage.sessions import LONGEST

router = APIRouter()
_OWN_PATH: Final = re.compile(r"/(?!/)[\w./~-]*", re.ASCII)
"""No backslash among others: browsers read one as a slash, and two of those as another host."""
_ENTRY: Final = "kinbind_entry"
"""A token for the form before there is a session; its twin stands in the form."""

Text = Annotated[str, Form(max_length=256)]


@router.get("/health")
def health() -> PlainTextResponse:
    """Say that the process runs."""
    return PlainTextResponse("ok")


@router.get("/")
def first(session: SignedInSession) -> RedirectResponse:
    """Go where this person's work is."""
    return RedirectResponse(first_page(session.staff.role), 303)


@router.get("/sign-in")
def sign_in_page(request: Request) -> Response:
    """Show the form."""
    return _form(request)


@router.post("/sign-in")
def sign_in(
    request: Request, office: InOffice, name: Text, password: Text, entry: Text
) -> Response:
    """Open a session; always under a new token, so that a planted one is worth nothing."""
    known = request.cookies.get(_ENTRY, "")
    if not known or not hmac.compare_digest(known.encode(), entry.encode()):
        raise ForbiddenError("The form is too old; load the page again.")
    address = request.client.host if request.client else ""
    try:
        opened = office.sessions.sign_in(name.strip().lower(), password, address)
    except SignInRefusedError as refused:
        return _form(request, wait=refused.wait_seconds, wrong=True)
    _end_former(request)
    answer = RedirectResponse("/", 303)
    answer.set_cookie(
        COOKIE,
        opened.token,
        max_age=int(LONGEST.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    answer.delete_cookie(_ENTRY)
    return answer


@router.post("/sign-out")
def sign_out(office: InOffice, session: SignedInSession) -> Response:
    """End this session, here and not only in the browser."""
    office.sessions.end(session.session_id)
    answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(COOKIE)
    return answer


@router.get("/password")
def password_page(request: Request) -> Response:
    """Show the form for one's own password."""
    return show(request, "password.html", problem="")


@router.post("/password")
def change_password(
    request: Request, office: InOffice, session: SignedInSession, old: Text, new: Text, again: Text
) -> Response:
    """Replace one's own password; every session ends, and one signs in with the new one."""
    name = session.staff.name
    if new != again or new == old:
        return show(request, "password.html", problem="different", status=422)
    if not office.staff.knows(name, old):
        return show(request, "password.html", problem="old", status=422)
    try:
        office.staff.choose_password(name, new)
    except StaffError:
        return show(request, "password.html", problem="weak", status=422)
    answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(COOKIE)
    return answer


@router.post("/language")
def change_language(request: Request, language: Text) -> Response:
    """Choose Chinese or English for this browser."""
    answer = RedirectResponse(_back(request), 303)
    chosen = "en" if language == "en" else "zh"
    answer.set_cookie(LANGUAGE, chosen, max_age=365 * 86400, httponly=True, samesite="strict")
    return answer


def _back(request: Request) -> str:
    """The page the form stood on; only its path, so that it cannot lead elsewhere."""
    path = urlsplit(request.headers.get("referer", "")).path
    return path if _OWN_PATH.fullmatch(path) else "/"


def _form(request: Request, *, wait: int = 0, wrong: bool = False) -> Response:
    entry = request.cookies.get(_ENTRY) or secrets.token_urlsafe(24)
    page = show(
        request,
        "sign_in.html",
        entry=entry,
        wait=wait,
        wrong=wrong,
        status=429 if wait else 401 if wrong else 200,
    )
    page.set_cookie(
        _ENTRY, entry, httponly=True, samesite="strict", secure=request.url.scheme == "https"
    )
    return page


def _end_former(request: Request) -> None:
    former: Session | None = request.state.session
    if former is not None:
        office_of(request).sessions.end(former.session_id)
