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

_LOOPBACK_NAMES: Final = frozenset({"127.0.0.1", "localhost"})
_CONTENT_POLICY: Final = "; ".join(
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


class LoopbackOnly:
    """Refuses what a page of another site, or under another host name, asks through a browser.

    The orchestrator knows no people, and whoever may start a run may start any program. Its own
    pages are told to load nothing from elsewhere: one of them would call its makers.
    """

    def __init__(self, app: "ASGIApp") -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answer one request, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif _is_local(scope):
            await self._app(scope, receive, _with_policy(send))
        elif scope["type"] == "http":
            await send({"type": "http.response.start", "status": 403, "headers": []})
            await send({"type": "http.response.body", "body": b"not from here"})
        else:
            await send({"type": "websocket.close", "code": 1008})


def _is_local(scope: "Scope") -> bool:
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    host, origin = headers.get(b"host", ""), headers.get(b"origin", "")
    own = not origin or origin.partition("://")[2] == host
    return own and host.rpartition(":")[0] in _LOOPBACK_NAMES


def _with_policy(send: "Send") -> "Send":
    async def send_with_policy(message: "Message") -> None:
        if message["type"] == "http.response.start":
            policy = (b"content-security-policy", _CONTENT_POLICY.encode())
            message = {**message, "headers": [*message.get("headers", ()), policy]}
        await send(message)

    return send_with_policy


def main() -> None:
    """Serve until told to stop."""
    parent, listener = (int(word) for word in sys.argv[1:])
    end_with_parent(parent)
    # Imported late: the import alone takes seconds, and the parent may be gone by then.
    import uvicorn
    from prefect.server.api.server import create_app

    app = LoopbackOnly(create_app())
    # A browser that keeps a connection for events open must not hold up the end.
    config = uvicorn.Config(
        app, log_level="error", access_log=False, timeout_graceful_shutdown=2, server_header=False
    )
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=listener)])


if __name__ == "__main__":
    main()
