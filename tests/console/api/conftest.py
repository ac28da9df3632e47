"""An office whose API is served, and applications as programs send them."""

import contextlib
import threading
import time

import httpx
import pytest
import uvicorn

from console.web.app import create_app
from tests.storage.conftest import (  # noqa: F401  (fixtures and a hook, used by their names)
    database,
    pytest_generate_tests,
)
from tests.tasks.conftest import BOOK, picture
from tests.tasks.notices.conftest import (  # noqa: F401  (fixtures, used by their names)
    decided,
    form,
    receiver,
    repositories,
    settings,
    verify,
)

APPLICATIONS = "/api/v1/applications"


@contextlib.contextmanager
def served(app):
    """An application on a real port."""
    config = uvicorn.Config(app, port=0, log_level="error", access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = server.force_exit = True
        thread.join(10)


@pytest.fixture
def address(repositories):  # noqa: F811
    with served(create_app(repositories)) as address:
        yield address


@pytest.fixture
def client_of(repositories, address):  # noqa: F811
    """The program of a client, with a key of its own: `client_of("cityapp", channels=[...])`."""
    opened = []

    def made(name="cityapp", channels=(), secret=None):
        secret = secret or repositories.api_keys.new(name, channels).secret
        headers = {"authorization": f"Bearer {secret}"}
        opened.append(httpx.Client(base_url=address, headers=headers, timeout=60, trust_env=False))
        return opened[-1]

    yield made
    for client in opened:
        client.close()


def parts(names=tuple(BOOK), content=None, **changes):
    """The parts of a request: the form, and a picture for each name."""
    whole = form(names, **changes) if content is None else content
    return [
        ("application", ("application.json", whole, "application/json")),
        *(("files", (name, picture(len(name)), "image/jpeg")) for name in names),
    ]


def hand_in(client, *args, **changes):
    return client.post(APPLICATIONS, files=parts(*args, **changes))
