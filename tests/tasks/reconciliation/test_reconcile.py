"""Nothing lost, nothing doubled: the books agree after everything that an office does."""

import contextlib
import datetime as dt
import hashlib
import json
import re
import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from models.audit.discrepancy import DiscrepancyKind
from models.audit.event import EventTag
from models.bindings.unbinding import EndReason
from models.decision.decision import Outcome
from models.intake.application import ConsentKind, PersonRole
from models.reviews.review_work import ReviewNote
from models.staff.staff_member import StaffMember, StaffRole
from storage.bindings.binding_repository import binding_key, tombstone_key
from storage.database.engine import writing
from storage.policy.policies import PolicyRepository
from tasks.bindings.unbind import unbind
from tasks.consents.withdraw_consent import withdraw_consent
from tasks.intake.take_in_submissions import take_in_submission
from tasks.reconciliation.reconcile import SLICES, reconcile, reconcile_portion
from tasks.reviewing.claims import claim
from tasks.reviewing.corrections.correct_field import correct_field
from tasks.reviewing.reopen import reopen
from tasks.reviewing.review_events import record_look
from tasks.reviewing.settle_review import settle_review
from tasks.rounds.round_results import (
    arrival_key,
    checks_key,
    decision_key,
    face_key,
    readings_key,
    stated_key,
)
from tasks.staff.api_keys import issue_key
from tasks.staff.sign_in import sign_in
from tasks.staff.staff_accounts import add_member
from tasks.verification.batches import open_batch
from tests.review_steps import opine
from tests.tasks.checks.dossiers import CHILD, FATHER, application
from tests.tasks.conftest import BOOK, picture

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


def test_who_handed_an_application_in_over_http_is_compared(repositories, verify):
    documents = [{"file": name, "kind": None, "person": None} for name in PICTURES]
    form = application(FATHER, CHILD, "child", application_id="A3", documents=documents)
    contents = {name: picture(seed) for name, seed in PICTURES.items()}
    contents["application.json"] = json.dumps(form).encode()
    files = [(name, lambda kept=content: kept) for name, content in contents.items()]
    now = dt.datetime.now(dt.UTC)
    submission = repositories.submissions.keep("cityapp", "A3", files, now=now)
    verify(take_in_submission(repositories, submission), PAPERS)
    assert faults(repositories) == []
    alter(repositories, "UPDATE parcels SET client = 'ghost'")
    assert faults(repositories) == ["submission_lost"]


