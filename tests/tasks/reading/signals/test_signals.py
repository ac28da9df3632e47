import cv2
import numpy as np
import pytest

from models.checks.reason import Reason, Severity
from models.reading.document import DocumentKind, FieldReading
from tasks.reading.segmentation.page_outline import PageOutline
from tasks.reading.signals.assess_picture import (
    corners_inside,
    hidden_fields,
    measure_quality,
    measure_signals,
    signal_findings,
    still_places,
)
from tasks.reading.signals.colour import find_seal, liveliness
from tasks.reading.signals.photograph import covered_area, measure_blur, measure_light
from tasks.reading.signals.scene import PictureScene
from tasks.reading.signals.tampering import PORTRAIT, measure_lattice, stillness
from tasks.reading.signals.thresholds import BLURRED, COLOURLESS_CARD, COVERED, DARK, LATTICE, STILL

CARD, PAGE = "id_card_portrait", "hukou_cover"


def codes(scene):
    look = measure_signals(scene)
    quality = measure_quality(scene, look, rotation=0, scale=1.0)
    return {found.code for found in signal_findings(scene, look, quality)}


@pytest.mark.parametrize("kind", [CARD, "id_card_emblem", PAGE, "birth_certificate"])
def test_nothing_is_said_of_an_honest_picture(scene_of, kind):
    assert codes(scene_of(kind, 41)) == set()


@pytest.mark.parametrize("way", ["defocus", "shake"])
def test_a_blurred_picture_is_blurred(scene_of, way):
    assert measure_blur(scene_of(CARD, 41, "blur", way)) >= BLURRED
    assert measure_blur(scene_of(CARD, 41)) < BLURRED / 2


def test_a_reflection_names_the_field_that_it_covers(scene_of):
    scene = scene_of(CARD, 41, "glare", "lamp")
    hidden = hidden_fields(scene, measure_signals(scene))
    assert hidden
    assert set(hidden) < set(scene.fields)
    (found,) = (
        f
        for f in signal_findings(
            scene,
            measure_signals(scene),
            measure_quality(scene, measure_signals(scene), rotation=0, scale=1.0),
        )
        if f.code is Reason.GLARE_OR_DARK
    )
    assert {evidence.field for evidence in found.evidence} == set(hidden)
    assert found.severity is Severity.WARNING


def test_a_deep_shadow_is_dark_and_daylight_is_not(scene_of):
    assert measure_light(scene_of(CARD, 41, "dark", "shadow")).dark > DARK
    assert measure_light(scene_of(CARD, 41)).dark < DARK / 10


@pytest.mark.parametrize("way", ["copy", "filter"])
def test_a_grey_picture_of_a_card_is_no_colour(scene_of, way):
    scene = scene_of(CARD, 41, "grey", way)
    assert liveliness(scene) < COLOURLESS_CARD
    assert Reason.SCREEN_OR_COPY in codes(scene)


def test_a_page_without_seal_is_asked_about_and_a_sealed_one_is_not(scene_of):
    assert Reason.SEAL_OR_COLOUR_MISSING in codes(scene_of(PAGE, 41, "seal", "none"))
    assert Reason.SEAL_OR_COLOUR_MISSING not in codes(scene_of(PAGE, 41))


@pytest.mark.parametrize(
    ("flaw", "way"), [("screen", "laptop"), ("screen", "phone"), ("print", "laser")]
)
def test_dots_of_a_screen_or_a_printer_are_seen(scene_of, flaw, way):
    assert measure_lattice(scene_of(CARD, 41, flaw, way)) >= LATTICE
    assert measure_lattice(scene_of(CARD, 41)) < LATTICE


def test_dots_of_a_printer_are_no_doubt_on_a_paper_that_offices_print(scene_of):
    scene = scene_of(CARD, 41, "print", "laser")
    letter = PictureScene(
        scene.image, scene.thumb, scene.quads, DocumentKind.COMMITMENT_LETTER, scene.fields
    )
    assert Reason.SCREEN_OR_COPY in codes(scene)
    assert Reason.SCREEN_OR_COPY not in codes(letter)


