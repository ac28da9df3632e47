"""An office in which everything was done once, for whoever changes it behind its back."""

import datetime as dt
import secrets
import shutil

import pytest
from sqlalchemy import text

from models.audit.event import EventTag
from models.decision.decision import Outcome
from models.reviews.review_work import ReviewNote, ViewKind
from models.staff.staff_member import StaffRole
from storage.bootstrap import using_repositories
from storage.database.transactions import writing
from storage.private_files import create_private
from storage.settings import Settings
from tasks.reconciliation.reconcile import reconcile
from tasks.reviewing.claims import claim
from tasks.reviewing.corrections.correct_field import correct_field
from tasks.reviewing.review_events import record_terminal_view
from tasks.reviewing.settle_review import settle_review
from tasks.rounds.round_events import round_event
from tasks.staff.api_keys import issue_key
from tasks.staff.sign_in import sign_in
from tasks.staff.staff_accounts import add_member
from tasks.verification.batches import open_batch
from tests.empty_database import with_tables
from tests.review_steps import opine
from tests.tasks.conftest import BOOK, hand_in, verify_round

PICTURES = {name: seed for name, (seed, _) in BOOK.items()}
PAPERS = [paper for _, paper in BOOK.values()]
LATER = dt.datetime.now(dt.UTC) + dt.timedelta(hours=2)


@pytest.fixture
def approved(send, verify):
    case = send(PICTURES)
    assert verify(case, PAPERS).outcome == "approved"
    return case


def faults(repositories, now=LATER):
    return [found.fault for found in reconcile(repositories, now)]


def places(repositories, *, pictures=True):
    """What differs, with the part of it."""
    found = reconcile(repositories, LATER, pictures=pictures)
    return {(one.fault.value, one.detail) for one in found}


def alter(repositories, *statements):
    """SQL by somebody who owns the database."""
    with writing(repositories.engine) as connection:
        for statement in statements:
            connection.execute(text(statement))


def flip(repositories, key):
    """One bit of an object, by somebody who owns the store."""
    content = bytearray(repositories.archive.store.get(key))
    content[len(content) // 2] ^= 1
    repositories.archive.delete(key)
    repositories.archive.store.put(key, bytes(content))


def swap(repositories, one, other):
    """Two objects in each other's place."""
    store = repositories.archive.store
    first, second = store.get(one), store.get(other)
    for key, content in ((one, second), (other, first)):
        repositories.archive.delete(key)
        store.put(key, content)


def reveal(repositories, review, staff, field):
    """A look at one field, as a page of the console notes it."""
    case = repositories.cases.get(review.round_id)
    told = {"review_id": review.review_id, "field": field}
    seen = round_event(case, EventTag.FIELD_REVEALED, told, key=staff, actor=staff)
    names = (review.application_id, review.round_id)
    repositories.access.note(staff, ViewKind.FIELD, *names, field, event=seen)


@pytest.fixture(scope="module")
def busy_home(tmp_path_factory):
    """The home of an office in which everything was done once; its books agree."""
    folder = tmp_path_factory.mktemp("busy")
    # Within the home, so that a copy has keys of its own.
    create_private(folder / "home/keys/master.key", secrets.token_bytes(32))
    with using_repositories(with_tables(Settings(home=folder / "home"))) as repositories:
        do_everything(repositories, folder)
        assert reconcile(repositories, LATER) == ()
    return folder / "home"


@pytest.fixture
def settings(tmp_path, request):
    """An empty home, or where a test asks for the busy office a copy of that."""
    home = tmp_path / "home"
    if "office" in request.fixturenames:
        shutil.copytree(request.getfixturevalue("busy_home"), home)
    return Settings(home=home)


@pytest.fixture
def office(repositories):
    """One application that the machine approved, and one that two people decided."""
    return repositories


def do_everything(repositories, folder):
    case = hand_in(repositories, folder / "second", PICTURES, "A2", round=2)
    assert verify_round(repositories, case, PAPERS).outcome == "in_review"
    review = repositories.reviews.list()[0]
    for person in ("lin", "he"):
        claim(repositories, review.review_id, person, StaffRole.REVIEWER)
        record_terminal_view(repositories, repositories.claims.get(review.review_id), person)
        if person == "lin":
            correct_field(repositories, review.review_id, 1, "name", "王强", person)
        opine(
            repositories,
            review.review_id,
            person,
            Outcome.REJECTED,
            ("X05",),
            ReviewNote(note="x"),
            four_eyes=True,
            at=LATER,
        )
    settle_review(repositories, review.review_id)
    reveal(repositories, review, "lin", "1:name")
    repositories.drafts.save(review.review_id, "wang", {"note": ["…"]}, LATER)
    case = hand_in(repositories, folder / "first", PICTURES)
    assert verify_round(repositories, case, PAPERS).outcome == "approved"
    password = add_member(repositories, "lin", StaffRole.REVIEWER, actor="admin")
    sign_in(repositories, "lin", password, "127.0.0.1")
    issue_key(repositories, "cityapp", [], actor="admin")
    open_batch(repositories, "b", "r")
