import cv2
import numpy as np
import pytest

from models.reading.document import DocumentKind
from specimens.faces.gallery import photo
from tasks.faces.crop import crop_face

pytestmark = pytest.mark.engine

SELFIE = DocumentKind.SELFIE


def test_a_wall_has_no_face():
    assert crop_face(np.full((600, 800, 3), 180, np.uint8), kind=SELFIE) is None


def test_two_people_are_counted():
    both = np.hstack([photo("m2", "selfie"), photo("w2", "selfie")])
    assert crop_face(both, kind=SELFIE).faces == 2


def test_a_small_picture_on_the_wall_is_no_second_person():
    image = photo("m2", "selfie").copy()
    image[10:130, 10:110] = cv2.resize(photo("w2"), (100, 120), interpolation=cv2.INTER_AREA)
    assert crop_face(image, kind=SELFIE).faces == 1


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_selfie_that_lies_on_its_side_is_set_upright(turns):
    upright = photo("w3", "selfie")
    turned = np.ascontiguousarray(np.rot90(upright, turns))
    same = crop_face(turned, kind=SELFIE).image
    assert np.array_equal(same, crop_face(upright, kind=SELFIE).image)


def test_the_portrait_is_cut_out_of_a_whole_card():
    card = np.full((540, 856, 3), (225, 225, 215), np.uint8)
    card[80:400, 560:820] = cv2.resize(photo("m3"), (260, 320), interpolation=cv2.INTER_AREA)
    crop = crop_face(card, kind=DocumentKind.ID_CARD_PORTRAIT)
    assert crop.faces == 1
    assert 100 < crop.image.shape[0] < 400


def test_a_blurred_selfie_is_less_sharp_than_the_limit():
    sharp = photo("m3", "selfie")
    blurred = np.asarray(cv2.GaussianBlur(sharp, (0, 0), 7), np.uint8)
    assert crop_face(sharp, kind=SELFIE).sharpness > 200
    assert crop_face(blurred, kind=SELFIE).sharpness < 100
