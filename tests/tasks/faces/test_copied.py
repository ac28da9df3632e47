import pytest

from specimens.faces.gallery import load_gallery, photo
from tasks.faces.copied import SAME_PICTURE, picture_likeness
from tasks.faces.sface import sface_engine
from tests.tasks.faces.conftest import on_card, photographed_again

pytestmark = pytest.mark.engine

PEOPLE = [someone.id for someone in load_gallery() if someone.age > 16][::4]


def aligned(image):
    engine = sface_engine()
    return engine.align(image, engine.find(image)[0])


@pytest.mark.parametrize("person", PEOPLE)
def test_a_photograph_of_the_portrait_is_told_from_one_of_the_person(person):
    portrait = aligned(on_card(photo(person)))
    copied = aligned(photographed_again(photo(person)))
    assert picture_likeness(copied, portrait) >= SAME_PICTURE
    for shot in ("selfie", "selfie2"):
        assert picture_likeness(aligned(photo(person, shot)), portrait) < SAME_PICTURE
