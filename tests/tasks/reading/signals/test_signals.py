import pytest

from models.reason import Code, Severity
from tasks.reading.find_page import Page
from tasks.reading.quality import corners_inside, measure
from tasks.reading.signals.blur import look_at_blur
from tasks.reading.signals.colour import liveliness
from tasks.reading.signals.cover import covered_area
from tasks.reading.signals.findings import hidden_fields, signal_findings
from tasks.reading.signals.lattice import look_for_lattice
from tasks.reading.signals.light import look_at_light
from tasks.reading.signals.look import look_at, still_places
from tasks.reading.signals.patches import PORTRAIT
from tasks.reading.signals.thresholds import BLURRED, COLOURLESS, COVERED, DARK, LATTICE

CARD, PAGE = "id_card_portrait", "hukou_cover"


def codes(scene):
    look = look_at(scene)
    quality = measure(scene, look, rotation=0, scale=1.0)
    return {found.code for found in signal_findings(scene, look, quality)}


@pytest.mark.parametrize("kind", [CARD, "id_card_emblem", PAGE, "birth_certificate"])
def test_nothing_is_said_of_an_honest_picture(scene_of, kind):
    assert codes(scene_of(kind, 41)) == set()


@pytest.mark.parametrize("way", ["defocus", "shake"])
def test_a_blurred_picture_is_blurred(scene_of, way):
    assert look_at_blur(scene_of(CARD, 41, "blur", way)) >= BLURRED
    assert look_at_blur(scene_of(CARD, 41)) < BLURRED / 2


def test_a_reflection_names_the_field_that_it_covers(scene_of):
    scene = scene_of(CARD, 41, "glare", "lamp")
    hidden = hidden_fields(scene, look_at(scene))
    assert hidden
    assert set(hidden) < set(scene.fields)
    (found,) = (
        f
        for f in signal_findings(
            scene, look_at(scene), measure(scene, look_at(scene), rotation=0, scale=1.0)
        )
        if f.code is Code.Q02
    )
    assert {evidence.field for evidence in found.evidence} == set(hidden)
    assert found.severity is Severity.WARNING


def test_a_deep_shadow_is_dark_and_daylight_is_not(scene_of):
    assert look_at_light(scene_of(CARD, 41, "dark", "shadow")).dark > DARK
    assert look_at_light(scene_of(CARD, 41)).dark < DARK / 10


@pytest.mark.parametrize("way", ["copy", "filter"])
def test_a_grey_picture_of_a_card_is_no_colour(scene_of, way):
    scene = scene_of(CARD, 41, "grey", way)
    assert liveliness(scene) < COLOURLESS
    assert Code.Q04 in codes(scene)


def test_a_page_without_seal_is_asked_about_and_a_sealed_one_is_not(scene_of):
    assert Code.D14 in codes(scene_of(PAGE, 41, "seal", "none"))
    assert Code.D14 not in codes(scene_of(PAGE, 41))


@pytest.mark.parametrize(
    ("flaw", "way"), [("screen", "laptop"), ("screen", "phone"), ("print", "laser")]
)
def test_dots_of_a_screen_or_a_printer_are_seen(scene_of, flaw, way):
    assert look_for_lattice(scene_of(CARD, 41, flaw, way)) >= LATTICE
    assert look_for_lattice(scene_of(CARD, 41)) < LATTICE


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
    assert Code.Q01 in codes(scene)
    assert Code.Q01 not in codes(read)


def test_corners_are_counted_on_the_page_where_it_is_known(scene_of):
    image = scene_of(CARD, 41).image
    height, width = image.shape[:2]
    whole = ((10.0, 10.0), (width - 10.0, 10.0), (width - 10.0, height - 10.0), (10.0, 200.0))
    assert corners_inside(image, (), Page(whole, 0.9, 4)) == 4
    assert corners_inside(image, (), Page(whole, 0.9, 2)) == 2
    assert corners_inside(image, ()) == 4
