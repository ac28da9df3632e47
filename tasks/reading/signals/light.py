"""Glare and darkness: where the paper is burnt out or lies in the dark, and which fields there."""

from typing import Final, NamedTuple

import cv2
import numpy as np

from models.reading.document import Quad
from tasks.reading.signals.scene import Mask, PictureScene

_FULL: Final = 250  # all three channels; JPEG leaves burnt-out white at 251 to 255
_RISE: Final = 14  # grey levels by which a reflection is brighter than the paper around it
_SMALLEST: Final = 0.0012  # of the paper; smaller spots are between the letters


class LightMeasures(NamedTuple):
    """How the paper is lit.

    Attributes:
        burnt: Where a reflection has burnt the paper out, on the thumb.
        glare: Share of the paper that is burnt out, 0 to 1.
        dark: Share of the paper that lies in the dark, 0 to 1.
    """

    burnt: Mask
    glare: float
    dark: float


def look_at_light(scene: PictureScene) -> LightMeasures:
    """Measure the light on the paper.

    Paper that is white all over because the picture was exposed long is no reflection: a
    reflection is a spot that is brighter than the paper around it.
    """
    paper = scene.paper
    size = max(1, int(paper.sum()))
    burnt = _burnt(scene)
    levels = _paper_levels(scene)
    dark = float(((levels < DARK_LEVEL) & (cv2.resize(paper, levels.shape[::-1]) > 0)).mean())
    share = float(paper.mean())
    return LightMeasures(
        burnt, round(float((burnt & paper).sum()) / size, 4), round(dark / max(share, 1e-6), 3)
    )


DARK_LEVEL: Final = 55
"""Brightness of white paper, 0 to 255, below which text drowns in the sensor's noise."""


def covered_share(scene: PictureScene, light: LightMeasures, quad: Quad) -> float:
    """How much of a line is burnt out, 0 to 1."""
    place = scene.field_mask(quad)
    return float((light.burnt & place).sum()) / max(1, int(place.sum()))


def _burnt(scene: PictureScene) -> Mask:
    blue, green, red = cv2.split(scene.thumb)
    full = np.asarray(cv2.min(cv2.min(blue, green), red) >= _FULL, np.uint8)
    if not full.any():
        return full
    around = float(np.median(scene.grey[scene.paper > 0])) if scene.paper.any() else 0.0
    if around > 255 - _RISE:
        return np.zeros_like(full)
    solid = cv2.morphologyEx(full, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=8)
    least = _SMALLEST * max(1, int(scene.paper.sum()))
    keep = [i for i in range(1, count) if stats[i, cv2.CC_STAT_AREA] >= least]
    return np.asarray(np.isin(labels, keep), np.uint8)


def _paper_levels(scene: PictureScene) -> Mask:
    """Brightness of the ground behind the text, on a coarse grid."""
    ground = cv2.dilate(scene.grey, np.ones((9, 9), np.uint8))
    small = cv2.resize(ground, None, fx=0.1, fy=0.1, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8)
