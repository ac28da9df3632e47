"""The guard of the API: every call shows a key or a session, and a table says which there are."""

import datetime as dt
from typing import Annotated, Final

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from console.api.calls import BY_ADDRESS, ApiCall
from console.api.problems import ProblemError
from console.repositories import repositories_of
from models.notices.exchange import ApiKey
from models.staff.staff_member import SignInMethod, StaffSession

_SCHEME: Final = "bearer "
_LONGEST_SECRET: Final = 200


async def guard(request: Request) -> None:
    """Let a call in or refuse it; nothing of its body has been read yet.

    Raises:
        ProblemError: 403, the address has no entry in the table, or the role may not; 401, the
            key or session is not in force.
    """
    path = getattr(request.scope.get("route"), "path", "")
    method = "GET" if request.method == "HEAD" else request.method
    call = BY_ADDRESS.get((method, path))
    if call is None:
        raise ProblemError(403)
    if call.open:
        return
    secret = _secret(request, call)
    if call.roles:
        request.state.staff_session = await run_in_threadpool(_session, request, call, secret)
    else:
        request.state.api_key = await run_in_threadpool(_key, request, secret)


def _secret(request: Request, call: ApiCall) -> str:
    shown = request.headers.get("authorization", "")
    secret = shown[len(_SCHEME) :].strip()
    if not shown.lower().startswith(_SCHEME) or not 0 < len(secret) <= _LONGEST_SECRET:
        raise _nobody(call)
    return secret


def _nobody(call: ApiCall) -> ProblemError:
    return ProblemError(401, kind="no-session") if call.roles else ProblemError(401)


def _key(request: Request, secret: str) -> ApiKey:
    key = repositories_of(request).api_keys.recognise(secret, dt.datetime.now(dt.UTC))
    if key is None:
        raise ProblemError(401)
    return key


def _session(request: Request, call: ApiCall, token: str) -> StaffSession:
    """Only a session that a program opened: a browser's token is worth nothing here."""
    session = repositories_of(request).sessions.resume(token)
    if session is None or session.way is not SignInMethod.PROGRAM:
        raise _nobody(call)
    if session.password_due:
        raise ProblemError(403, kind="password-due")
    if session.staff.role not in call.roles:
        raise ProblemError(403, kind="role")
    return session


def _shown_key(request: Request) -> ApiKey:
    key = request.state.api_key
    if not isinstance(key, ApiKey):
        raise ProblemError(401)
    return key


def _shown_session(request: Request) -> StaffSession:
    session = request.state.staff_session
    if not isinstance(session, StaffSession):
        raise ProblemError(401, kind="no-session")
    return session


ShownKey = Annotated[ApiKey, Depends(_shown_key)]
ProgramSession = Annotated[StaffSession, Depends(_shown_session)]
