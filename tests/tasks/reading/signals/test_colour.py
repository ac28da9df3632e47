"""Colour of a paper, and its seal."""

import cv2
import numpy as np
import pytest

from models.checks.reason import Reason
from models.reading.document import DocumentKind
from tasks.reading.signals.colour import find_seal, liveliness
from tasks.reading.signals.scene import PictureScene
from tasks.reading.signals.thresholds import COLOURLESS_CARD
from tests.tasks.reading.signals.signal_codes import codes

CARD, PAGE = "id_card_portrait", "hukou_cover"


@pytest.mark.parametrize("way", ["copy", "filter"])
def test_a_grey_picture_of_a_card_is_no_colour(scene_of, way):
    scene = scene_of(CARD, 41, "grey", way)
    assert liveliness(scene) < COLOURLESS_CARD
    assert Reason.SCREEN_OR_COPY in codes(scene)


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
