"""The guard of every page: session, right, and the CSRF token of what changes anything."""

import hmac
from functools import partial
from typing import Annotated, Final
from urllib.parse import urlsplit

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from console.repositories import repositories_of
from console.web.auth.rights import BY_ADDRESS, AddressRight, session_may
from models.errors import KinbindError
from models.staff.staff_member import StaffSession

COOKIE: Final = "kinbind_session"
CSRF_FIELD: Final = "csrf"
CSRF_HEADER: Final = "x-csrf-token"
_SAFE: Final = frozenset({"GET", "HEAD"})
_WHILE_MUST_CHANGE: Final = frozenset({"/password", "/sign-out", "/language"})


class NotSignedInError(KinbindError):
    """Somebody has to sign in first."""


class PasswordDueError(KinbindError):
    """A one-time password has to be replaced first."""


class ForbiddenError(KinbindError):
    """This person may not do that, or the request is not their own."""


async def guard(request: Request) -> None:
    """Let a request in or refuse it; every address passes here before its own code runs.

    Leaves the session and what it may do on `request.state`, for the page.

    Raises:
        ForbiddenError: The role may not, or a form came from elsewhere.
        NotSignedInError: There is no session.
        PasswordDueError: Only the password may be changed now.
    """
    right = _right(request)
    token = request.cookies.get(COOKIE, "")
    repositories = repositories_of(request)
    session = await run_in_threadpool(repositories.sessions.resume, token) if token else None
    request.state.session = session
    request.state.may = partial(session_may, session)
    _check_origin(request)
    if right.roles is None:
        return
    if session is None:
        raise NotSignedInError("Nobody is signed in: sign in first.")
    if session.password_due and right.path not in _WHILE_MUST_CHANGE:
        raise PasswordDueError("A one-time password is in use: choose your own at /password.")
    if session.staff.role not in right.roles:
        msg = f"The role {session.staff.role.value} may not use {right.method} {right.path}."
        raise ForbiddenError(msg)
    if request.method not in _SAFE:
        await _check_token(request, session)


def _right(request: Request) -> AddressRight:
    path = getattr(request.scope.get("route"), "path", "")
    method = "GET" if request.method == "HEAD" else request.method
    right = BY_ADDRESS.get((method, path))
    if right is None:
        msg = f"{method} {path} has no entry in console.web.auth.rights: add who may use it."
        raise ForbiddenError(msg)
    return right


def _check_origin(request: Request) -> None:
    """Refuse a form of another site before anything of it is read."""
    if request.method in _SAFE:
        return
    origin = request.headers.get("origin")
    foreign = origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    site = request.headers.get("sec-fetch-site", "same-origin")
    if foreign or site not in {"same-origin", "none"}:
        raise ForbiddenError("The request came from another site: open the console's own page.")


async def _check_token(request: Request, session: StaffSession) -> None:
    given: object = request.headers.get(CSRF_HEADER)
    if given is None:
        given = (await request.form()).get(CSRF_FIELD)
    if not isinstance(given, str) or not hmac.compare_digest(given.encode(), session.csrf.encode()):
        raise ForbiddenError("The form's token is not this session's: load the page again.")


def _session(request: Request) -> StaffSession:
    session = request.state.session
    if not isinstance(session, StaffSession):
        raise NotSignedInError("Nobody is signed in: sign in first.")
    return session


SignedInSession = Annotated[StaffSession, Depends(_session)]
