"""Limits of what a page is sent, in size and characters, before any page's own code sees it."""

from collections.abc import Container
from typing import Final

from fastapi import Request
from starlette.datastructures import FormData, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from models.plain_text import is_plain_text

_LENGTHS: Final = {b"content-length", b"transfer-encoding"}
MAX_BODY_BYTES: Final = 1_000_000
"""No form of the console comes near it; pictures come in through the API, with its own limit."""


class LengthLimit:
    """Refuses a body that has a length and comes in chunks.

    It ends where a proxy may not think that it does, and what follows would be a request that the
    proxy never saw (RFC 9112, 6.1 and 11.2).
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        app = self._app
        if scope["type"] == "http" and {name for name, _ in scope["headers"]} >= _LENGTHS:
            app = Response(status_code=400, headers={"connection": "close"})
        await app(scope, receive, send)


class BodyLimit:
    """Stops reading a request's body where no form can be that long."""

    def __init__(self, app: ASGIApp, *, but_not: Container[str]) -> None:
        """Wrap an application.

        Args:
            app: The application.
            but_not: Addresses that pictures are sent to, which have a limit of their own.
        """
        self._app = app
        self._but_not = but_not

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["path"] in self._but_not:
            await self._app(scope, receive, send)
            return
        read = 0

        async def limited() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > MAX_BODY_BYTES:
                raise HTTPException(413)
            return message

        async def closing(message: Message) -> None:
            if message["type"] == "http.response.start" and read > MAX_BODY_BYTES:
                MutableHeaders(scope=message)["connection"] = "close"  # the rest is not waited for
            await send(message)

        await self._app(scope, limited, closing)


async def require_plain_text(request: Request) -> None:
    """Refuse text that no database keeps: with a NUL, or half of a character.

    Raises:
        HTTPException: 400; nothing of it is quoted.
    """
    try:
        form = await request.form() if request.method == "POST" else FormData()
    except UnicodeError:  # a multipart form in an encoding that decodes nothing
        raise HTTPException(400) from None
    sent = [
        *map(str, request.path_params.values()),
        *(text for pair in request.query_params.multi_items() for text in pair),
        *(text for pair in form.multi_items() for text in pair if isinstance(text, str)),
    ]
    if not all(map(is_plain_text, sent)):
        raise HTTPException(400)
