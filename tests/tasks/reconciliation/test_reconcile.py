"""Nothing lost, nothing doubled: the books agree after everything that an office does."""

import datetime as dt
import hashlib
import json
import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from models.audit.discrepancy import DiscrepancyKind
from models.audit.event import EventTag
from models.bindings.unbinding import EndReason
from models.intake.application import ConsentKind, PersonRole
from models.staff.staff_member import StaffMember, StaffRole
from storage.bindings.binding_repository import binding_key, tombstone_key
from storage.database.transactions import writing
from storage.policy.policies import PolicyRepository
from tasks.bindings.unbind import unbind
from tasks.consents.withdraw_consent import withdraw_consent
from tasks.intake.take_in_submissions import take_in_submission
from tasks.reconciliation.reconcile import SLICES, reconcile, reconcile_portion
from tasks.reviewing.reopen import reopen
from tasks.rounds.round_results import (
    arrival_key,
    checks_key,
    decision_key,
    face_key,
    readings_key,
    stated_key,
)
from tests.tasks.checks.dossiers import CHILD, FATHER, application
from tests.tasks.conftest import picture
from tests.tasks.reconciliation.conftest import (
    LATER,
    PAPERS,
    PICTURES,
    alter,
    faults,
    flip,
    places,
    swap,
)


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
    for change in ("client = 'ghost'", "round_id = NULL", "parcel_id = 'x'"):
        alter(repositories, " ".join(("UPDATE parcels SET", change)))
        assert faults(repositories) == ["submission_lost"]


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
        "UPDATE review_remarks SET made_at = '2020-01-01 00:00:00'",
        "UPDATE review_remarks SET staff = 'ghost'",
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
