"""Deletion on request: refused while it must not be, complete and proven where it may."""

import datetime as dt

import pytest

from models.bindings.unbinding import EndReason
from models.intake.application import PersonRole
from tasks.bindings.unbind import unbind
from tasks.consents.delete_application import DeletionRefusal, delete_application
from tests.tasks.checks.dossiers import CHILD, FATHER
from tests.tasks.conftest import BOOK, tags

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
PICTURES = {name: seed for name, (seed, _) in BOOK.items()}
PAPERS = [reading for _, reading in BOOK.values()]


@pytest.fixture
def erase(repositories):
    def erased(application_id="A1"):
        return delete_application(
            repositories, application_id, asked_by=PersonRole.MEMBER, actor="clerk", now=NOW
        )

    return erased


def test_an_unknown_application_is_refused(erase):
    assert erase("nobody").refused is DeletionRefusal.UNKNOWN


def test_an_application_that_is_not_decided_is_refused(send, erase):
    send(PICTURES)
    assert erase().refused is DeletionRefusal.UNDECIDED


def test_an_application_whose_binding_is_in_force_is_refused(send, verify, erase):
    verify(send(PICTURES), PAPERS)
    assert erase().refused is DeletionRefusal.BOUND


def test_everything_of_a_returned_application_goes_and_the_proof_stays(
    repositories, returned, erase, settings
):
    done = erase()
    assert (done.refused, done.classes) == (None, 3)
    assert done.proof == repositories.audit.head("A1")
    assert not set(repositories.archive.store.keys("uploads/"))
    for folder in ("arrivals", "readings", "checks", "decisions", "faces", "portraits"):
        assert not list(repositories.archive.store.keys(f"{folder}/{returned.round_id}"))
    assert tags(repositories).count("retention:deletion:requested") == 1
    assert tags(repositories).count("retention:object:deleted") == 3
    assert repositories.audit.verify().intact
    for path in settings.home.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(who.name.encode() in content for who in (FATHER, CHILD))


def test_asking_again_deletes_nothing(returned, erase):
    erase()
    assert erase().classes == 0


def test_once_the_binding_has_ended_the_application_may_be_deleted(
    repositories, send, verify, erase
):
    verify(send(PICTURES), PAPERS)
    unbind(
        repositories,
        "A1",
        by="clerk",
        reason=EndReason.REQUESTED,
        consents=(PersonRole.MEMBER,),
        now=dt.datetime.now(dt.UTC),
    )
    assert erase().refused is None
