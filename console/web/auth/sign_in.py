"""Signing in and out, one's own password, the language."""

import hmac
import re
import secrets
from typing import Annotated, Final
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from console.repositories import OpenRepositories
from console.web.auth.guard import COOKIE, ForbiddenError, SignedInSession
from console.web.auth.oidc_client import ServiceRefusedError, ServiceUnavailableError
from console.web.auth.rights import first_page
from console.web.auth.session_cookie import ENTRY, end_former, keep_session
from console.web.pages import LANGUAGE, show
from models.staff.staff_member import SignInMethod, SignInRefusedError, StaffError
from tasks.staff.sign_in import sign_in as open_session
from tasks.staff.staff_accounts import choose_password

router = APIRouter()
_OWN_PATH: Final = re.compile(r"/(?!/)[\w./~-]*", re.ASCII)
"""No backslash among others: browsers read one as a slash, and two of those as another host."""

CASE_PATH: Final = re.compile(r"/cases/[0-9a-f]{32}")
"""Whoever has to sign in again comes back to the case; nowhere else is worth a parameter."""

Text = Annotated[str, Form(max_length=256)]
NextPage = Annotated[str, Query(alias="next", max_length=256)]


@router.get("/health")
def health() -> PlainTextResponse:
    """Say that the process runs."""
    return PlainTextResponse("ok")


@router.get("/")
def first(session: SignedInSession) -> RedirectResponse:
    """Go where this person's work is."""
    return RedirectResponse(first_page(session.staff.role), 303)


@router.get("/sign-in")
def sign_in_page(request: Request, left: str = "", next_page: NextPage = "") -> Response:
    """Show the form; who just left and came by the service can leave that too.

    Who is signed in already goes on: a second session of the same person serves nobody.
    """
    if request.state.session is not None:
        return RedirectResponse(_first_of(next_page), 303)
    return _form(
        request,
        next_page=next_page,
        end_session_url=_end_session_url(request) if left == SignInMethod.SERVICE else None,
    )


@router.post("/sign-in")
def sign_in(
    request: Request,
    repositories: OpenRepositories,
    name: Text,
    password: Text,
    entry: Text,
    next_page: Annotated[str, Form(alias="next", max_length=256)] = "",
) -> Response:
    """Open a session; always under a new token, so that a planted one is worth nothing."""
    known = request.cookies.get(ENTRY, "")
    if not known or not hmac.compare_digest(known.encode(), entry.encode()):
        raise ForbiddenError(
            "表单令牌不属于此浏览器，请重新打开登录页。"
            " The form's token is not this browser's: load the sign-in page again."
        )
    try:
        opened = open_session(
            repositories, name.strip().lower(), password, _client_address(request)
        )
    except SignInRefusedError as refused:
        return _form(request, wait=refused.wait_seconds, wrong=True, next_page=next_page)
    end_former(request)
    answer = RedirectResponse(_first_of(next_page), 303)
    keep_session(request, answer, opened.token)
    return answer


@router.post("/sign-out")
def sign_out(repositories: OpenRepositories, session: SignedInSession) -> Response:
    """End this session, here and not only in the browser."""
    repositories.sessions.end(session.session_id)
    by_service = session.way is SignInMethod.SERVICE
    answer = RedirectResponse("/sign-in?left=service" if by_service else "/sign-in", 303)
    answer.delete_cookie(COOKIE)
    return answer


@router.get("/password")
def password_page(request: Request) -> Response:
    """Show the form for one's own password."""
    return show(request, "password.html", problem="")


@router.post("/password")
def change_password(
    request: Request,
    repositories: OpenRepositories,
    session: SignedInSession,
    old: Text,
    new: Text,
    again: Text,
) -> Response:
    """Replace one's own password; every session ends, and one signs in with the new one."""
    name = session.staff.name
    if new != again or new == old:
        return show(request, "password.html", problem="different", status=422)
    try:
        repositories.sessions.confirm(name, old, _client_address(request))
    except SignInRefusedError as refused:
        return show(request, "password.html", problem="old", wait=refused.wait_seconds, status=422)
    try:
        choose_password(repositories, name, new)
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


def _client_address(request: Request) -> str:
    """Where a request comes from, as far as a named proxy says; empty where nobody can tell."""
    return request.client.host if request.client else ""


def _back(request: Request) -> str:
    """The page the form stood on; only its path, so that it cannot lead elsewhere."""
    path = urlsplit(request.headers.get("referer", "")).path
    return path if _OWN_PATH.fullmatch(path) else "/"


def _end_session_url(request: Request) -> str | None:
    service = request.app.state.sign_in_service
    try:
        return service.end_session_url(f"{request.base_url}sign-in") if service else None
    except (ServiceUnavailableError, ServiceRefusedError):
        return None


def _first_of(next_page: str) -> str:
    """Where somebody who signed in goes: back to a case, or to their first page."""
    return next_page if CASE_PATH.fullmatch(next_page) else "/"


def _form(
    request: Request,
    *,
    wait: int = 0,
    wrong: bool = False,
    next_page: str = "",
    end_session_url: str | None = None,
) -> Response:
    entry = request.cookies.get(ENTRY) or secrets.token_urlsafe(24)
    page = show(
        request,
        "sign_in.html",
        entry=entry,
        wait=wait,
        wrong=wrong,
        next_page=next_page,
        service=request.app.state.sign_in_service is not None,
        end_session_url=end_session_url,
        status=429 if wait else 401 if wrong else 200,
    )
    page.set_cookie(
        ENTRY, entry, httponly=True, samesite="strict", secure=request.url.scheme == "https"
    )
    return page
