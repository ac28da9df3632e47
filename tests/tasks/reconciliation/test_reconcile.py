"""Nothing lost, nothing doubled: the books agree after everything that an office does."""

import contextlib
import datetime as dt
import hashlib
import sqlite3

import pytest
from sqlalchemy import text

from models.audit.discrepancy import DiscrepancyKind
from models.audit.event import EventTag
from models.bindings.unbinding import EndReason
from models.decision.decision import Outcome
from models.intake.application import PersonRole
from models.reviews.review_work import ReviewNote
from models.staff.staff_member import StaffRole
from storage.bindings.binding_repository import binding_key, tombstone_key
from storage.database.engine import writing
from tasks.bindings.unbind import unbind
from tasks.reconciliation.reconcile import SLICES, reconcile, reconcile_portion
from tasks.reviewing.claims import claim
from tasks.reviewing.settle_review import settle_review
from tasks.rounds.round_results import (
    arrival_key,
    checks_key,
    decision_key,
    face_key,
    readings_key,
    stated_key,
)
from tests.review_steps import opine
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


def places(repositories, now=LATER):
    """What differs, with the part of it."""
    return {(found.fault.value, found.detail) for found in reconcile(repositories, now)}


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


@pytest.fixture
def office(repositories, send, verify):
    """One application that the machine approved, and one that two people decided."""
    waiting = verify(send(PICTURES, application_id="A2", round=2), PAPERS)
    assert waiting.outcome == "in_review"
    review = repositories.reviews.list()[0]
    for person in ("lin", "he"):
        claim(repositories, review.review_id, person, StaffRole.REVIEWER)
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
    assert verify(send(PICTURES), PAPERS).outcome == "approved"
    assert reconcile(repositories, LATER) == ()
    return repositories


ROWS = [
    ("UPDATE rounds SET decided_by = 'ghost'", ("round_differs", "decided_by")),
    ("UPDATE rounds SET policy_version = 'other'", ("round_differs", "policy_version")),
    ("UPDATE rounds SET received_at = '2020-01-01 00:00:00'", ("round_differs", "received_at")),
    ("UPDATE rounds SET decided_at = '2020-01-01 00:00:00'", ("round_differs", "decided_at")),
    ("UPDATE rounds SET machine_outcome = 'returned'", ("round_differs", "machine_outcome")),
    ("UPDATE rounds SET region = '110000'", ("round_differs", "region")),
    ("UPDATE rounds SET content_digest = round_id", ("round_differs", "content_digest")),
    ("UPDATE rounds SET records_deleted_at = decided_at", ("deletion_unrecorded", "records")),
    ("DELETE FROM findings", ("findings_differ", "")),
    ("UPDATE findings SET code = 'Q01'", ("findings_differ", "")),
    ("DELETE FROM opinions", ("opinions_differ", "")),
    ("UPDATE opinions SET staff = 'ghost' WHERE ordinal = 2", ("opinions_differ", "")),
    ("UPDATE opinions SET outcome = 'approved'", ("opinions_differ", "")),
    ("UPDATE reviews SET outcome = 'approved'", ("review_differs", "")),
    ("UPDATE bindings SET status = 'ended'", ("binding_differs", "status")),
    ("UPDATE bindings SET relationship = 'spouse'", ("binding_differs", "relationship")),
    ("UPDATE bindings SET member_hash = applicant_hash", ("binding_differs", "member_hash")),
    ("DELETE FROM bindings", ("binding_lost", "register")),
    ("PRAGMA foreign_keys = OFF; DELETE FROM rounds", ("round_lost", "")),
]
"""What somebody who owns the database may do, and where it is found."""


def test_a_row_that_the_log_tells_otherwise_is_found(office):
    case_db = office.settings.home / "case.db"
    missed = []
    for statement, place in ROWS:
        with (
            contextlib.closing(sqlite3.connect(case_db)) as database,
            contextlib.closing(sqlite3.connect(":memory:")) as before,
        ):
            database.backup(before)
            database.executescript(statement)
            database.commit()
            if place not in places(office):
                missed.append((statement, places(office)))
            before.backup(database)
    assert not missed
    assert reconcile(office, LATER) == ()


def test_an_object_that_was_altered_or_exchanged_is_found_and_the_rest_is_compared(office):
    one, other = (round_.round_id for round_ in office.cases.rounds())
    alter(office, "DELETE FROM opinions")
    for key, fault in (
        (arrival_key, "form_changed"),
        (readings_key, "readings_changed"),
        (stated_key, "stated_changed"),
        (face_key, "faces_changed"),
        (checks_key, "checks_changed"),
        (lambda round_id: decision_key(round_id, "machine"), "decision_changed"),
    ):
        swap(office, key(one), key(other))
        found = {name for name, _ in places(office)}
        assert {fault, "opinions_differ"} <= found
        swap(office, key(one), key(other))
        flip(office, key(one))
        assert fault in {name for name, _ in places(office)}


@pytest.mark.parametrize(("key", "fault"), [(face_key, "faces_lost"), (checks_key, "checks_lost")])
def test_a_result_that_the_log_names_and_that_is_gone_is_found(office, key, fault):
    office.archive.delete(key(office.cases.rounds()[0].round_id))
    assert (fault, "") in places(office)


def test_one_bit_of_an_upload_is_found(office):
    flip(office, next(iter(office.archive.store.keys("uploads/"))))
    assert ("upload_changed", "") in places(office)
    assert reconcile(office, LATER, pictures=False) == ()


def test_a_decision_of_people_that_was_taken_away_is_found(office):
    case = office.cases.find("A2")[0]
    office.archive.delete(decision_key(case.round_id, "review"))
    assert ("decision_lost", "review") in places(office)


def test_a_binding_that_was_altered_together_with_the_register_is_found(office):
    (binding_id,) = office.bindings.in_force()
    key = binding_key(binding_id)
    content = office.archive.get_plain(key).replace(b"child", b"parent")
    office.archive.delete(key)
    office.archive.put_plain(key, content)
    digest = hashlib.sha256(content).hexdigest()
    with writing(office.engine) as connection:
        connection.execute(text("UPDATE bindings SET object_digest = :digest"), {"digest": digest})
    found = places(office)
    assert {("binding_changed", ""), ("binding_differs", "object_digest")} <= found


def test_a_published_root_that_is_gone_is_found(office):
    for key in list(office.archive.store.keys("audit/")):
        office.archive.delete(key)
    assert [fault for fault, _ in places(office)] == ["root_lost"]


def test_a_night_looks_at_what_changed_and_a_month_at_everything(office):
    alter(office, "UPDATE rounds SET decided_by = 'ghost'")
    assert "decided_by" in {found.detail for found in reconcile_portion(office, LATER)}
    office.audit.append(
        EventTag.BOOKS_RECONCILED,
        application_id=None,
        round_id=None,
        actor="reconcile",
        idempotency_key="reconciled",
    )
    nights = [reconcile_portion(office, LATER + dt.timedelta(days=n)) for n in range(SLICES)]
    told = [found.subject for night in nights for found in night]
    assert set(told) == {round_.round_id for round_ in office.cases.rounds()}
    assert any(not night for night in nights)
