"""Screens, prints and painted-over values."""

import numpy as np
import pytest

from tasks.reading.signals.assess_picture import (
    still_places,
)
from tasks.reading.signals.scene import PictureScene
from tasks.reading.signals.tampering import PORTRAIT, measure_lattice, stillness
from tasks.reading.signals.thresholds import LATTICE, STILL

CARD, PAGE = "id_card_portrait", "hukou_cover"


@pytest.mark.parametrize(
    ("flaw", "way"), [("screen", "laptop"), ("screen", "phone"), ("print", "laser")]
)
def test_dots_of_a_screen_or_a_printer_are_seen(scene_of, flaw, way):
    assert measure_lattice(scene_of(CARD, 41, flaw, way)) >= LATTICE
    assert measure_lattice(scene_of(CARD, 41)) < LATTICE


def test_a_value_that_was_painted_out_is_still(scene_of):
    assert still_places(scene_of(CARD, 44, "edited", "typed"))
    assert not still_places(scene_of(CARD, 44))


def test_a_portrait_that_was_pasted_is_still(scene_of):
    assert PORTRAIT in still_places(scene_of(CARD, 44, "portrait", "pasted"))


def test_values_in_burnt_out_light_or_beyond_a_fold_are_not_called_painted(scene_of):
    scene = scene_of(CARD, 44)
    lit = np.clip(scene.image.astype(np.int16) + 60, 0, 255).astype(np.uint8)
    folded = scene.image.copy()
    folded[:, folded.shape[1] // 3 :] //= 2
    for image in (lit, folded):
        seen = stillness(PictureScene(image, image, scene.quads, scene.kind, scene.fields))
        assert max(seen.values(), default=0.0) < STILL
