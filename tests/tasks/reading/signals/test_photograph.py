"""Faults of a photograph: blur, reflections, darkness, fingers."""

import cv2
import numpy as np
import pytest

from models.checks.reason import Reason, Severity
from models.reading.document import DocumentKind
from tasks.reading.image.pixels import reduced
from tasks.reading.signals.assess_picture import (
    hidden_fields,
    measure_quality,
    measure_signals,
    signal_findings,
)
from tasks.reading.signals.photograph import covered_area, measure_blur, measure_light
from tasks.reading.signals.scene import PictureScene
from tasks.reading.signals.thresholds import BLURRED, COVERED, DARK

CARD, PAGE = "id_card_portrait", "hukou_cover"


@pytest.mark.parametrize("way", ["defocus", "shake"])
def test_a_blurred_picture_is_blurred(scene_of, way):
    assert measure_blur(scene_of(CARD, 41, "blur", way)) >= BLURRED
    assert measure_blur(scene_of(CARD, 41)) < BLURRED / 2


@pytest.mark.parametrize("found", ["no line", "one line as tall as the page"])
def test_a_page_too_blurred_for_any_line_is_blurred_by_its_edges(scene_of, found):
    def without_lines(scene):
        height, width = scene.image.shape[:2]
        whole = ((0.0, 0.0), (float(width), 0.0), (float(width), float(height)), (0.0, height))
        quads = (whole,) if found.startswith("one") else ()
        return PictureScene(scene.image, scene.thumb, quads, DocumentKind.OTHER, {})

    assert measure_blur(without_lines(scene_of(PAGE, 41, "blur", "defocus"))) >= BLURRED
    assert measure_blur(without_lines(scene_of(PAGE, 41))) < BLURRED


def test_a_face_is_not_blurred_for_want_of_lines(scene_of):
    scene = scene_of(PAGE, 41, "blur", "defocus")
    face = PictureScene(scene.image, scene.thumb, (), DocumentKind.SELFIE, {})
    assert measure_blur(face) == 0.0


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


def test_a_finger_over_a_field_is_seen(scene_of):
    assert covered_area(scene_of(PAGE, 41, "covered", "finger")) >= COVERED
    assert covered_area(scene_of(PAGE, 41)) < COVERED


def lit(scene, light, tint):
    """The scene with a soft light over its first field, in blue, green and red."""
    quad = np.array(next(iter(scene.fields.values())).quad)
    (x, y), size = quad.mean(0), float(np.ptp(quad[:, 1]))
    down, right = np.mgrid[: scene.image.shape[0], : scene.image.shape[1]]
    far = ((right - x) / (4 * size)) ** 2 + ((down - y) / (2.5 * size)) ** 2
    added = (light * np.exp(-far))[:, :, None] * np.array(tint)
    image = np.clip(scene.image * 0.85 + added, 0, 255).astype(np.uint8)
    return PictureScene(image, reduced(image, 768), scene.quads, scene.kind, scene.fields)


@pytest.mark.parametrize("tint", [(1, 1, 1), (0.3, 0.7, 1.0)])
def test_a_spot_of_any_colour_is_a_reflection(scene_of, tint):
    scene = lit(scene_of(PAGE, 41), 150, tint)
    first = next(iter(scene.fields))
    assert first in hidden_fields(scene, measure_signals(scene))


def test_white_paper_under_a_watermark_shows_no_reflection(scene_of):
    plain = scene_of(PAGE, 41)
    image = np.full_like(plain.image, 255)
    for y in range(0, image.shape[0], 40):
        cv2.line(image, (0, y), (image.shape[1], y + 200), (200, 200, 200), 14)
    scene = PictureScene(image, reduced(image, 768), plain.quads, plain.kind, plain.fields)
    assert measure_light(scene).glare == 0
