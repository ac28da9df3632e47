"""Fingers on the paper: solid patches in the colours of skin that reach in among the text."""

from typing import Final

import cv2
import numpy as np

from models.reading.document import DocumentKind
from tasks.reading.signals.scene import LEVELS, Mask, PictureScene

_WARM: Final = (16.0, 75.0)
"""How far red leads in skin of any shade under any lamp, against the paper, in grey levels at
middle brightness. Seals and the emblem lie above, yellowed paper below."""

_TEXT_SIDE: Final = 0.56  # of a card's number, from its left, lies left of the portrait
_SOLID: Final = 1.0  # heights of a line; strokes and seals are thinner than this


def covered_area(scene: PictureScene) -> float:
    """Share of the text's hull that lies under something of the colour of skin, 0 to 1.

    A couple's photograph stands among the text of their certificate: nothing is told of it.
    """
    if scene.kind is DocumentKind.MARRIAGE_CERTIFICATE:
        return 0.0
    hull = _text_side(scene)
    size = float(hull.sum())
    if size < 1 or scene.line_height <= 0:
        return 0.0
    width = max(3, round(scene.line_height * _SOLID)) | 1
    shape = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width))
    solid = cv2.morphologyEx(_skin(scene) & hull, cv2.MORPH_OPEN, shape)
    _, _, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=8)
    areas = stats[1:, cv2.CC_STAT_AREA]
    return round(float(areas.max(initial=0)) / size, 4)


def _skin(scene: PictureScene) -> Mask:
    ground = scene.hull > 0
    warm, cold = ((c - float(np.median(c[ground]))) * LEVELS for c in scene.chroma)
    return np.asarray((warm > _WARM[0]) & (warm < _WARM[1]) & (np.abs(cold) < 0.8 * warm), np.uint8)


def _text_side(scene: PictureScene) -> Mask:
    """The hull of the text without a card's portrait, which is of skin by right."""
    number = scene.fields.get("id_number")
    if scene.kind is not DocumentKind.ID_CARD_PORTRAIT:
        return scene.hull
    if number is None or number.quad is None:
        return np.zeros_like(scene.hull)
    left, right = (np.array(corner) * scene.scale for corner in number.quad[:2])
    border = left + (right - left) * _TEXT_SIDE
    mask = scene.hull.copy()
    mask[:, max(0, int(border[0])) :] = 0
    return mask
