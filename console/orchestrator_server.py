"""The embedded orchestrator's server process; its arguments are a folder and its parent's id.

It binds a free port of the loopback address, writes where it listens into `FOLDER/address`, and
ends with the process that started it, however that one ends.
"""

import socket
import sys
from pathlib import Path

from console.processes import end_with_parent


def main() -> None:
    """Serve until told to stop."""
    end_with_parent(int(sys.argv[2]))
    # Imported late: the import alone takes seconds, and the parent may be gone by then.
    import uvicorn
    from prefect.server.api.server import create_app

    folder = Path(sys.argv[1])
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(), log_level="error", access_log=False))
    draft = folder / f"address.{port}"
    draft.write_text(f"http://127.0.0.1:{port}/api")
    draft.replace(folder / "address")
    server.run(sockets=[listener])


if __name__ == "__main__":
    main()
