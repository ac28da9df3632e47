"""An office in a temporary folder, folders as applicants send them, and readings put in by hand."""

import json
import shutil
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import pytest

from models.checks.finding import Evidence, finding
from models.checks.reason import Reason
from models.reading.document import Readings
from storage.bootstrap import using_repositories as open_for_a_block
from storage.policy.policies import PolicyRepository
from storage.settings import Settings
from tasks.intake.take_in import take_in_inbox
from tasks.rounds.round_results import load_arrival, load_decision, readings_key
from tasks.verification.compare_faces import compare_faces
from tasks.verification.compare_stated_values import compare_stated_values
from tasks.verification.cross_check import cross_check
from tasks.verification.decide_round import decide_round
from tasks.verification.read_documents import read_documents
from tests.empty_database import with_tables
from tests.tasks.checks.dossiers import CHILD, FATHER, application, cover, page


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path / "home")


@pytest.fixture
def repositories(settings):
    with open_for_a_block(with_tables(settings)) as opened:
        yield opened


def picture(seed):
    """A small JPEG that is like no other; nothing is written on it."""
    noise = np.random.default_rng(seed).integers(0, 255, (300, 400, 3), np.uint8)
    return cv2.imencode(".jpg", noise)[1].tobytes()


BOOK = {
    "cover.jpg": (1, cover(FATHER, "cover.jpg")),
    "father.jpg": (2, page(FATHER, "户主", "father.jpg")),
    "child.jpg": (3, page(CHILD, "长女", "child.jpg")),
}
"""File to the seed of its picture and what is read on it."""


def hand_in(repositories, inbox, pictures, application_id="A1", names=None, **form):
    """Take in a folder as an applicant sends it."""
    folder = inbox / application_id
    folder.mkdir(parents=True)
    for name, seed in pictures.items():
        (folder / name).write_bytes(picture(seed))
    documents = [{"file": n, "kind": None, "person": None} for n in names or pictures]
    stated = {"application_id": application_id, "documents": documents} | form
    body = application(FATHER, CHILD, "child", **stated)
    (folder / "application.json").write_text(json.dumps(body), "utf-8")
    taken = take_in_inbox(repositories, str(inbox), shard=200)
    return repositories.cases.get(taken.round_ids[0])


@pytest.fixture
def send(repositories, tmp_path):
    """Takes in a folder as an applicant sends it: `send({"cover.jpg": 1}, round=2)`."""
    inboxes = iter(range(1000))

    def sent(pictures, *args, **form):
        return hand_in(repositories, tmp_path / f"inbox-{next(inboxes)}", pictures, *args, **form)

    return sent


def verify_round(repositories, case, papers=None):
    """Verify a round with these readings in the place of the engines', and give its decision."""
    if papers is not None:
        digests = {f.file: f.digest for f in load_arrival(repositories, case.round_id).files}
        read = tuple(p.model_copy(update={"digest": digests[p.file]}) for p in papers)
        repositories.archive.put_record(readings_key(case.round_id), Readings(papers=read))
    run_steps(repositories, case.round_id)
    return load_decision(repositories, case.round_id)


@pytest.fixture
def verify(repositories):
    """Verifies a round with these readings in the place of the engines', and gives its decision."""
    return partial(verify_round, repositories)


def run_steps(repositories, round_id):
    """The five steps, each given what the ones before it kept, as the flow does."""
    readings = read_documents(repositories, round_id)
    stated = compare_stated_values(repositories, round_id, readings)
    faces = compare_faces(repositories, round_id, readings)
    report = cross_check(repositories, round_id, readings, faces, stated)
    decide_round(repositories, round_id, readings, faces, report)


@pytest.fixture
def returned(send, verify):
    """A first round that was returned because the child's page is blurred."""
    case = send({name: seed for name, (seed, _) in BOOK.items()})
    decision = verify(case, blurred_book())
    assert decision.outcome == "returned", [f.code for f in decision.findings]
    return case


@pytest.fixture
def with_policy(repositories, tmp_path):
    """Changes keys of the national policy for this office: `with_policy((old, new), ...)`."""

    def altered(*changes):
        folder = Path(shutil.copytree(repositories.policies.folder, tmp_path / "policies"))
        path = folder / "national.yaml"
        text = path.read_text("utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path.write_text(text, "utf-8")
        object.__setattr__(repositories, "policies", PolicyRepository.load(folder))

    return altered


def blurred_book():
    """The family's book with a child's page that nobody can read."""
    fault = finding(Reason.PICTURE_BLURRED, Evidence(document="child.jpg"))
    child = BOOK["child.jpg"][1].model_copy(update={"fields": {}, "findings": (fault,)})
    return [BOOK["cover.jpg"][1], BOOK["father.jpg"][1], child]


def tags(repositories, application_id="A1"):
    """What happened to an application, in order."""
    return [event.tag.value for event in repositories.audit.events(application_id)]
