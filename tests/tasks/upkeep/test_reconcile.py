"""Nothing lost, nothing doubled: the books agree after everything that an office does."""

import datetime as dt

import pytest
from sqlalchemy import text

from models.audit.discrepancy import DiscrepancyKind
from models.bindings.unbinding import EndReason
from models.intake.application import PersonRole
from storage.bindings.binding_repository import binding_key, tombstone_key
from storage.database.engine import writing
from tasks.bindings.unbind import unbind
from tasks.rounds.round_results import arrival_key, decision_key, readings_key
from tasks.upkeep.reconcile import reconcile
from tests.tasks.conftest import BOOK

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


def test_the_books_agree_after_a_return_a_review_an_approval_and_an_unbinding(
    repositories, returned, send, verify
):
    verify(send(PICTURES, application_id="A2", round=2), PAPERS)
    verify(send(PICTURES, application_id="A3"), PAPERS)
    unbind(
        repositories,
        "A3",
        by="lin",
        reason=EndReason.REQUESTED,
        consents=[PersonRole.MEMBER],
        now=LATER,
    )
    assert reconcile(repositories, LATER) == ()


@pytest.mark.parametrize(
    ("key", "fault"),
    [
        (arrival_key, DiscrepancyKind.FORM_LOST),
        (readings_key, DiscrepancyKind.READINGS_LOST),
        (lambda round_id: decision_key(round_id, "machine"), DiscrepancyKind.DECISION_LOST),
    ],
)
def test_an_object_that_is_lost_is_noticed(repositories, approved, key, fault):
    repositories.archive.delete(key(approved.round_id))
    assert fault in faults(repositories)


def test_a_lost_upload_is_noticed(repositories, approved):
    (first, *_) = repositories.archive.store.keys("uploads/")
    repositories.archive.delete(first)
    assert faults(repositories) == [DiscrepancyKind.UPLOAD_LOST]


def test_a_binding_that_is_lost_changed_or_unknown_is_noticed(repositories, approved):
    (binding_id,) = repositories.bindings.in_force()
    content = repositories.archive.get_plain(binding_key(binding_id))
    repositories.archive.delete(binding_key(binding_id))
    assert DiscrepancyKind.BINDING_LOST in faults(repositories)
    repositories.archive.put_plain(binding_key(binding_id), content.replace(b"child", b"parent"))
    assert DiscrepancyKind.BINDING_CHANGED in faults(repositories)
    repositories.archive.put_plain(binding_key("another"), content)
    assert DiscrepancyKind.BINDING_UNKNOWN in faults(repositories)


def test_a_lost_tombstone_is_noticed(repositories, approved):
    unbind(repositories, "A1", by="lin", reason=EndReason.ERROR, consents=[], now=LATER)
    repositories.archive.delete(tombstone_key(repositories.bindings.find("A1")[0]))
    assert faults(repositories) == [DiscrepancyKind.TOMBSTONE_LOST]


def test_a_decision_that_the_database_tells_otherwise_is_noticed(repositories, returned):
    with writing(repositories.engine) as connection:
        connection.execute(text("UPDATE rounds SET outcome = 'rejected'"))
    assert faults(repositories) == [DiscrepancyKind.DECISION_DIFFERS]


def test_a_case_that_nobody_would_ever_see_is_noticed(repositories, send, verify):
    verify(send(PICTURES, round=2), PAPERS)
    with writing(repositories.engine) as connection:
        connection.execute(text("DELETE FROM review_reasons"))
        connection.execute(text("DELETE FROM reviews"))
    assert faults(repositories) == [DiscrepancyKind.REVIEW_LOST]


def test_an_object_of_no_round_and_an_edited_log_are_noticed(repositories, approved):
    repositories.archive.put_bytes(readings_key("0" * 32), b"stray")
    assert faults(repositories) == [DiscrepancyKind.OBJECT_UNKNOWN]
    with writing(repositories.engine) as connection:
        connection.execute(text("UPDATE audit_head SET events = events - 1"))
    assert DiscrepancyKind.CHAIN_BROKEN in faults(repositories)


def test_what_is_under_way_is_left_out(repositories, send):
    case = send(PICTURES)
    repositories.archive.delete(arrival_key(case.round_id))
    assert faults(repositories, now=case.received_at) == []
