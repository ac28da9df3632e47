"""The door: who asks, whether they may, and whether the request is their own."""

import hmac
from typing import Annotated, Final
from urllib.parse import urlsplit

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from console.web.auth.rights import BY_ADDRESS, AddressRight
from models.errors import KinbindError
from models.staff.staff_member import StaffSession
from storage.bootstrap import Repositories

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


def office_of(request: Request) -> Repositories:
    """The drawers that this application was opened with."""
    repositories = request.app.state.repositories
    if not isinstance(repositories, Repositories):
        raise TypeError("the application was started without its repositories")
    return repositories


async def guard(request: Request) -> None:
    """Let a request in or refuse it; every address passes here before its own code runs.

    Raises:
        ForbiddenError: The role may not, or a form came from elsewhere.
        NotSignedInError: There is no session.
        PasswordDueError: Only the password may be changed now.
    """
    right = _right(request)
    token = request.cookies.get(COOKIE, "")
    repositories = office_of(request)
    session = await run_in_threadpool(repositories.sessions.resume, token) if token else None
    request.state.session = session
    _check_origin(request)
    if right.roles is None:
        return
    if session is None:
        raise NotSignedInError("Sign in first.")
    if session.password_due and right.path not in _WHILE_MUST_CHANGE:
        raise PasswordDueError("Choose a password of your own first.")
    if session.staff.role not in right.roles:
        raise ForbiddenError("Your role may not do this.")
    if request.method not in _SAFE:
        await _check_token(request, session)


def _right(request: Request) -> AddressRight:
    path = getattr(request.scope.get("route"), "path", "")
    method = "GET" if request.method == "HEAD" else request.method
    right = BY_ADDRESS.get((method, path))
    if right is None:
        raise ForbiddenError("This address is nobody's.")
    return right


def _check_origin(request: Request) -> None:
    """A form of another site is refused before anything of it is looked at."""
    if request.method in _SAFE:
        return
    origin = request.headers.get("origin")
    foreign = origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    site = request.headers.get("sec-fetch-site", "same-origin")
    if foreign or site not in {"same-origin", "none"}:
        raise ForbiddenError("The request came from another site.")


async def _check_token(request: Request, session: StaffSession) -> None:
    given: object = request.headers.get(CSRF_HEADER)
    if given is None:
        given = (await request.form()).get(CSRF_FIELD)
    if not isinstance(given, str) or not hmac.compare_digest(given.encode(), session.csrf.encode()):
        raise ForbiddenError("The form is too old; load the page again.")


def _session(request: Request) -> StaffSession:
    session = request.state.session
    if not isinstance(session, StaffSession):
        raise NotSignedInError("Sign in first.")
    return session


InOffice = Annotated[Repositories, Depends(office_of)]
SignedInSession = Annotated[StaffSession, Depends(_session)]
