"""Colour: how far a paper's coloured parts lie from its ground."""

from typing import Final

import cv2
import numpy as np

from models.reading.document import DocumentKind
from tasks.reading.signals.scene import Mask, PictureScene

_FEWEST_LINES: Final = 4  # fewer show too little of the paper to call all of it grey
_INNER: Final = 0.985  # of the pixels between the text; the rest may be noise
_EMBLEM: Final = (0.32, 0.06, 0.6)
"""Where a card's emblem stands from the box of its text: from so far left of it to so far right
of its left side, in widths of the box, and down from its top, in heights."""


def liveliness(scene: PictureScene) -> float:
    """How far the paper's coloured parts lie from its ground, grey levels.

    A lamp, a white balance or yellowed paper tints everything; what differs from the ground
    nearby, at its own brightness, is colour of the paper itself.
    """
    place = scene.paper
    if len(scene.quads) >= _FEWEST_LINES:
        place = scene.hull | _emblem(scene)
    inside = place > 0
    if not inside.any():
        return 0.0
    warm, cold = scene.off_ground
    return round(float(np.percentile(cv2.magnitude(warm[inside], cold[inside]), 100 * _INNER)), 2)


def _emblem(scene: PictureScene) -> Mask:
    """Where the red emblem of a card's back stands, left of its heading and outside of the hull.

    The place is taken from the text, because a card's edges are not always seen.
    """
    mask = np.zeros_like(scene.hull)
    if scene.kind is not DocumentKind.ID_CARD_EMBLEM:
        return mask
    points = np.array(scene.quads, np.float64)
    tops = points[:, 1] - points[:, 0]
    along = tops.sum(axis=0) / max(1e-6, float(np.linalg.norm(tops.sum(axis=0))))
    axes = np.array([along, (-along[1], along[0])])
    low, high = ((points.reshape(-1, 2) @ axes.T).min(axis=0), (points @ axes.T).max(axis=(0, 1)))
    width, height = high - low
    left, right = low[0] - _EMBLEM[0] * width, low[0] + _EMBLEM[1] * width
    below = low[1] + _EMBLEM[2] * height
    box = np.array([(left, low[1]), (right, low[1]), (right, below), (left, below)])
    cv2.fillPoly(mask, [np.rint(box @ axes * scene.scale).astype(np.int32)], 1)
    return mask
