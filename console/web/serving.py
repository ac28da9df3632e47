"""Serving the console, and putting decisions into effect beside it."""

import datetime as dt
import logging
import socket
import threading
from collections.abc import Callable
from typing import Final

import uvicorn

from console.web.app import create_app
from models.errors import KinbindError
from storage.open import Office
from tasks.stages import deliver_notices, settle_review, take_in_left_over
from tasks.stages.sample import draw_sample

_LOG: Final = logging.getLogger(__name__)
_SAMPLED_BACK: Final = dt.timedelta(days=2)
_LOOPBACK: Final = ("127.0.0.1", "localhost")


def serve_console(
    office: Office,
    *,
    host: str,
    port: int,
    names: tuple[str, ...],
    tls: tuple[str, str] | None,
    settle_every: int,
    tell: Callable[[str], object],
) -> None:
    """Serve until told to stop.

    Args:
        office: The drawers.
        host: Address to listen on.
        port: 0: any free one.
        names: Host names that browsers may use beside the loopback's.
        tls: Certificate and key, PEM files; None: plain HTTP, for the loopback or a proxy.
        settle_every: Seconds between looks for decided cases; 0: another process does it.
        tell: Where to say the address.
    """
    listener = socket.create_server((host, port))
    address = listener.getsockname()
    scheme = "https" if tls else "http"
    tell(f"审核台 review console: {scheme}://{address[0]}:{address[1]}")
    config = uvicorn.Config(
        create_app(office, allowed_hosts=(*_LOOPBACK, host, *names)),
        log_level="warning",
        access_log=False,  # the access log that counts is in the database
        server_header=False,
        lifespan="off",
        ssl_certfile=tls[0] if tls else None,
        ssl_keyfile=tls[1] if tls else None,
    )
    office.desk.place_missing()
    stop = threading.Event()
    settler = threading.Thread(target=_settle, args=(office, settle_every, stop), daemon=True)
    if settle_every:
        settler.start()
    try:
        uvicorn.Server(config).run(sockets=[listener])
    finally:
        stop.set()
        if settle_every:
            settler.join(timeout=10)


def settle_decided(office: Office) -> int:
    """Put every decided case into effect, and say how many; one that fails waits for the next look.

    The scheduled flow does the same; doing it twice changes nothing.
    """
    settled = 0
    for review in office.reviews.decided():
        try:
            settle_review(office, review.review_id)
        except KinbindError as error:
            _LOG.warning("a decided case was not settled: %s", type(error).__name__)
        else:
            settled += 1
    return settled


def _settle(office: Office, every: int, stop: threading.Event) -> None:
    while not stop.wait(every):
        try:
            office.desk.place_missing()
            settle_decided(office)
            take_in_left_over(office, dt.datetime.now(dt.UTC))
            deliver_notices(office, seconds=every)
            draw_sample(office, since=dt.datetime.now(dt.UTC) - _SAMPLED_BACK)
        except KinbindError as error:
            _LOG.warning("decided cases were not looked for: %s", type(error).__name__)