@pytest.fixture
def office(repositories, send, verify):
    """One application that the machine approved, and one that two people decided."""
    waiting = verify(send(PICTURES, application_id="A2", round=2), PAPERS)
    assert waiting.outcome == "in_review"
    review = repositories.reviews.list()[0]
    for person in ("lin", "he"):
        claim(repositories, review.review_id, person, StaffRole.REVIEWER)
        record_look(repositories, repositories.claims.get(review.review_id), person)
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
    repositories.drafts.save(review.review_id, "wang", {"note": ["…"]}, LATER)
    assert verify(send(PICTURES), PAPERS).outcome == "approved"
    password = add_member(repositories, "lin", StaffRole.REVIEWER, actor="admin")
    sign_in(repositories, "lin", password, "127.0.0.1")
    issue_key(repositories, "cityapp", [], actor="admin")
    open_batch(repositories, "b", "r")
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
    ("UPDATE rounds SET stage = 'taken_in'", ("round_differs", "stage")),
    ("UPDATE rounds SET retries = 3", ("round_differs", "retries")),
    ("UPDATE rounds SET answer_due_on = '2030-01-01'", ("round_differs", "answer_due_on")),
    ("UPDATE rounds SET batch_id = 'other'", ("round_differs", "place")),
    ("UPDATE rounds SET employer_ref = 'other'", ("round_differs", "place")),
    ("UPDATE rounds SET round = 7", ("round_differs", "place")),
    ("UPDATE rounds SET stage = 'elsewhere'", ("row_unreadable", "stage")),
    ("UPDATE rounds SET outcome = 'none'", ("row_unreadable", "outcome")),
    ("UPDATE reviews SET state = 'lost'", ("row_unreadable", "state")),
    ("UPDATE reviews SET decided_codes = '['", ("row_unreadable", "")),
    ("UPDATE reviews SET application_id = 'A1'", ("review_differs", "application_id")),
    ("UPDATE opinions SET outcome = 'maybe'", ("row_unreadable", "outcome")),
    ("UPDATE bindings SET end_reason = 'bored'", ("row_unreadable", "end_reason")),
    ("UPDATE traces SET application_id = 'A9'", ("match_keys_differ", "match_keys")),
    ("UPDATE traces SET round = 9", ("match_keys_differ", "match_keys")),
    ("UPDATE round_figures SET route = 'by air'", ("row_unreadable", "route")),
    ("UPDATE findings SET severity = 'info'", ("findings_differ", "")),
    ("DELETE FROM findings WHERE origin = 'machine'", ("findings_differ", "")),
    ("UPDATE documents SET blur = 0.9", ("documents_differ", "")),
    ("DELETE FROM documents", ("documents_differ", "")),
    ("UPDATE round_figures SET figures = '{}'", ("figures_differ", "figures")),
    ("UPDATE round_figures SET sex = 'male'", ("figures_differ", "groups")),
    ("UPDATE round_figures SET proof_class = 'ties'", ("figures_differ", "proof_class")),
    ("UPDATE round_figures SET form_version = NULL", ("figures_differ", "figures")),
    ("DELETE FROM round_figures", ("figures_differ", "figures")),
    ("DELETE FROM traces WHERE kind = 'number'", ("match_keys_differ", "match_keys")),
    ("UPDATE traces SET fingerprint = round_id", ("match_keys_differ", "match_keys")),
    ("UPDATE opinions SET words = zeroblob(0)", ("opinions_differ", "")),
    ("UPDATE opinions SET given_at = '2020-01-01 00:00:00'", ("opinions_differ", "")),
    ("UPDATE opinions SET codes = '[]'", ("opinions_differ", "")),
    ("UPDATE opinions SET withdrawn_at = given_at", ("opinions_differ", "")),
    ("UPDATE reviews SET holder = 'nobody'", ("review_differs", "decision")),
    ("UPDATE reviews SET decided_at = opened_at", ("review_differs", "decision")),
    ("UPDATE reviews SET due_at = '2030-01-01 00:00:00'", ("review_differs", "due_at")),
    ("UPDATE reviews SET kind = 'sample'", ("review_differs", "kind")),
    ("UPDATE reviews SET codes = '[]'", ("review_differs", "codes")),
    ("DELETE FROM review_reasons", ("review_differs", "codes")),
    ("UPDATE reviews SET escalated_at = due_at", ("review_differs", "escalated_at")),
    ("DELETE FROM corrections", ("corrections_differ", "")),
    ("UPDATE corrections SET staff = 'ghost'", ("corrections_differ", "")),
    ("UPDATE corrections SET value = zeroblob(40)", ("corrections_differ", "")),
    ("UPDATE review_drafts SET content = zeroblob(40)", ("draft_changed", "wang")),
    ("UPDATE review_drafts SET staff = 'ghost'", ("draft_changed", "ghost")),
    ("DELETE FROM views", ("view_lost", "")),
    ("UPDATE views SET staff = 'ghost'", ("view_lost", "")),
    ("DELETE FROM deliveries; DELETE FROM notices;", ("notice_lost", "")),
    ("DELETE FROM deliveries WHERE destination = 'webhook'", ("notice_lost", "webhook")),
    ("UPDATE deliveries SET state = 'delivered'", ("delivery_unrecorded", "webhook")),
    ("UPDATE deliveries SET state = 'given_up'", ("delivery_unrecorded", "folder")),
    ("UPDATE notices SET outcome = 'approved'", ("notice_changed", "")),
    ("UPDATE notices SET body = NULL", ("notice_changed", "")),
    ("UPDATE notices SET body = zeroblob(60)", ("notice_changed", "")),
    (
        "INSERT INTO notices SELECT 'msg_x', kind, application_id, round_id, outcome, happened_at,"
        " body FROM notices LIMIT 1",
        ("notice_unknown", ""),
    ),
    ("UPDATE bindings SET claim = NULL", ("binding_differs", "claim")),
    ("UPDATE bindings SET claim = 'x'", ("binding_differs", "claim")),
    ("UPDATE bindings SET slot = 'x'", ("binding_differs", "register")),
    ("UPDATE bindings SET ended_at = claimed_at", ("binding_differs", "ended_at")),
    ("UPDATE bindings SET ends_on = '2030-01-01'", ("binding_differs", "ends_on")),
    ("UPDATE staff SET role = 'admin'", ("account_differs", "")),
    ("UPDATE staff SET password = 'x'", ("account_differs", "")),
    ("UPDATE staff SET active = NOT active", ("account_differs", "")),
    ("UPDATE staff SET os_user = 'x'", ("account_differs", "")),
    ("DELETE FROM sessions; DELETE FROM staff", ("account_lost", "")),
    (
        "INSERT INTO staff SELECT 'ghost', 'senior', password, active, must_change, created_at,"
        " NULL, NULL, NULL FROM staff",
        ("account_unknown", ""),
    ),
    ("UPDATE sessions SET session_id = 'x'", ("session_unknown", "")),
    ("UPDATE sessions SET expires_at = '2050-01-01 00:00:00'", ("session_unknown", "")),
    ("UPDATE api_keys SET key_hash = 'x'", ("api_key_differs", "")),
    ("UPDATE api_keys SET channels = '[\"counter\"]'", ("api_key_differs", "")),
    ("UPDATE api_keys SET key_id = 'x'", ("api_key_unknown", "")),
    ("DELETE FROM api_keys", ("api_key_lost", "")),
]
"""What somebody who owns the database may do, and where it is found."""


