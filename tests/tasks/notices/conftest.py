"""Outcomes on their way out: rounds that came over HTTP and were decided, and a receiver."""

import datetime as dt
import json

import pytest
from pydantic import SecretStr

from models.reading.document import Readings
from storage.bootstrap import using_repositories as open_for_a_block
from storage.settings import Settings
from tasks.intake.take_in_submissions import take_in_submission
from tasks.rounds.round_results import load_arrival, readings_key
from tests.empty_database import with_tables
from tests.storage.conftest import (  # noqa: F401  (fixtures and a hook, used by their names)
    database,
    pytest_generate_tests,
)
from tests.tasks.checks.dossiers import CHILD, FATHER, application
from tests.tasks.conftest import BOOK, picture, run_steps
from tests.tasks.notices.receivers import SECRET, receiving


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
    with open_for_a_block(with_tables(settings)) as opened:
        yield opened


def form(names=tuple(BOOK), application_id="A1", **changes):
    """The content of an application.json that names these files."""
    documents = [{"file": name, "kind": None, "person": None} for name in names]
    body = application(
        FATHER, CHILD, "child", application_id=application_id, documents=documents, **changes
    )
    return json.dumps(body).encode()


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
