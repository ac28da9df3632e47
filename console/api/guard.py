"""The guard of the API: every call shows a key, and the table says which calls there are."""

import datetime as dt
from typing import Annotated

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from console.api.calls import BY_ADDRESS
from console.api.problems import ProblemError
from console.repositories import repositories_of
from models.notices.exchange import ApiKey

_SCHEME = "bearer "
_LONGEST_KEY = 200


async def guard(request: Request) -> None:
    """Let a call in or refuse it; nothing of its body has been read yet.

    Raises:
        ProblemError: 403, the address has no entry in the table; 401, the key is not in force.
    """
    path = getattr(request.scope.get("route"), "path", "")
    method = "GET" if request.method == "HEAD" else request.method
    if (method, path) not in BY_ADDRESS:
        raise ProblemError(403)
    shown = request.headers.get("authorization", "")
    secret = shown[len(_SCHEME) :].strip()
    if not shown.lower().startswith(_SCHEME) or not 0 < len(secret) <= _LONGEST_KEY:
        raise ProblemError(401)
    repositories = repositories_of(request)
    now = dt.datetime.now(dt.UTC)
    key = await run_in_threadpool(repositories.api_keys.recognise, secret, now)
    if key is None:
        raise ProblemError(401)
    request.state.api_key = key


def _key(request: Request) -> ApiKey:
    key = request.state.api_key
    if not isinstance(key, ApiKey):
        raise ProblemError(401)
    return key


ShownKey = Annotated[ApiKey, Depends(_key)]
