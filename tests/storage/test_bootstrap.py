"""A whole case through every drawer, for invented persons; then nothing of them lies in clear."""

import datetime as dt

import pytest

from models.audit.event import EventTag
from models.bindings.binding import ProvingDocument
from models.cases.case_round import MatchKey, MatchKeyKind, Stage
from models.checks.finding import Evidence, finding
from models.checks.reason import Reason
from models.decision.decision import Decision, Outcome
from models.errors import IntegrityError
from models.intake.application import (
    Applicant,
    Application,
    Member,
    PersonRole,
    Product,
    Relationship,
)
from models.reading.document import DocumentKind, DocumentReading, FieldReading, Quality
from models.reviews.review_work import ReviewNote
from models.staff.staff_member import StaffRole
from storage.bootstrap import using_repositories as open_for_a_block
from tasks.bindings.write_binding import write_binding
from tasks.reports.dataset.publish_dataset import publish_dataset
from tasks.reviewing.claims import claim
from tests.review_steps import opine

NOW = dt.datetime(2026, 11, 20, 1, 30, tzinfo=dt.UTC)
NAMES = ("欧阳虚构", "虚小构")
NUMBERS = ("110105194912310021", "33010620100101002X")
PHOTO = b"\xff\xd8photo of " + NAMES[0].encode() + NUMBERS[0].encode()

APPLICATION = Application(
    application_id="A20261120-000123",
    submitted_at=NOW,
    product=Product.FAMILY_ACCOUNT,
    region="330100",
    relationship=Relationship.CHILD,
    applicant=Applicant(name=NAMES[0], id_number=NUMBERS[0]),
    member=Member(name=NAMES[1], id_number=NUMBERS[1]),
)


@pytest.fixture(params=["directory", pytest.param("s3", marks=pytest.mark.service)])
def any_office(request, settings):
    chosen = settings if request.param == "directory" else request.getfixturevalue("s3_settings")
    with open_for_a_block(chosen) as opened:
        yield opened


def settle(repositories):
    """Everything that a run stores for one application."""
    digest = repositories.archive.keep_upload(PHOTO)
    case = repositories.cases.register(
        APPLICATION.application_id, digest, batch_id="b1", received_at=NOW, region="330100"
    ).round
    repositories.archive.put_record(f"applications/{case.round_id}", APPLICATION)
    reading = DocumentReading(
        file=f"{NAMES[0]}.jpg",
        digest=digest,
        kind=DocumentKind.ID_CARD_PORTRAIT,
        kind_confidence=0.9,
        fields={"name": FieldReading(value=NAMES[0], raw=NAMES[0], confidence=0.99)},
        quality=Quality(blur=0.1, glare=0, glyph_height_px=20, corners_visible=4, seal=True),
        seconds=0.4,
        engine="engine 1",
    )
    repositories.archive.put_record(f"readings/{case.round_id}", reading)
    repositories.cases.record_documents(case.round_id, [reading])
    repositories.match_keys.save(case.round_id, list(traces()))
    repositories.audit.append(
        EventTag.APPLICATION_RECEIVED,
        application_id=APPLICATION.application_id,
        round_id=case.round_id,
        actor="machine",
        details={"file": f"{NAMES[0]}.jpg", "files": 1},
        idempotency_key=f"{case.round_id}:received",
    )
    review = repositories.reviews.open(case.round_id, ["R03"], opened_at=NOW, due_at=NOW)
    claim(repositories, review.review_id, "r7", StaffRole.REVIEWER)
    opine(
        repositories,
        review.review_id,
        "r7",
        Outcome.APPROVED,
        [],
        ReviewNote(note=f"{NAMES[1]} {NUMBERS[1]}"),
        four_eyes=False,
        at=NOW,
    )
    decision = Decision(
        application_id=APPLICATION.application_id,
        outcome=Outcome.APPROVED,
        decided_at=NOW,
        decided_by="r7",
        policy_version="330000@2026-01-01",
        findings=(
            finding(Reason.HUKOU_COVER_MISSING, Evidence(document=reading.file, value=NAMES[0])),
        ),
    )
    repositories.cases.decide(case.round_id, decision, kinds={reading.file: reading.kind})
    repositories.archive.put_record(f"decisions/{case.round_id}", decision)
    write_binding(
        repositories,
        case,
        APPLICATION,
        decision,
        effective_date=NOW.date(),
        evidence=[ProvingDocument(digest=digest, kind=reading.kind)],
        engine_versions={"reading": "engine 1"},
        audit_head=repositories.audit.head(APPLICATION.application_id),
    )
    repositories.cases.advance(case.round_id, Stage.SETTLED)
    repositories.reviews.settle(review.review_id)
    repositories.audit.anchor(repositories.archive)
    return case


