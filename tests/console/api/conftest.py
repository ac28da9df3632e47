"""An office with its door for programs open, and applications as programs send them."""

import contextlib
import datetime as dt
import json
import threading
import time

import httpx
import pytest
import uvicorn
from pydantic import SecretStr

from console.web.app import create_app
from models.reading.document import Readings
from storage.bootstrap import using_repositories as open_for_a_block
from storage.settings import Settings
from tasks.intake.take_in_submissions import take_in_submission
from tasks.rounds.round_results import load_arrival, readings_key
from tests.console.api.receivers import SECRET, receiving
from tests.storage.conftest import (  # noqa: F401  (fixtures and a hook, used by their names)
    database,
    postgresql_server,
    pytest_generate_tests,
)
from tests.tasks.checks.dossiers import CHILD, FATHER, application
from tests.tasks.conftest import BOOK, picture, run_steps

HAND_IN = "/api/v1/applications"


@pytest.fixture
def receiver():
    """Where notices go; it listens in tests that ask for it."""
    with receiving() as server:
        yield server


@pytest.fixture
def settings(tmp_path, database, request):  # noqa: F811
    """Settings that name two ways out where the test has a receiver."""
    chosen = Settings(home=tmp_path / "home", database_url=database)
    if "receiver" not in request.fixturenames:
        return chosen
    ways_out = {
        "webhook_url": request.getfixturevalue("receiver").url,
        "webhook_secret": SecretStr(SECRET),
        "outcome_folder": str(tmp_path / "outcomes"),
    }
    return chosen.model_copy(update=ways_out)


@pytest.fixture
def repositories(settings):
    with open_for_a_block(settings) as opened:
        yield opened


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
def address(repositories):
    with served(create_app(repositories)) as address:
        yield address


@pytest.fixture
def client_of(repositories, address):
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


def form(names=tuple(BOOK), application_id="A1", **changes):
    """The content of an application.json that names these files."""
    documents = [{"file": name, "kind": None, "person": None} for name in names]
    body = application(
        FATHER, CHILD, "child", application_id=application_id, documents=documents, **changes
    )
    return json.dumps(body).encode()


def parts(names=tuple(BOOK), content=None, **changes):
    """The parts of a request: the form, and a picture for each name."""
    whole = form(names, **changes) if content is None else content
    return [
        ("application", ("application.json", whole, "application/json")),
        *(("files", (name, picture(len(name)), "image/jpeg")) for name in names),
    ]


def hand_in(client, *args, **changes):
    return client.post(HAND_IN, files=parts(*args, **changes))


def verify(repositories, round_id, papers=None):
    """Verify a round with these readings in the place of the engines'."""
    digests = {f.file: f.digest for f in load_arrival(repositories, round_id).files}
    chosen = [reading for _, reading in BOOK.values()] if papers is None else papers
    read = tuple(p.model_copy(update={"digest": digests[p.file]}) for p in chosen)
    repositories.archive.put_record(readings_key(round_id), Readings(papers=read))
    run_steps(repositories, round_id)
    return repositories.cases.get(round_id)


@pytest.fixture
def decided(repositories):
    """Rounds that came over HTTP and were decided, so many of them."""

    def made(count=1, papers=None):
        rounds = []
        for number in range(count):
            names = tuple(BOOK)
            files = [("application.json", form(names, application_id=f"A{number + 1}"))]
            files += [(name, picture(number * 10 + len(name))) for name in names]
            contents = [(name, lambda content=content: content) for name, content in files]
            submission = repositories.submissions.keep(
                "cityapp", f"A{number + 1}", contents, now=now()
            )
            case = take_in_submission(repositories, submission)
            rounds.append(verify(repositories, case.round_id, papers))
        return rounds

    return made


def now():
    return dt.datetime.now(dt.UTC)
