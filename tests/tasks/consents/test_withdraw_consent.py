"""A consent taken back: what is judged without it, what is deleted, what rests."""

import datetime as dt

import pytest

from models.cases.case_round import MatchKey, MatchKeyKind
from models.intake.application import ConsentGiver, ConsentKind, PersonRole
from models.reading.document import DocumentKind
from tasks.consents.withdraw_consent import withdraw_consent
from tasks.rounds.round_results import load_arrival, portrait_key
from tests.tasks.conftest import BOOK, tags

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
PICTURES = {name: seed for name, (seed, _) in BOOK.items()}
PAPERS = [reading for _, reading in BOOK.values()]


@pytest.fixture
def withdraw(repositories):
    def withdrawn(kind=ConsentKind.NOTICE, by=None, application_id="A1", now=NOW):
        return withdraw_consent(repositories, application_id, kind, by=by, actor="clerk", now=now)

    return withdrawn


def codes(decision):
    return {finding.code.value for finding in decision.findings}


def test_an_undecided_application_is_judged_without_the_consent(send, verify, withdraw):
    case = send(PICTURES)
    assert withdraw().rounds == 1
    decision = verify(case, PAPERS)
    assert decision.outcome == "returned"
    assert "C01" in codes(decision)


def test_a_consent_of_somebody_else_stays(send, verify, withdraw):
    consents = [
        {
            "kind": kind,
            "version": "2026-01",
            "agreed_at": "2026-11-20T09:00:00+08:00",
            "by": "applicant",
        }
        for kind in ("notice", "commitment")
    ]
    case = send(PICTURES, consents=consents)
    withdraw(by=ConsentGiver.SPOUSE)
    assert verify(case, PAPERS).outcome == "approved"


def test_a_binding_that_stands_on_it_rests_until_a_person_has_looked(
    repositories, send, verify, withdraw
):
    case = send(PICTURES)
    assert verify(case, PAPERS).outcome == "approved"
    assert withdraw().binding == "suspended"
    review = repositories.reviews.find(case.round_id, "consent_withdrawn")
    assert review.codes == ("C01",)
    happened = tags(repositories)
    assert happened.count("intake:consent:withdrawn") == 1
    assert "binding:record:suspended" in happened


def test_taking_it_back_again_changes_nothing(repositories, send, verify, withdraw):
    verify(send(PICTURES), PAPERS)
    withdraw()
    before = tags(repositories)
    assert withdraw(now=NOW + dt.timedelta(days=1)).rounds == 0
    assert tags(repositories) == before


def test_it_stays_taken_back_in_a_later_round_unless_it_is_given_anew(
    repositories, returned, send, withdraw
):
    withdraw()
    child = {"child.jpg": 9}
    old = send(child, round=2)
    assert not load_arrival(repositories, old.round_id).application.has_consent(ConsentKind.NOTICE)
    later = NOW + dt.timedelta(hours=1)
    given = [
        {"kind": kind, "version": "2026-01", "agreed_at": later.isoformat()}
        for kind in ("notice", "commitment")
    ]
    stamp = (later + dt.timedelta(minutes=1)).isoformat()
    new = send({"child.jpg": 10}, round=3, consents=given, submitted_at=stamp)
    assert load_arrival(repositories, new.round_id).application.has_consent(ConsentKind.NOTICE)


def selfie_of(repositories, case, file="child.jpg"):
    """Makes one of the pictures a selfie, as reading would have, with a face and a print."""
    arrival = load_arrival(repositories, case.round_id)
    digest = next(f.digest for f in arrival.files if f.file == file)
    repositories.archive.put_bytes(portrait_key(case.round_id, 1), b"a face")
    keys = [
        MatchKey(kind=MatchKeyKind.IMAGE, role=PersonRole.MEMBER, value=f"band-{n}")
        for n in range(3)
    ]
    files = [MatchKey(kind=MatchKeyKind.FILE, value=f.digest) for f in arrival.files]
    repositories.match_keys.save(case.round_id, (*keys, *files))
    return digest


def as_selfie(send, application_id="A1"):
    names = {"child.jpg": 77}
    return send(names, application_id=application_id, documents=_documents(names))


def _documents(names):
    return [{"file": name, "kind": DocumentKind.SELFIE.value, "person": None} for name in names]


def uploads(repositories):
    return set(repositories.archive.store.keys("uploads/"))


def test_with_the_consent_to_faces_go_faces_selfies_and_prints(repositories, send, withdraw):
    case = as_selfie(send)
    digest = selfie_of(repositories, case)
    assert f"uploads/{digest}" in uploads(repositories)
    assert withdraw(ConsentKind.FACE).faces_deleted == 5  # a face, a selfie and three prints
    assert f"uploads/{digest}" not in uploads(repositories)
    assert not repositories.archive.exists(portrait_key(case.round_id, 1))
    assert repositories.match_keys.forget_prints(case.round_id) == 0
    (ordered,) = [e for e in repositories.audit.events("A1") if "ordered" in e.tag.value]
    assert ordered.details["class"] == "faces"
    assert ordered.details["objects"] == 2


def test_a_selfie_that_another_application_shows_too_stays(repositories, send, withdraw):
    first, second = as_selfie(send), as_selfie(send, "A2")
    digest = selfie_of(repositories, first)
    selfie_of(repositories, second)
    withdraw(ConsentKind.FACE)
    assert f"uploads/{digest}" in uploads(repositories)
    withdraw(ConsentKind.FACE, application_id="A2")
    assert repositories.archive.exists(portrait_key(second.round_id, 1)) is False


def test_a_face_that_was_compared_lawfully_leaves_the_binding_as_it_is(send, verify, withdraw):
    verify(send(PICTURES), PAPERS)
    assert withdraw(ConsentKind.FACE).binding == "active"


def test_an_unknown_application_has_nothing_to_take_back(withdraw):
    assert withdraw(application_id="nobody") is None
