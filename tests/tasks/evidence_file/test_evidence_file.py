"""The evidence file: what is in it, what is not, and that nobody can change it unseen."""

import datetime as dt
import hashlib
import io
import json
import random
import re
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from sqlalchemy import text

from models.audit.event import EventTag
from models.decision.decision import Outcome
from models.reviews.grounds import (
    AskedPerson,
    Ground,
    GroundKind,
    ManualVerification,
    VerificationChannel,
)
from models.reviews.review_work import ReviewNote
from models.staff.staff_member import StaffRole
from storage.audit.chain.hash_tree import leads_to
from storage.bindings.binding_repository import binding_key
from storage.bootstrap import using_repositories as open_for_a_block
from storage.database.transactions import writing
from storage.keys.keyring import Keyring
from storage.keys.signing import OfficeSigner
from storage.settings import Settings
from tasks.evidence_file.check_evidence import check_evidence
from tasks.evidence_file.contradictions import ContradictedRecordError
from tasks.evidence_file.export_evidence import export_evidence
from tasks.evidence_file.gather_evidence import NothingRecordedError, gather_evidence
from tasks.reviewing.claims import claim
from tasks.reviewing.corrections.correct_field import correct_field
from tasks.rounds.round_results import readings_key
from tasks.upkeep.purge_expired import purge_expired
from tests.review_steps import opine
from tests.tasks.checks.dossiers import (
    CHILD,
    FATHER,
    application,
    cover,
    dossier,
    field,
    page,
    spouse,
)
from tests.tasks.policy.conftest import decide_dossier

MISREAD = CHILD.name[:2] + "侗"
RECEIVED = dt.datetime(2026, 11, 20, 2, 0, tzinfo=dt.UTC)

GROUND = Ground(code="X02", kind=GroundKind.ORIGINAL, seen="原件上的日子是对的")
ASKED = ManualVerification(
    asked=AskedPerson.MEMBER,
    channel=VerificationChannel.COUNTER,
    at=dt.datetime(2026, 11, 20, 3, 0, tzinfo=dt.UTC),
    shown="本人到场",
)


def corrected_and_approved(repositories):
    """A child whose name was misread; a reviewer corrected it and approved."""
    given = dossier(
        application(FATHER, CHILD, "child"),
        cover(FATHER),
        page(FATHER, "户主"),
        page(CHILD, "长女", name=field(MISREAD, 0.62)),
    )
    case = decide_dossier(repositories, given, "A-MISREAD", RECEIVED)
    made = dt.datetime.now(dt.UTC)
    review = repositories.reviews.find(case.round_id, "application")
    claim(repositories, review.review_id, "lin", StaffRole.REVIEWER)
    correct_field(repositories, review.review_id, 2, "name", CHILD.name, "lin")
    opine(
        repositories,
        review.review_id,
        "lin",
        Outcome.APPROVED,
        (),
        ReviewNote(note="私语", grounds=(GROUND,), verification=ASKED),
        four_eyes=False,
        at=made,
    )
    from tasks.reviewing.settle_review import settle_review

    settle_review(repositories, review.review_id)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("evidence") / "home"


@pytest.fixture(scope="module")
def shared_office(home):
    """One office for the tests that only look."""
    with open_for_a_block(Settings(home=home)) as repositories:
        corrected_and_approved(repositories)
        decide_dossier(repositories, spouse(), "A-SPOUSE", RECEIVED)
        decide_dossier(repositories, spouse(identity_route="non_face"), "A-OTHER", RECEIVED)
        yield repositories


@pytest.fixture(scope="module")
def file(shared_office):
    return export_evidence(shared_office, "A-MISREAD", by="he")


@pytest.fixture(scope="module")
def signer(shared_office):
    return OfficeSigner(shared_office.keyring)


