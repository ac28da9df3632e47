"""Defects of ours: the reader gets a plain page, the log kind and place, never personal words."""

import logging
from typing import Final

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from storage.operator_log import log_failure

_LOG: Final = logging.getLogger(__name__)
_MESSAGE: Final = (
    "系统出错，请重试；如仍出错，请联系运维。"
    "Something went wrong: try again; if this comes back, ask an operator.\n"
)


class ErrorMiddleware:
    """Catches every exception of the application and lets none of its text out."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:  # the last resort, whatever it was
            _LOG.error("a page failed: %s", log_failure("a page", error).place)
            if not begun and scope["type"] == "http":
                await PlainTextResponse(_MESSAGE, status_code=500)(scope, receive, send)