def traces():
    for role, name, number in zip(PersonRole, NAMES, NUMBERS, strict=True):
        yield MatchKey(kind=MatchKeyKind.NAME, role=role, value=name)
        yield MatchKey(kind=MatchKeyKind.NUMBER, role=role, value=number)


def in_clear(content):
    """The secrets that stand in some bytes, in any spelling that a file may have."""
    return [
        word
        for word in (*NAMES, *NUMBERS)
        for spelling in (
            word.encode(),
            word.encode("utf-16-le"),
            word.encode("gb18030"),
            word.encode("unicode_escape"),
        )
        if spelling in content
    ]


def test_nothing_personal_lies_in_clear_anywhere_under_home(any_office):
    settle(any_office)
    publish_dataset(any_office)
    assert in_clear(PHOTO), "the search itself must be able to find something"
    files = [path for path in any_office.settings.home.rglob("*") if path.is_file()]
    assert any(path.name == "case.db" for path in files)
    assert {
        str(path): in_clear(path.read_bytes()) for path in files if in_clear(path.read_bytes())
    } == {}
    assert not any(in_clear(str(path).encode()) for path in files)


def test_no_object_shows_anything_personal_in_its_name_or_content(any_office):
    settle(any_office)
    store = any_office.archive.store
    keys = list(store.keys(""))
    assert len(keys) == 6
    assert [key for key in keys if in_clear(key.encode()) or in_clear(store.get(key))] == []


def test_everything_comes_back_with_the_key(any_office):
    case = settle(any_office)
    archive = any_office.archive
    assert archive.get_record(f"applications/{case.round_id}", Application) == APPLICATION
    assert archive.get_bytes(f"uploads/{case.content_digest}") == PHOTO


def test_the_audit_log_the_anchor_and_the_bindings_agree(any_office):
    settle(any_office)
    report = any_office.audit.verify(any_office.archive)
    assert (report.intact, report.anchors, report.bindings) == (True, 1, 1)


def test_a_binding_that_rests_on_no_event_is_noticed(repositories):
    settle(repositories)
    from storage.bindings.binding_repository import binding_key

    (binding_id,) = repositories.bindings.in_force()
    forged = repositories.bindings.get(binding_id).model_copy(update={"audit_head": "f" * 64})
    repositories.archive.put_plain(binding_key("forged"), forged.model_dump_json().encode())
    report = repositories.audit.verify(repositories.archive)
    assert not report.intact
    assert "not in the log" in report.problem


def test_the_same_upload_is_kept_once(repositories):
    assert repositories.archive.keep_upload(PHOTO) == repositories.archive.keep_upload(PHOTO)
    assert len(list(repositories.archive.store.keys("uploads/"))) == 1


def test_a_sealed_object_is_never_called_json(repositories):
    with pytest.raises(ValueError, match="json"):
        repositories.archive.put_bytes("bindings/x.json", b"")


def test_an_object_moved_to_another_place_is_noticed(repositories):
    repositories.archive.put_bytes("a", b"content")
    repositories.archive.store.put("b", repositories.archive.store.get("a"))
    with pytest.raises(IntegrityError):
        repositories.archive.get_bytes("b")


def test_an_object_of_another_type_is_not_taken_for_this_one(repositories):
    repositories.archive.put_record("a", APPLICATION)
    with pytest.raises(IntegrityError) as caught:
        repositories.archive.get_record("a", Decision)
    assert in_clear(str(caught.value).encode()) == []