def words_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_the_pages_and_the_machine_form_are_one_thing(file, signer):
    document = pypdfium2.PdfDocument(io.BytesIO(file.pdf))
    inside = {
        one.get_name(): bytes(one.get_data())
        for one in map(document.get_attachment, range(document.count_attachments()))
    }
    assert inside == {"evidence.json": file.machine_form, "evidence.json.sig": file.signature}
    told = json.loads(file.machine_form)
    text = words_of(file.pdf)
    round_ = told["rounds"][0]
    for said in (
        told["application_id"],
        round_["policy_version"],
        round_["binding"]["object_digest"],
        round_["kinship"]["path"]["zh"][:12],
        told["log"]["root"],
        "不证明任何证件或材料本身是真的",
        "写入绑定",
    ):
        assert said in text, said
    assert told["signer"] == signer.fingerprint


def test_it_tells_the_whole_story(file):
    (round_,) = json.loads(file.machine_form)["rounds"]
    assert (round_["outcome"], round_["machine_outcome"]) == ("approved", "in_review")
    assert round_["kinship"]["answer"] == "proven"
    assert [d["decided_by"] for d in round_["decisions"]] == ["machine", "lin"]
    assert {"X01"} <= {f["code"] for f in round_["decisions"][0]["findings"]}
    name = next(f for f in round_["papers"][2]["fields"] if f["name"] == "name")
    assert (name["value"], name["confidence"]) == ("沈*侗", 0.62)
    assert [(c["value"], c["staff"]) for c in name["corrections"]] == [("沈*桐", "lin")]
    assert [(o["staff"], o["outcome"]) for o in round_["opinions"]] == [("lin", "approved")]
    assert len(round_["policy_digest"]) == 64
    assert round_["missing"] == []


def test_nobody_can_be_known_from_it(shared_office, file):
    secrets = [FATHER.name, CHILD.name, MISREAD, FATHER.number, CHILD.number, "私语"]
    texts = [file.machine_form.decode(), words_of(file.pdf)]
    files = [p.file for p in shared_office.archive.get_record(
        readings_key(shared_office.cases.find("A-MISREAD")[0].round_id), _readings()
    ).papers]  # fmt: skip
    for secret in secrets + files:
        assert not any(secret in text for text in texts), secret


def _readings():
    from models.reading.document import Readings

    return Readings


def test_the_face_verdict_stands_there_with_its_bands(shared_office):
    evidence = gather_evidence(shared_office, "A-SPOUSE", by="he")
    assert evidence.rounds[0].face.band == "match"
    assert evidence.rounds[0].face.liveness == "not performed"


def test_the_colours_of_the_scale_stay_in_the_scale(shared_office):
    file = export_evidence(shared_office, "A-SPOUSE", by="he")
    shares = [_share_of_colour(page) for page in pypdfium2.PdfDocument(file.pdf)]
    assert 0.002 < max(shares) < 0.03, shares


def _share_of_colour(page):
    """Share of the pixels of a page that are clearly no grey."""
    pixels = page.render(scale=0.5).to_numpy()[..., :3].astype(int)
    return float((pixels.max(axis=2) - pixels.min(axis=2) > 40).mean())


def test_each_event_leads_to_the_root_and_the_root_is_that_of_the_whole_log(shared_office):
    report = shared_office.audit.verify(shared_office.archive)
    log = gather_evidence(shared_office, "A-MISREAD", by="he").log
    assert (log.root, log.size, log.head) == (report.root, report.events, report.head)
    assert len(log.events) == len(shared_office.audit.events("A-MISREAD"))
    for event in log.events:
        assert leads_to(event.record, event.path, log.root)
        assert json.loads(event.record)["application_id"] == "A-MISREAD"


def test_events_can_be_proven_against_a_root_that_was_published_earlier(shared_office):
    before = shared_office.audit.verify()
    shared_office.audit.append(
        EventTag.CASE_VIEWED,
        application_id="A-MISREAD",
        round_id=None,
        actor="su",
        idempotency_key="later",
    )
    log = gather_evidence(shared_office, "A-MISREAD", by="he", size=before.events).log
    assert (log.root, log.size) == (before.root, before.events)
    with pytest.raises(ValueError, match="not that many"):
        gather_evidence(shared_office, "A-MISREAD", by="he", size=10_000)


