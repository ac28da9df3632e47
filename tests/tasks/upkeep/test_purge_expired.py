"""What retention no longer allows is deleted, and nothing else is."""

import datetime as dt

import pytest

from models.audit.event import EventTag
from models.bindings.unbinding import EndReason
from models.cases.retention import RetentionClass
from models.decision.decision import Outcome
from models.errors import IntegrityError, SettingError
from models.reviews.review_work import Correction, ReviewNote
from models.staff.staff_member import StaffRole
from storage.cases.case_retention import CaseRetention
from storage.cases.kept_rounds import kept_applications
from tasks.bindings.unbind import unbind
from tasks.reconciliation.reconcile import reconcile
from tasks.reviewing.claims import claim
from tasks.reviewing.settle_review import settle_review
from tasks.upkeep.purge_expired import purge_expired
from tests.review_steps import opine
from tests.tasks.checks.dossiers import CHILD, field, page
from tests.tasks.conftest import BOOK, tags

PICTURES = {name: seed for name, (seed, _) in BOOK.items()}
PAPERS = [paper for _, paper in BOOK.values()]
NOW = dt.datetime.now(dt.UTC)


def after(days):
    return NOW + dt.timedelta(days=days, hours=1)


@pytest.fixture
def approved(send, verify):
    case = send(PICTURES)
    assert verify(case, PAPERS).outcome == "approved"
    return case


def kept(repositories, folder):
    return list(repositories.archive.store.keys(f"{folder}/"))


def test_each_class_goes_when_its_time_is_over_and_once(repositories, approved):
    assert sum(purge_expired(repositories, after(30)).values()) == 0
    assert purge_expired(repositories, after(31))[RetentionClass.PICTURES] == 1
    assert (kept(repositories, "uploads"), len(kept(repositories, "readings"))) == ([], 1)
    assert purge_expired(repositories, after(366)) == {
        RetentionClass.PICTURES: 0,
        RetentionClass.READINGS: 1,
        RetentionClass.RECORDS: 0,
    }
    assert kept(repositories, "readings") == []
    assert reconcile(repositories, after(366)) == ()


def test_the_audit_log_has_the_order_and_the_proof(repositories, approved):
    purge_expired(repositories, after(31))
    ordered, done = repositories.audit.events("A1")[-2:]
    assert (ordered.tag, done.tag) == ("retention:object:ordered", "retention:object:deleted")
    assert (ordered.details["objects"], done.details["left"]) == (3, 0)
    assert repositories.audit.verify(repositories.archive).intact


def test_what_was_deleted_opens_in_no_copy_of_yesterday_and_the_log_counts_its_keys(
    repositories, approved
):
    store = repositories.archive.store
    folders = ("uploads", "portraits", "readings", "arrivals")
    copies = {key: store.get(key) for folder in folders for key in kept(repositories, folder)}
    purge_expired(repositories, after(31))
    for key, sealed in copies.items():
        if key.startswith(("uploads/", "portraits/")):
            with pytest.raises(IntegrityError, match="destroyed"):
                repositories.keyring.unseal(sealed, key)
        else:
            assert repositories.keyring.unseal(sealed, key)
    (done,) = [e for e in repositories.audit.events("A1") if e.tag == EventTag.OBJECT_DELETED]
    assert done.details["data_keys"] == sum(key.startswith("uploads/") for key in copies)


def test_what_a_lock_still_holds_opens_for_nobody_and_goes_when_the_lock_is_over(
    repositories, approved, monkeypatch
):
    def locked(_key):
        raise SettingError("locked")

    (one, *_) = kept(repositories, "uploads")
    with monkeypatch.context() as patch:
        patch.setattr(repositories.archive.store, "delete", locked)
        with pytest.raises(SettingError, match="locked"):
            purge_expired(repositories, after(31))
    with pytest.raises(IntegrityError, match="destroyed"):
        repositories.archive.get_bytes(one)
    assert purge_expired(repositories, after(32))[RetentionClass.PICTURES] == 1
    assert kept(repositories, "uploads") == []
    assert reconcile(repositories, after(32)) == ()


def test_records_stay_while_a_binding_stands_on_them(repositories, approved):
    assert purge_expired(repositories, after(2000))[RetentionClass.RECORDS] == 0
    assert unbind(
        repositories, "A1", by="lin", reason=EndReason.DECEASED, consents=[], now=after(2000)
    ).unbinding
    assert purge_expired(repositories, after(2001))[RetentionClass.RECORDS] == 1
    assert (
        kept(repositories, "arrivals")
        + kept(repositories, "decisions")
        + kept(repositories, "checks")
        == []
    )
    assert reconcile(repositories, after(2001)) == ()
    assert "binding:object:written" in tags(repositories)


