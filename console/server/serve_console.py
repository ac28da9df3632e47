"""Serving the console, and putting decisions into effect beside it."""

import asyncio
import datetime as dt
import gc
import logging
import socket
import threading
from typing import Final

import uvicorn

from console.server.bounded_connection import ACCEPTED_AT_ONCE, BoundedConnection
from console.server.repetition import limit_repetition, limit_unhandled
from console.web.app import create_app
from models.errors import KinbindError
from storage.bootstrap import Repositories
from tasks.intake.take_in_submissions import take_in_left_over
from tasks.notices.deliver_notices import deliver_notices
from tasks.reviewing.settle_review import due_reviews, settle_review

_LOG: Final = logging.getLogger(__name__)
END_SECONDS: Final = 10
"""For requests under way when the console is told to end: a page takes under one. Without it one
slow upload, or a queue of requests, kept it for as long as they liked."""
_NEW_OBJECTS: Final = 10_000
"""Objects that are made between two looks for cycles: a case's page, which makes and drops some
1,400, is looked through once in seven times, not twice each."""
_LOOPBACK: Final = ("127.0.0.1", "localhost")


def console_server(
    repositories: Repositories, *, hosts: tuple[str, ...], tls: tuple[str, str] | None
) -> uvicorn.Server:
    """The console, ready to be run.

    Args:
        repositories: Where everything is kept.
        hosts: Host names that browsers may use beside the loopback's.
        tls: Certificate and key, PEM files; None: plain HTTP, for the loopback or a proxy.
    """
    proxies = repositories.settings.named_proxies
    config = uvicorn.Config(
        create_app(repositories, allowed_hosts=(*_LOOPBACK, *hosts)),
        http=BoundedConnection,
        ws="none",
        backlog=ACCEPTED_AT_ONCE,
        log_level="warning",
        proxy_headers=bool(proxies),
        forwarded_allow_ips=list(proxies),
        access_log=False,  # the access log that counts is in the database
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=END_SECONDS,
        ssl_certfile=tls[0] if tls else None,
        ssl_keyfile=tls[1] if tls else None,
    )
    limit_repetition("uvicorn.error", "asyncio")
    limit_unhandled()
    logging.getLogger("uvicorn.error").addFilter(_is_no_broken_off_request)
    return uvicorn.Server(config)


def _is_no_broken_off_request(record: logging.LogRecord) -> bool:
    """How many were broken off at the end is one line; where each of them stood is none."""
    return not (record.exc_info and isinstance(record.exc_info[1], asyncio.CancelledError))


def serve_console(
    repositories: Repositories,
    server: uvicorn.Server,
    listener: socket.socket,
    *,
    settle_every: int,
) -> None:
    """Serve until told to stop.

    Args:
        repositories: Where everything is kept.
        server: The console.
        listener: Where it answers.
        settle_every: Seconds between settling decided cases; 0: another process does it.
    """
    stop = threading.Event()
    settler = threading.Thread(target=_settle, args=(repositories, settle_every, stop), daemon=True)
    if settle_every:
        settler.start()
    # What was loaded by now stays, so the collector of cycles need not go over it while somebody
    # waits: to claim, open and put back a case it takes 1.0 ms, not 2.0 (the mean of 100 each).
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS)
    try:
        server.run(sockets=[listener])
    finally:
        stop.set()
        if settle_every:
            settler.join(timeout=10)


def settle_decided(repositories: Repositories, now: dt.datetime | None = None) -> int:
    """Put every decided case into effect, and say how many; one that fails waits for the next time.

    The scheduled flow does the same; doing it twice changes nothing.
    """
    settled = 0
    for review in due_reviews(repositories, now or dt.datetime.now(dt.UTC)):
        try:
            settle_review(repositories, review.review_id)
        except KinbindError as error:
            _LOG.warning("a decided case was not settled: %s", type(error).__name__)
        else:
            settled += 1
    return settled


def _settle(repositories: Repositories, every: int, stop: threading.Event) -> None:
    while not stop.wait(every):
        try:
            settle_decided(repositories)
            take_in_left_over(repositories, dt.datetime.now(dt.UTC))
            deliver_notices(repositories, seconds=every)
        except KinbindError as error:
            _LOG.warning("decided cases were not looked for: %s", type(error).__name__)
