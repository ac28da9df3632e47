"""The embedded orchestrator's server process; its arguments are its parent's id and a socket.

The socket listens already, on the loopback address: whoever calls before the server is up waits
instead of being turned away. The process ends with the one that started it, however that one ends.
"""

import socket
import sys
from typing import TYPE_CHECKING

from console.processes import end_with_parent

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_HERE = frozenset({"127.0.0.1", "localhost"})


class OnlyFromHere:
    """Refuses what a page of another site, or of another name, asks through somebody's browser.

    The orchestrator knows no people, and whoever may start a run may start any program.
    """

    def __init__(self, app: "ASGIApp") -> None:
        """Stand before an application."""
        self._app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answer one request, or refuse it."""
        if scope["type"] in {"http", "websocket"} and not _from_here(scope):
            from starlette.responses import PlainTextResponse

            if scope["type"] == "http":
                await PlainTextResponse("not from here", 403)(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": 1008})
            return
        await self._app(scope, receive, send)


def _from_here(scope: "Scope") -> bool:
    headers = dict(scope["headers"])
    host = headers.get(b"host", b"").decode("latin-1")
    origin = headers.get(b"origin", b"").decode("latin-1")
    own = not origin or origin.partition("://")[2] == host
    return own and host.rpartition(":")[0] in _HERE


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
