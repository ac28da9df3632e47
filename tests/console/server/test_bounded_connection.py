"""A console that somebody tries to hold up: half-open requests, slow bodies, answers unread."""

import asyncio
import contextlib
import socket
import threading
import time

import httpx
import pytest
import uvicorn

from console.server.bounded_connection import BoundedConnection

HALF = b"GET / HTTP/1.1\r\nHost: x\r\n"
BIG = b"x" * 20_000_000


class Impatient(BoundedConnection):
    most = 8
    header_seconds = 1.5
    body_seconds = 1.0
    answer_seconds = 1.0


async def application(scope, receive, send):
    """Says how much it was sent; `/big` answers with more than any buffer holds."""
    read, more = 0, True
    while more:
        message = await receive()
        read, more = read + len(message.get("body", b"")), message.get("more_body", False)
    body = BIG if scope["path"] == "/big" else str(read).encode()
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": 200, "headers": [length]})
    await send({"type": "http.response.body", "body": body})


@pytest.fixture(scope="module")
def address():
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(application, http=Impatient, ws="none", lifespan="off", log_level=50)
    server = uvicorn.Server(config)
    thread = threading.Thread(
        target=lambda: asyncio.run(server.serve(sockets=[listener])), daemon=True
    )
    thread.start()
    yield listener.getsockname()
    server.should_exit = True
    thread.join(20)


@pytest.fixture
def sent(address):
    """Opens a connection and sends something on it."""
    with contextlib.ExitStack() as stack:

        def opened(content):
            client = stack.enter_context(socket.create_connection(address, timeout=20))
            client.sendall(content)
            return client

        yield opened


def is_ended(client):
    """Whether the other side ends the connection, within the socket's patience."""
    try:
        return client.recv(1000) == b""
    except ConnectionError:
        return True


def ask(address, path="/", **how):
    return httpx.post(f"http://{address[0]}:{address[1]}{path}", timeout=20, trust_env=False, **how)


def test_more_half_open_requests_than_there_is_room_for_keep_nobody_out(address, sent):
    held = [sent(HALF) for _ in range(20)]
    assert ask(address, content=b"four").text == "4"
    assert all(is_ended(client) for client in held)


def test_who_works_is_not_sent_away_for_who_asks_nothing(address, sent):
    working = sent(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n12")
    for _ in range(20):
        sent(HALF)
    working.sendall(b"34")
    assert working.recv(1000).startswith(b"HTTP/1.1 200")


def test_a_body_that_never_ends_is_ended_and_a_long_one_is_not(address, sent):
    began = time.monotonic()
    slow = sent(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nxx")
    assert is_ended(slow)
    assert time.monotonic() - began < 10

    def steadily():
        for _ in range(8):
            time.sleep(0.25)
            yield b"x" * 4000

    assert ask(address, content=steadily()).text == "32000"


def test_who_does_not_read_the_answer_is_let_go(address, sent):
    deaf = sent(b"POST /big HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
    time.sleep(3)
    received = 0
    with contextlib.suppress(ConnectionError):
        while content := deaf.recv(1_000_000):
            received += len(content)
    assert received < len(BIG)