def test_a_finger_over_a_field_is_seen(scene_of):
    assert covered_area(scene_of(PAGE, 41, "covered", "finger")) >= COVERED
    assert covered_area(scene_of(PAGE, 41)) < COVERED


def test_a_value_that_was_painted_out_is_still(scene_of):
    assert still_places(scene_of(CARD, 44, "edited", "typed"))
    assert not still_places(scene_of(CARD, 44))


def test_a_portrait_that_was_pasted_is_still(scene_of):
    assert PORTRAIT in still_places(scene_of(CARD, 44, "portrait", "pasted"))


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


def test_the_emblem_left_of_the_heading_makes_a_card_coloured():
    blank, red = np.full((400, 640, 3), (220, 224, 226), np.uint8), (45, 40, 200)
    lines = ((240, 40, 560), (200, 90, 600), (170, 270, 400), (170, 320, 400))
    quads = tuple(
        ((left, t), (right, t), (right, t + 26.0), (left, t + 26.0)) for left, t, right in lines
    )
    marked = np.asarray(cv2.circle(blank.copy(), (110, 90), 45, red, -1), np.uint8)
    for image, coloured in ((blank, False), (marked, True)):
        scene = PictureScene(image, image, quads, DocumentKind.ID_CARD_EMBLEM, {})
        assert (liveliness(scene) >= COLOURLESS_CARD) is coloured


@pytest.mark.parametrize("ink", [0.25, 0.6, 1.0])
def test_a_seal_is_found_however_pale_its_ink(ink):
    assert find_seal(page_with(ring, ink=ink)) is True


@pytest.mark.parametrize("shape", ["print", "ruling", "glow", "black ring"])
def test_what_is_no_seal_is_not_taken_for_one(shape):
    assert find_seal(page_with(_NO_SEALS[shape])) is False


def ring(image, red):
    cv2.circle(image, (430, 430), 62, red, 3, cv2.LINE_AA)
    cv2.circle(image, (430, 430), 14, red, -1, cv2.LINE_AA)


def _print(image, red):
    for left in range(150, 450, 32):
        cv2.rectangle(image, (left, 60), (left + 20, 84), red, 4)


def _ruling(image, red):
    for top in range(60, 500, 40):
        cv2.line(image, (40, top), (560, top), red, 2)


def _glow(image, red):
    image[380:480, 300:500] = np.minimum(image[380:480, 300:500], red).astype(np.uint8)


def _black_ring(image, red):
    ring(image, (40, 40, 40))


_NO_SEALS = {"print": _print, "ruling": _ruling, "glow": _glow, "black ring": _black_ring}


def page_with(drawn, *, ink=1.0):
    """A cream sheet with some lines of black print and one thing more, in red."""
    image = np.full((600, 600, 3), (215, 232, 240), np.uint8)
    marked = image.copy()
    drawn(marked, (45, 40, 200))
    image = np.asarray(cv2.addWeighted(marked, ink, image, 1 - ink, 0), np.uint8)
    quads = tuple(((60.0, t), (540.0, t), (540.0, t + 20), (60.0, t + 20)) for t in (130.0, 560.0))
    for quad in quads:
        cv2.putText(image, "print on a page", (60, int(quad[2][1])), 0, 0.7, (30, 30, 30), 2)
    return PictureScene(image, image, quads, DocumentKind.HUKOU_MEMBER, {})


def test_values_in_burnt_out_light_or_beyond_a_fold_are_not_called_painted(scene_of):
    scene = scene_of(CARD, 44)
    lit = np.clip(scene.image.astype(np.int16) + 60, 0, 255).astype(np.uint8)
    folded = scene.image.copy()
    folded[:, folded.shape[1] // 3 :] //= 2
    for image in (lit, folded):
        seen = stillness(PictureScene(image, image, scene.quads, scene.kind, scene.fields))
        assert max(seen.values(), default=0.0) < STILL


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