def test_the_export_is_an_event_with_the_hashes_of_both_forms(shared_office):
    file = export_evidence(shared_office, "A-OTHER", by="he")
    last = shared_office.audit.events("A-OTHER")[-1]
    assert (last.tag, last.actor) == (EventTag.EVIDENCE_EXPORTED, "he")
    assert last.details["pdf"] == hashlib.sha256(file.pdf).hexdigest()
    assert last.details["json"] == hashlib.sha256(file.machine_form).hexdigest()


def test_a_good_file_is_good_in_both_forms(file, signer):
    for content, beside in ((file.pdf, None), (file.machine_form, file.signature)):
        evidence, problem = check_evidence(content, signer.certificate, beside)
        assert problem is None
        assert evidence.application_id == "A-MISREAD"


def changed(content, place, bit):
    other = bytearray(content)
    other[place] ^= bit
    return bytes(other)


def test_a_changed_byte_anywhere_in_the_pdf_is_noticed(file, signer):
    numbers = re.search(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)", file.pdf).groups()
    _, gap, end, _ = map(int, numbers)
    chance = random.Random(7)  # noqa: S311
    places = [
        *(0, 8, gap - 1, gap, gap + 1, end - 1, end, len(file.pdf) - 1),
        *range(gap, end, 7),  # the signature's own envelope, padding included
        *(chance.randrange(len(file.pdf)) for _ in range(300)),
    ]
    for place in places:
        for bit in (1, 0x20):
            bad = changed(file.pdf, place, bit)
            assert check_evidence(bad, signer.certificate).problem, (place, bit)


def test_a_changed_byte_anywhere_in_the_machine_form_is_noticed(file, signer):
    for place in range(0, len(file.machine_form), 101):
        bad = changed(file.machine_form, place, 1)
        assert check_evidence(bad, signer.certificate, file.signature).problem
    for place in range(len(file.signature)):
        bad = changed(file.signature, place, 4)
        assert check_evidence(file.machine_form, signer.certificate, bad).problem


def test_what_is_cut_off_or_added_is_noticed(file, signer):
    for bad in (file.pdf[:-1], file.pdf + b"\n", file.pdf + file.pdf, file.pdf[:2000], b"%PDF-"):
        assert check_evidence(bad, signer.certificate).problem
    longer = file.machine_form + b"\n"
    assert check_evidence(longer, signer.certificate, file.signature).problem
    assert check_evidence(file.machine_form, signer.certificate).problem.en.endswith("missing")


def test_another_office_s_signature_is_none(file):
    stranger = OfficeSigner(Keyring(b"another office, another secret !"))
    assert check_evidence(file.pdf, stranger.certificate).problem
    forged = stranger.sign_pdf(_unsigned(file.pdf), "forged")
    assert check_evidence(forged, stranger.certificate).problem  # its inner signature is not theirs
    own = stranger.sign(file.machine_form)
    assert "another certificate" in (
        check_evidence(file.machine_form, stranger.certificate, own).problem.en
    )


def _unsigned(pdf):
    """The PDF before its signature was added."""
    return pdf[: pdf.index(b"%%EOF") + 6]


def test_the_certificate_is_the_same_as_long_as_the_master_key_is():
    two = [OfficeSigner(Keyring(b"k" * 32)) for _ in range(2)]
    assert two[0].certificate_pem == two[1].certificate_pem
    assert OfficeSigner(Keyring(b"j" * 32)).fingerprint != two[0].fingerprint


@pytest.fixture
def documented(tmp_path, file, signer):
    """The documented commands' own files, and the script as the page prints it."""
    guide = Path("docs/audit.md").read_text("utf-8")
    (script,) = re.findall(r"```python\n(.*?)```", guide, re.DOTALL)[:1]
    (tmp_path / "check.py").write_text(script)
    (tmp_path / "office.pem").write_text(signer.certificate_pem)
    (tmp_path / "evidence.json").write_bytes(file.machine_form)
    (tmp_path / "evidence.json.sig").write_bytes(file.signature)
    (tmp_path / "evidence.pdf").write_bytes(file.pdf)
    (commands,) = re.findall(r"```\n(openssl.*?)```", guide, re.DOTALL)[:1]
    return tmp_path, commands


