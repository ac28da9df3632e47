"""Signing in through the organisation's own service: the redirect to it, and the return."""

import base64
import hmac
import json
import logging
import time
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from console.repositories import OpenRepositories
from console.web.auth.oidc_client import (
    OidcClient,
    ServiceRefusedError,
    ServiceUnavailableError,
    SignInRedirect,
)
from console.web.auth.session_cookie import end_former, keep_session
from console.web.pages import show
from models.errors import IntegrityError
from models.staff.staff_member import SignInRefusedError
from storage.bootstrap import Repositories
from tasks.staff.sign_in import record_sign_in

router = APIRouter()
_LOG: Final = logging.getLogger(__name__)
_REDIRECT_COOKIE: Final = "kinbind_away"
_PLACE: Final = "/sign-in/service"
_REDIRECT_SECONDS: Final = 600
_CONTEXT: Final = "cookie:sign-in-service"

Text = Annotated[str, Query(max_length=4096)]


@router.get(_PLACE)
def redirect_to_service(request: Request, repositories: OpenRepositories) -> Response:
    """Send the browser to the service; an encrypted cookie remembers what must come back."""
    try:
        address, redirect = service_of(request).begin(_back(request))
    except (ServiceUnavailableError, ServiceRefusedError) as error:
        return _refused(request, "away", error)
    # Here and not on the way back: then the cookie of the former session stays behind.
    end_former(request)
    answer = RedirectResponse(address, 303)
    answer.set_cookie(
        _REDIRECT_COOKIE,
        _seal(repositories, redirect),
        max_age=_REDIRECT_SECONDS,
        path=_PLACE,
        httponly=True,
        # The answer comes from another site: a strict cookie would stay behind.
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return answer


@router.get(f"{_PLACE}/back")
def return_from_service(
    request: Request,
    repositories: OpenRepositories,
    code: Text = "",
    state: Text = "",
    error: Text = "",
) -> Response:
    """Check the answer and open a session, always under a new token."""
    service = service_of(request)
    redirect = _unseal(repositories, request.cookies.get(_REDIRECT_COOKIE, ""))
    if redirect is None or not hmac.compare_digest(redirect.state.encode(), state.encode()):
        return _refused(request, "stale", None)
    if error or not code:
        return _refused(request, "denied", None)
    try:
        identity = service.identify(code, _back(request), redirect)
        opened = repositories.sessions.sign_in_known(identity)
    except ServiceUnavailableError as fault:
        return _refused(request, "away", fault)
    except ServiceRefusedError as fault:
        return _refused(request, "unproven", fault)
    except SignInRefusedError as fault:
        return _refused(request, "unknown", fault)
    record_sign_in(repositories, opened)
    # A page, not a redirect: on a way that began at another site the strict cookie would not go.
    answer = show(request, "signed_in.html")
    keep_session(request, answer, opened.token)
    answer.delete_cookie(_REDIRECT_COOKIE, path=_PLACE)
    return answer


def service_of(request: Request) -> OidcClient:
    """The service of this console.

    Raises:
        HTTPException: 404, there is none.
    """
    service = request.app.state.sign_in_service
    if not isinstance(service, OidcClient):
        raise HTTPException(404)
    return service


def _back(request: Request) -> str:
    repositories: Repositories = request.app.state.repositories
    return repositories.settings.oidc_redirect_url or f"{request.base_url}{_PLACE[1:]}/back"


_STATUS: Final = {"away": 503, "stale": 400, "denied": 401, "unproven": 401, "unknown": 403}


def _refused(request: Request, why: str, fault: Exception | None) -> Response:
    _LOG.warning("a sign-in through the service was refused: %s (%s)", why, fault or "")
    page = show(request, "sign_in_refused.html", why=why, status=_STATUS[why])
    page.delete_cookie(_REDIRECT_COOKIE, path=_PLACE)
    return page


def _seal(repositories: Repositories, redirect: SignInRedirect) -> str:
    content = json.dumps([int(time.time()), *redirect]).encode()
    return base64.urlsafe_b64encode(repositories.keyring.seal(content, _CONTEXT)).decode()


def _unseal(repositories: Repositories, cookie: str) -> SignInRedirect | None:
    try:
        sealed = base64.urlsafe_b64decode(cookie.encode())
        at, *parts = json.loads(repositories.keyring.unseal(sealed, _CONTEXT))
    except (IntegrityError, ValueError):
        return None
    return SignInRedirect(*parts) if time.time() - at < _REDIRECT_SECONDS else None
