"""Faults of a photograph: blur, reflections, darkness, fingers."""

import pytest

from models.checks.reason import Reason, Severity
from tasks.reading.signals.assess_picture import (
    hidden_fields,
    measure_quality,
    measure_signals,
    signal_findings,
)
from tasks.reading.signals.photograph import covered_area, measure_blur, measure_light
from tasks.reading.signals.thresholds import BLURRED, COVERED, DARK

CARD, PAGE = "id_card_portrait", "hukou_cover"


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


def test_a_finger_over_a_field_is_seen(scene_of):
    assert covered_area(scene_of(PAGE, 41, "covered", "finger")) >= COVERED
    assert covered_area(scene_of(PAGE, 41)) < COVERED
