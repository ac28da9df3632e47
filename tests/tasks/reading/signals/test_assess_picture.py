"""What is said of a picture, and what is not."""

import pytest

from models.checks.reason import Reason
from models.reading.document import DocumentKind, FieldReading
from tasks.reading.segmentation.page_outline import PageOutline
from tasks.reading.signals.assess_picture import (
    corners_inside,
)
from tasks.reading.signals.scene import PictureScene
from tests.tasks.reading.signals.signal_codes import codes

CARD, PAGE = "id_card_portrait", "hukou_cover"


@pytest.mark.parametrize("kind", [CARD, "id_card_emblem", PAGE, "birth_certificate"])
def test_nothing_is_said_of_an_honest_picture(scene_of, kind):
    assert codes(scene_of(kind, 41)) == set()


def test_a_page_without_seal_is_asked_about_and_a_sealed_one_is_not(scene_of):
    assert Reason.SEAL_OR_COLOUR_MISSING in codes(scene_of(PAGE, 41, "seal", "none"))
    assert Reason.SEAL_OR_COLOUR_MISSING not in codes(scene_of(PAGE, 41))


def test_dots_of_a_printer_are_no_doubt_on_a_paper_that_offices_print(scene_of):
    scene = scene_of(CARD, 41, "print", "laser")
    letter = PictureScene(
        scene.image, scene.thumb, scene.quads, DocumentKind.COMMITMENT_LETTER, scene.fields
    )
    assert Reason.SCREEN_OR_COPY in codes(scene)
    assert Reason.SCREEN_OR_COPY not in codes(letter)


def test_faults_of_a_picture_that_was_read_in_full_are_not_told(scene_of):
    scene = scene_of(CARD, 41, "blur", "defocus")
    sure = {n: f.model_copy(update={"confidence": 0.99}) for n, f in scene.fields.items()}
    read = type(scene)(scene.image, scene.thumb, scene.quads, scene.kind, sure)
    assert Reason.PICTURE_BLURRED in codes(scene)
    assert Reason.PICTURE_BLURRED not in codes(read)


def test_corners_are_counted_on_the_page_where_it_is_known(scene_of):
    image = scene_of(CARD, 41).image
    height, width = image.shape[:2]
    whole = ((10.0, 10.0), (width - 10.0, 10.0), (width - 10.0, height - 10.0), (10.0, 200.0))
    assert corners_inside(image, (), PageOutline(whole, 0.9, 4)) == 4
    assert corners_inside(image, (), PageOutline(whole, 0.9, 2)) == 2
    assert corners_inside(image, ()) == 4


def test_a_corner_at_the_border_is_told_only_of_fields_that_it_may_have_cost(scene_of):
    scene = scene_of(PAGE, 41)
    height, width = scene.image.shape[:2]
    whole = ((0.0, 0.0), (width, 0.0), (width, height), (0.0, height))
    corner = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))

    def told(**fields):
        known = {**scene.fields, **fields}
        page = PageOutline(whole, 1.0, 2)
        return codes(
            PictureScene(scene.image, scene.thumb, scene.quads, scene.kind, known, page=page)
        )

    assert Reason.CROPPED_OR_COVERED not in told()
    assert Reason.CROPPED_OR_COVERED in told(
        address=FieldReading(value=None, confidence=0.1, quad=None)
    )
    assert Reason.CROPPED_OR_COVERED in told(
        address=FieldReading(value="x", confidence=0.5, quad=corner)
    )
