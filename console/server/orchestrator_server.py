"""The embedded orchestrator's server process; its arguments are its parent's id and a socket.

The socket listens already, on the loopback address: whoever calls before the server is up waits
instead of being turned away. The process ends with the one that started it, however that one ends.
"""

import socket
import sys
from typing import TYPE_CHECKING, Final

from console.server.processes import end_with_parent

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HERE: Final = frozenset({"127.0.0.1", "localhost"})
_PAGES_STAY_HERE: Final = "; ".join(
    (
        "default-src 'self'",
        # Its pages are a large program that somebody else compiled: inline code belongs to it.
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "frame-ancestors 'none'",
    )
)


class OnlyFromHere:
    """Refuses what a page of another site, or of another name, asks through somebody's browser.

    The orchestrator knows no people, and whoever may start a run may start any program. Its own
    pages are told to load nothing from elsewhere: one of them would call its makers.
    """

    def __init__(self, app: "ASGIApp") -> None:
        """Stand before an application."""
        self._app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answer one request, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif _from_here(scope):
            await self._app(scope, receive, _sealed(send))
        elif scope["type"] == "http":
            await send({"type": "http.response.start", "status": 403, "headers": []})
            await send({"type": "http.response.body", "body": b"not from here"})
        else:
            await send({"type": "websocket.close", "code": 1008})


def _from_here(scope: "Scope") -> bool:
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    host, origin = headers.get(b"host", ""), headers.get(b"origin", "")
    own = not origin or origin.partition("://")[2] == host
    return own and host.rpartition(":")[0] in _HERE


def _sealed(send: "Send") -> "Send":
    async def sealed(message: "Message") -> None:
        if message["type"] == "http.response.start":
            policy = (b"content-security-policy", _PAGES_STAY_HERE.encode())
            message = {**message, "headers": [*message.get("headers", ()), policy]}
        await send(message)

    return sealed


def main() -> None:
    """Serve until told to stop."""
    parent, listener = (int(word) for word in sys.argv[1:])
    end_with_parent(parent)
    # Imported late: the import alone takes seconds, and the parent may be gone by then.
    import uvicorn
    from prefect.server.api.server import create_app

    app = OnlyFromHere(create_app())
    # A browser that keeps a connection for events open must not hold up the end.
    config = uvicorn.Config(
        app, log_level="error", access_log=False, timeout_graceful_shutdown=2, server_header=False
    )
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=listener)])


if __name__ == "__main__":
    main()