def run(folder, *command):
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def script(folder):
    return run(folder, sys.executable, "-I", "-S", "check.py", "evidence.pdf", "office.pem")


def test_the_documented_commands_accept_the_file_without_kinbind(documented):
    folder, commands = documented
    told = run(folder, "sh", "-ec", commands)
    assert (told.returncode, told.stdout) == (0, "Verified OK\n")
    told = script(folder)
    assert told.returncode == 0, told.stderr
    assert "as signed: A-MISREAD" in told.stdout


def test_the_documented_commands_refuse_what_was_changed(documented, file):
    folder, commands = documented
    bad = file.machine_form.replace(b"approved", b"rejected", 1)
    (folder / "evidence.json").write_bytes(bad)
    assert run(folder, "sh", "-ec", commands).returncode == 1
    for place in (200, len(file.pdf) // 2, len(file.pdf) - 5):
        (folder / "evidence.pdf").write_bytes(changed(file.pdf, place, 1))
        assert script(folder).returncode == 1
    (folder / "evidence.pdf").write_bytes(file.pdf + b"\n1 0 obj\n")
    assert script(folder).returncode == 1


def test_the_documented_script_refuses_another_signer(documented, file):
    folder, _ = documented
    stranger = OfficeSigner(Keyring(b"another office, another secret !"))
    (folder / "evidence.pdf").write_bytes(stranger.sign_pdf(_unsigned(file.pdf), "forged"))
    assert script(folder).returncode == 1


def test_an_unknown_application_has_no_evidence(shared_office):
    with pytest.raises(NothingRecordedError):
        export_evidence(shared_office, "A-NOBODY", by="he")


@pytest.fixture
def own_office(tmp_path):
    with open_for_a_block(Settings(home=tmp_path / "home")) as repositories:
        corrected_and_approved(repositories)
        yield repositories


def test_what_retention_deleted_is_said_and_the_rest_is_still_proven(own_office):
    purge_expired(own_office, dt.datetime.now(dt.UTC) + dt.timedelta(days=3000))
    evidence = gather_evidence(own_office, "A-MISREAD", by="he")
    (round_,) = evidence.rounds
    assert {"pictures", "readings"} <= set(round_.deleted)
    assert round_.papers == ()
    assert round_.missing == ()
    assert round_.binding is not None
    assert export_evidence(own_office, "A-MISREAD", by="he").pdf.startswith(b"%PDF")


def test_what_is_lost_without_an_order_is_said_to_be_missing(own_office):
    (case,) = own_office.cases.find("A-MISREAD")
    own_office.archive.delete(readings_key(case.round_id))
    (round_,) = gather_evidence(own_office, "A-MISREAD", by="he").rounds
    assert round_.missing == ("readings",)


@pytest.mark.parametrize(
    ("statement", "part"),
    [
        ("UPDATE rounds SET decided_by = 'ghost'", "decided_by"),
        ("UPDATE opinions SET staff = 'ghost'", "审核意见与审计记录不一致"),
        ("UPDATE bindings SET object_digest = binding_id", "object_digest"),
    ],
)
def test_nothing_is_signed_that_contradicts_the_log(own_office, statement, part):
    with writing(own_office.engine) as connection:
        connection.execute(text(statement))
    with pytest.raises(ContradictedRecordError, match=part):
        export_evidence(own_office, "A-MISREAD", by="he")


def test_an_altered_binding_is_not_signed(own_office):
    (binding_id,) = own_office.bindings.find("A-MISREAD")
    key = binding_key(binding_id)
    content = own_office.archive.get_plain(key)
    own_office.archive.delete(key)
    own_office.archive.put_plain(key, content.replace(b"child", b"parent"))
    with pytest.raises(ContradictedRecordError, match="绑定记录被改动"):
        export_evidence(own_office, "A-MISREAD", by="he")


def test_it_tells_how_people_verified_and_keeps_their_words_in_the_office(file):
    words = words_of(file.pdf)
    for told in ("核对原件", "窗口当面核验", "checked the original"):
        assert told in words
    assert GROUND.seen not in words
    assert ASKED.shown not in words
