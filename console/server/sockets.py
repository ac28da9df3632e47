"""Listening sockets and the addresses at which they are reached."""

import socket

from models.errors import MissingPartError


def listen(what: str, host: str, port: int) -> socket.socket:
    """A socket that listens; 0: any free port.

    Raises:
        MissingPartError: The port is taken, or the address is none of this machine's.
    """
    try:
        listener = socket.create_server((host, port))
    except OSError as error:
        msg = (
            f"端口 {host}:{port} 无法使用，请换一个端口，或用 0 任选。"
            f" no {what} on {host}:{port}: {error.strerror}; choose another port, or 0 for any"
        )
        raise MissingPartError(msg) from None
    # Else the end of a page waits for the browser's word that the start came: 40 ms each time.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def address_of(listener: socket.socket, scheme: str = "http") -> str:
    """How a browser calls what listens there."""
    host, port = listener.getsockname()[:2]
    return f"{scheme}://{host}:{port}"