ALONE = (
    "elsewhere",
    "bored",
    "'none'",
    "'lost'",
    "'['",
    "maybe",
    "by air",
    "records_deleted_at",
    "FROM rounds",
    "FROM bindings",
    "FROM staff",
    "FROM notices;",
)
"""What hides other differences."""


def batches():
    """Statements that are looked for together: one for each table at a time."""
    found = {}
    for statement, place in ROWS:
        (table, *_) = re.findall(r"(?:UPDATE|FROM|INTO) (\w+)", statement)
        alone = any(part in statement for part in ALONE)
        turn = sum(name == table for batch in found.values() for _, _, name in batch)
        key = statement if alone else turn
        found.setdefault(key, []).append((statement, place, table))
    return found.values()


def test_a_row_that_the_log_tells_otherwise_is_found(office):
    case_db = office.settings.home / "case.db"
    missed = []
    for batch in batches():
        with (
            contextlib.closing(sqlite3.connect(case_db)) as database,
            contextlib.closing(sqlite3.connect(":memory:")) as before,
        ):
            database.backup(before)
            for statement, _, _ in batch:
                database.executescript(statement)
            database.commit()
            found = places(office)
            missed += [statement for statement, place, _ in batch if place not in found]
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


def test_a_consent_taken_back_that_lies_there_no_longer_is_found(office):
    withdraw_consent(office, "A1", ConsentKind.GUARDIAN, by=None, actor="cityapp", now=LATER)
    assert "withdrawal_lost" not in {fault for fault, _ in places(office)}
    for key in list(office.archive.store.keys("withdrawals/")):
        office.archive.delete(key)
    assert ("withdrawal_lost", "") in places(office)


def test_words_of_a_reopening_that_were_altered_or_emptied_are_found(office):
    senior = StaffMember(name="su", role=StaffRole.SENIOR, created_at=LATER)
    reopen(office, "A2", senior, "家属来电", now=LATER)
    assert "remark_lost" not in {fault for fault, _ in places(office)}
    for statement in (
        "UPDATE review_remarks SET words = zeroblob(40)",
        "UPDATE review_remarks SET words = zeroblob(0)",
    ):
        alter(office, statement)
        assert ("remark_lost", "") in places(office)


def test_a_policy_file_that_was_changed_is_told_once(office, tmp_path):
    folder = Path(shutil.copytree(office.policies.folder, tmp_path / "policies"))
    object.__setattr__(office, "policies", PolicyRepository.load(folder))
    with (folder / "national.yaml").open("a", encoding="utf-8") as file:
        file.write("\n# a comment\n")
    (folder / "henan.yaml").unlink()
    told = {(found.fault.value, found.subject) for found in reconcile(office, LATER)}
    assert told == {("policy_changed", "national.yaml"), ("policy_lost", "henan.yaml")}
    assert reconcile(office, LATER) == ()


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
