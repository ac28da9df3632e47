import re

import pytest

from models.intake.application import Relationship
from specimens.faces.gallery import FOLDER, load_gallery, person, photo, strangers

GALLERY = load_gallery()


def test_there_are_both_sexes_of_every_age():
    assert len(GALLERY) >= 36
    kinds = {(someone.sex, someone.age_band) for someone in GALLERY}
    assert kinds == {(s, band) for s in "男女" for band in ("child", "young", "adult", "old")}


@pytest.mark.parametrize("someone", GALLERY, ids=lambda someone: someone.id)
def test_everybody_has_a_portrait_of_the_card_s_size_and_two_selfies(someone):
    assert photo(someone.id).shape == (441, 358, 3)
    assert photo(someone.id)[:20, :20].mean() > 240
    for shot in ("selfie", "selfie2"):
        assert min(photo(someone.id, shot).shape[:2]) >= 700


def test_relatives_know_of_each_other_in_both_directions():
    for someone in GALLERY:
        for other, relation in someone.relatives:
            assert dict(person(other).relatives)[someone.id] is relation.inverse


def test_there_are_sisters_brothers_and_three_generations():
    relations = {relation for someone in GALLERY for _, relation in someone.relatives}
    assert relations == set(Relationship) - {Relationship.OTHER}
    for sex in "男女":
        assert any(
            relation is Relationship.SIBLING and person(other).sex == sex == someone.sex
            for someone in GALLERY
            for other, relation in someone.relatives
        )


def test_parents_are_older_than_their_children():
    for someone in GALLERY:
        for other, relation in someone.relatives:
            if relation is Relationship.PARENT:
                assert person(other).age >= someone.age + 18


def test_everybody_has_a_stranger_who_is_no_relative():
    for someone in GALLERY:
        assert strangers(someone.id)
        for other in strangers(someone.id):
            assert other.id not in {someone.id, *dict(someone.relatives)}


def test_a_picture_is_shared_and_therefore_cannot_be_drawn_on():
    with pytest.raises(ValueError, match="read-only"):
        photo(GALLERY[0].id)[0, 0] = 0


def test_an_unknown_picture_is_an_error():
    with pytest.raises(KeyError):
        photo(GALLERY[-1].id, "later")


def test_the_gallery_is_small_and_says_that_it_depicts_nobody():
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 8_000_000
    notice = (FOLDER / "NOTICE.md").read_text("utf-8")
    assert re.search("depict nobody", notice)
    assert "CC0 1.0" in notice


@pytest.mark.engine
def test_both_detectors_find_one_face_on_a_sample_of_pictures():
    from tasks.faces.dlib_face import dlib_engine
    from tasks.faces.sface import sface_engine

    for someone in GALLERY[::9]:
        portrait, selfie = photo(someone.id), photo(someone.id, "selfie")
        assert len(sface_engine().find(portrait)) == len(sface_engine().find(selfie)) == 1
        assert dlib_engine().distance(portrait, selfie) is not None
