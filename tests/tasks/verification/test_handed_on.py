"""Steps take what the steps before them kept: that very object, and nothing of it twice."""

from collections import Counter

import pytest

from models.decision.decision import Outcome
from models.errors import IntegrityError
from models.intake.arrival import Arrival
from models.reading.document import Readings
from storage.objects.archive import Archive
from tasks.rounds.round_results import arrival_key, checks_key, load_decision, readings_key
from tasks.verification.compare_faces import compare_faces
from tasks.verification.cross_check import cross_check
from tasks.verification.decide_round import decide_round
from tasks.verification.hand_to_person import hand_to_person
from tasks.verification.read_documents import read_documents
from tests.tasks.conftest import BOOK

PICTURES = {name: seed for name, (seed, _) in BOOK.items()}


@pytest.fixture
def sent(repositories, send):
    """A round whose documents are read already."""
    round_ = send(PICTURES)
    papers = Readings(papers=tuple(paper for _, paper in BOOK.values()))
    repositories.archive.put_record(readings_key(round_.round_id), papers)
    return round_.round_id


def test_a_step_that_is_run_again_finds_what_it_kept(repositories, sent):
    readings = read_documents(repositories, sent)
    faces = compare_faces(repositories, sent, readings)
    report = cross_check(repositories, sent, readings, faces)
    assert read_documents(repositories, sent) == readings
    assert compare_faces(repositories, sent, readings) == faces
    assert cross_check(repositories, sent, readings, faces) == report
    assert len({readings, faces, report}) == 3


def test_readings_that_were_exchanged_between_two_steps_are_not_checked(repositories, sent):
    readings = read_documents(repositories, sent)
    faces = compare_faces(repositories, sent, readings)
    repositories.archive.delete(readings_key(sent))
    repositories.archive.put_record(readings_key(sent), Readings(papers=()))
    with pytest.raises(IntegrityError):
        cross_check(repositories, sent, readings, faces)
    assert not repositories.archive.exists(checks_key(sent))


def test_a_report_that_was_exchanged_is_not_decided_by(repositories, sent):
    readings = read_documents(repositories, sent)
    faces = compare_faces(repositories, sent, readings)
    report = cross_check(repositories, sent, readings, faces)
    repositories.archive.delete(checks_key(sent))
    cross_check(repositories, sent, readings, faces)
    with pytest.raises(IntegrityError):
        decide_round(repositories, sent, readings, faces, report)
    assert repositories.cases.get(sent).outcome is None


def test_a_round_with_damaged_readings_still_comes_before_a_person(repositories, sent):
    repositories.archive.delete(readings_key(sent))
    arrival = repositories.archive.get_record(arrival_key(sent), Arrival)
    repositories.archive.put_record(readings_key(sent), arrival)
    hand_to_person(repositories, sent, "cause")
    assert repositories.cases.get(sent).outcome is Outcome.IN_REVIEW
    told = load_decision(repositories, sent).findings[-1].message
    assert told.zh == "由工作人员核对材料上的文字。"


def test_a_form_that_cannot_be_judged_has_no_faces_and_no_report(repositories, send):
    round_id = send({}, region=None).round_id
    readings = read_documents(repositories, round_id)
    assert compare_faces(repositories, round_id, readings) is None
    assert cross_check(repositories, round_id, readings, None) is None
    decide_round(repositories, round_id, readings, None, None)
    assert repositories.cases.get(round_id).outcome is Outcome.RETURNED
    told = load_decision(repositories, round_id).findings[0].message
    assert told.zh == (
        "填写的内容不完整、无法识别，或没有写明是对上次退回的补充。请在原来的申请中改好后重新提交。"
    )


def test_no_step_loads_a_record_twice(repositories, sent, monkeypatch):
    loaded = Counter()
    fetch = Archive._kept

    def counted(archive, key, record_type):
        loaded[key.partition("/")[0]] += 1
        return fetch(archive, key, record_type)

    monkeypatch.setattr(Archive, "_kept", counted)
    readings = read_documents(repositories, sent)
    faces = compare_faces(repositories, sent, readings)
    loaded.clear()
    report = cross_check(repositories, sent, readings, faces)
    assert loaded == {"arrivals": 1, "readings": 1, "faces": 1}
    loaded.clear()
    decide_round(repositories, sent, readings, faces, report)
    assert loaded == {"arrivals": 1, "readings": 1, "faces": 1, "checks": 1}
