import sys

import pytest

from models.faces.face_verdict import FaceBand
from specimens.faces.gallery import load_gallery, strangers
from tasks.faces import dlib_face, sface
from tasks.faces.match_faces import match_faces
from tasks.verification.compare_files import DEFAULT_THRESHOLDS

pytestmark = pytest.mark.engine

ADULTS = [someone.id for someone in load_gallery() if 18 <= someone.age < 60]


def verdict_on(selfie, portrait, thresholds=DEFAULT_THRESHOLDS, **rest):
    return match_faces(selfie, portrait, thresholds=thresholds, **rest)


@pytest.mark.parametrize("person", ADULTS[::6])
def test_a_person_is_recognised_on_their_own_card(person, selfie, portrait):
    verdict = verdict_on(selfie(person), portrait(person))
    assert verdict.score >= DEFAULT_THRESHOLDS.match
    assert not verdict.copied_portrait
    assert verdict.sharpness >= DEFAULT_THRESHOLDS.min_sharpness
    assert verdict.liveness == "not performed"


def test_most_honest_pairs_are_a_plain_match(selfie, portrait):
    bands = [verdict_on(selfie(person), portrait(person)).band for person in ADULTS[1::6]]
    assert bands.count(FaceBand.MATCH) >= 0.75 * len(bands)
    assert FaceBand.MISMATCH not in bands


def test_a_stranger_is_a_mismatch(selfie, portrait):
    person = next(p for p in ADULTS if strangers(p))
    other = strangers(person)[0].id
    assert verdict_on(selfie(other), portrait(person)).band is FaceBand.MISMATCH


@pytest.mark.parametrize(("poser", "member"), [("d3", "d4"), ("b6", "b5"), ("a3", "a1")])
def test_a_relative_who_poses_is_caught_by_their_own_card(poser, member, selfie, portrait):
    verdict = verdict_on(selfie(poser), portrait(member), applicant_portrait=portrait(poser))
    assert verdict.score_to_applicant > verdict.score
    assert verdict.band is not FaceBand.MATCH


def test_any_other_portrait_of_the_case_counts_as_a_rival(selfie, portrait):
    verdict = verdict_on(selfie("d3"), portrait("d4"), other_portraits=(portrait("d3"),))
    assert verdict.score_to_applicant is None
    assert verdict.band is not FaceBand.MATCH


def test_the_applicant_s_portrait_does_not_stop_the_member_themself(selfie, portrait):
    verdict = verdict_on(selfie("d3"), portrait("d3"), applicant_portrait=portrait("d1"))
    assert verdict.band is FaceBand.MATCH


def test_a_picture_of_the_card_is_flagged_and_never_a_match(copy, portrait):
    verdict = verdict_on(copy("m2"), portrait("m2"))
    assert verdict.copied_portrait
    assert verdict.band is FaceBand.UNSURE


@pytest.mark.parametrize("content", [b"", b"no picture"], ids=["empty", "not a picture"])
def test_what_is_no_picture_is_not_compared(content, portrait):
    verdict = verdict_on(content, portrait("m2"))
    assert not verdict.compared
    assert verdict.reason == "no face in the selfie"


@pytest.fixture(name="without_first_engine")
def _without_first_engine(monkeypatch):
    monkeypatch.setattr(sface, "_PACKAGE", "no_such_package")
    sface.sface_engine.cache_clear()
    yield
    sface.sface_engine.cache_clear()


@pytest.fixture(name="without_second_engine")
def _without_second_engine(monkeypatch, request, tmp_path):
    if getattr(request, "param", "missing") == "missing":
        monkeypatch.setattr(dlib_face, "_NEEDED", ("no_such_package",))
    else:  # as its library ends where a model is cut off
        (tmp_path / "face_recognition.py").write_text("raise RuntimeError('deserializing')")
        monkeypatch.syspath_prepend(tmp_path)
        monkeypatch.delitem(sys.modules, "face_recognition", raising=False)
    dlib_face.dlib_engine.cache_clear()
    yield
    dlib_face.dlib_engine.cache_clear()


def test_the_second_engine_answers_when_the_first_is_missing(selfie, portrait, request):
    pictures = selfie("m2"), portrait("m2"), portrait("w3")
    request.getfixturevalue("without_first_engine")
    own = verdict_on(pictures[0], pictures[1])
    other = verdict_on(pictures[0], pictures[2])
    assert own.engine == "dlib-resnet-v1"
    assert own.second_distance < other.second_distance
    assert other.band is FaceBand.UNSURE


@pytest.mark.parametrize("without_second_engine", ["missing", "damaged"], indirect=True)
def test_without_the_second_engine_the_first_decides(selfie, portrait, without_second_engine):
    verdict = verdict_on(selfie("d3"), portrait("d3"))
    assert verdict.second_distance is None
    assert verdict.band is FaceBand.MATCH


def test_without_any_engine_nothing_is_compared(selfie, portrait, request):
    pictures = selfie("m2"), portrait("m2")
    request.getfixturevalue("without_first_engine")
    request.getfixturevalue("without_second_engine")
    assert verdict_on(*pictures).reason == "no face engine is installed"


def test_a_second_engine_that_disagrees_leaves_it_to_a_person(selfie, portrait):
    strict = DEFAULT_THRESHOLDS.model_copy(update={"second_distance": 0.01, "second_reach": 2.0})
    verdict = verdict_on(selfie("d3"), portrait("d3"), strict)
    assert verdict.score >= strict.match
    assert verdict.band is FaceBand.UNSURE
    assert verdict.reason == "the second engine disagrees"


def test_another_portrait_that_is_as_near_leaves_it_to_a_person(selfie, portrait):
    verdict = verdict_on(selfie("d3"), portrait("d3"), other_portraits=(portrait("d3"),))
    assert verdict.score >= DEFAULT_THRESHOLDS.match
    assert verdict.band is FaceBand.UNSURE
    assert verdict.reason == "another person of the case is as near"


def test_the_second_engine_alone_keeps_the_margin_too(selfie, portrait, request):
    picture, own, other = selfie("m2"), portrait("m2"), portrait("w3")
    request.getfixturevalue("without_first_engine")
    wide = DEFAULT_THRESHOLDS.model_copy(update={"fallback_distance": 1.0})
    bands = [
        verdict_on(picture, own, wide, applicant_portrait=rival).band
        for rival in (None, other, own)
    ]
    assert bands == [FaceBand.MATCH, FaceBand.MATCH, FaceBand.UNSURE]