@pytest.fixture
def corrected(repositories, send, verify):
    """A case that a reviewer corrected and rejected, with words of their own."""
    case = send(PICTURES)
    unsure = page(CHILD, "长女", "child.jpg", name=field(CHILD.name[:2] + "侗", 0.62))
    assert verify(case, [*PAPERS[:2], unsure]).outcome == "in_review"
    repositories.corrections.add(
        Correction(
            round_id=case.round_id, paper=0, field="name", value="张小三", staff="lin", made_at=NOW
        )
    )
    review_id = repositories.reviews.find(case.round_id, "application").review_id
    claim(repositories, review_id, "lin", StaffRole.REVIEWER)
    words = ReviewNote(note="张小三之母来电", advice={"X20": "请到窗口"})
    said = {"four_eyes": False, "at": dt.datetime.now(dt.UTC)}
    opine(repositories, review_id, "lin", Outcome.REJECTED, ("X20",), words, **said)
    settle_review(repositories, review_id)
    return case, review_id


def test_corrections_go_with_the_readings_and_words_with_the_records(repositories, corrected):
    case, review_id = corrected
    purge_expired(repositories, after(31))
    assert len(repositories.corrections.all_of(case.round_id)) == 1
    assert purge_expired(repositories, after(366))[RetentionClass.READINGS] == 1
    assert repositories.corrections.all_of(case.round_id) == ()
    assert repositories.opinions.of(review_id)[0].words.note == "张小三之母来电"
    assert purge_expired(repositories, after(5000))[RetentionClass.RECORDS] == 1
    (opinion,) = repositories.opinions.of(review_id)
    assert opinion.words == ReviewNote()
    assert (opinion.staff, opinion.codes) == ("lin", ("X20",))
    assert repositories.reviews.get(review_id).note == ""
    assert reconcile(repositories, after(5000)) == ()


def test_nothing_goes_while_the_applicant_or_a_person_has_the_case(
    repositories, returned, send, verify
):
    verify(send(PICTURES, application_id="A2", round=2), PAPERS)
    assert sum(purge_expired(repositories, after(5000)).values()) == 0


def test_a_picture_that_another_application_shows_stays_until_the_last_may_go(
    repositories, approved, send
):
    send(PICTURES | {"more.jpg": 7}, application_id="A2")
    assert purge_expired(repositories, after(31))[RetentionClass.PICTURES] == 1
    assert len(kept(repositories, "uploads")) == 4


def test_every_portion_of_what_is_due_is_looked_at_once(
    repositories, approved, send, verify, monkeypatch
):
    other = send({name: seed + 20 for name, seed in PICTURES.items()}, application_id="A2")
    assert verify(other, PAPERS).outcome == "rejected"
    send({name: seed + 40 for name, seed in PICTURES.items()}, application_id="A3")
    monkeypatch.setattr("storage.cases.kept_rounds.MOST_PARAMETERS", 1)
    looked_at = []

    def looks(self, what, ended):
        for rounds in kept_applications(self._engine, what, ended):
            looked_at.append((what, rounds[0].application_id))
            yield rounds

    monkeypatch.setattr(CaseRetention, "kept", looks)
    assert purge_expired(repositories, after(2000))[RetentionClass.READINGS] == 2
    assert sorted(looked_at) == [
        *((RetentionClass.PICTURES, name) for name in ("A1", "A2")),
        *((RetentionClass.READINGS, name) for name in ("A1", "A2")),
        (RetentionClass.RECORDS, "A2"),  # on those of A1 a binding stands
    ]
    looked_at.clear()
    assert sum(purge_expired(repositories, after(2001)).values()) == 0
    assert not looked_at, "what is deleted, or stands, is not looked at again"


def test_what_was_deleted_does_not_come_back_by_the_same_folder(repositories, approved, send):
    purge_expired(repositories, after(31))
    assert send(PICTURES).round_id == approved.round_id
    assert kept(repositories, "uploads") == []


def test_a_run_that_was_killed_goes_on(repositories, approved, monkeypatch):
    deleted: list[str] = []

    def dies(key):
        if deleted:
            raise KeyboardInterrupt
        deleted.append(key)
        return repositories.archive.store.delete(key)

    with monkeypatch.context() as patch:
        patch.setattr(repositories.archive, "delete", dies)
        with pytest.raises(KeyboardInterrupt):
            purge_expired(repositories, after(31))
    assert purge_expired(repositories, after(31))[RetentionClass.PICTURES] == 1
    assert kept(repositories, "uploads") == []
    assert tags(repositories).count("retention:object:ordered") == 1
