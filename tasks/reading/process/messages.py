"""Messages between the reading process and the one that asks: some JSON, then some bytes.

JSON, and nothing that could run: the answering process has looked into a stranger's file.
"""

import json
import socket
import struct
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

_COUNT: Final = struct.Struct(">I")
_LENGTH: Final = struct.Struct(">Q")
_MAX_PARTS: Final = 1000
_MAX_BYTES: Final = 2**30
_CHUNK: Final = 2**20


class ReadingMessage(NamedTuple):
    """One message: what is said, and the contents that belong to it."""

    says: dict[str, Any]
    contents: tuple[bytes, ...] = ()


def send_message(
    channel: socket.socket, says: dict[str, Any], contents: Sequence[bytes] = ()
) -> None:
    """Send one message.

    Raises:
        OSError: The other side is gone.
    """
    parts = (json.dumps(says).encode(), *contents)
    lengths = b"".join(_LENGTH.pack(len(part)) for part in parts)
    channel.sendall(_COUNT.pack(len(parts)) + lengths)
    for part in parts:
        channel.sendall(part)


def receive_message(channel: socket.socket) -> ReadingMessage:
    """Wait for one message.

    Raises:
        EOFError: The other side is gone, or said what is no message.
        TimeoutError: The channel's time is over.
    """
    (count,) = _COUNT.unpack(_exactly(channel, _COUNT.size))
    if not 1 <= count <= _MAX_PARTS:
        raise EOFError
    lengths = [_LENGTH.unpack(_exactly(channel, _LENGTH.size))[0] for _ in range(count)]
    if sum(lengths) > _MAX_BYTES:
        raise EOFError
    head, *contents = [_exactly(channel, length) for length in lengths]
    try:
        return ReadingMessage(json.loads(head), tuple(contents))
    except ValueError:
        raise EOFError from None


def _exactly(channel: socket.socket, length: int) -> bytes:
    held = bytearray()
    while len(held) < length:
        try:
            piece = channel.recv(min(_CHUNK, length - len(held)))
        except ConnectionError:
            raise EOFError from None
        if not piece:
            raise EOFError
        held += piece
    return bytes(held)
