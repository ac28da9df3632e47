"""Faults of a photograph: blur, reflections, darkness, and fingers on the paper."""

from itertools import islice
from typing import Final, NamedTuple

import cv2
import numpy as np

from models.reading.document import DocumentKind, Quad
from tasks.reading.files.picture import Pixels
from tasks.reading.image.grey_levels import percentile
from tasks.reading.image.pixels import cut_line
from tasks.reading.signals.scene import LEVELS, Floats, Mask, PictureScene

_LONGEST_LINES: Final = 3
_LINE_PIXELS: Final = 32
_TALLEST_LINE: Final = 0.25  # of the longer side; what is taller is no line of text
_SQUARE: Final = 64  # pixels
_SHARPEST: Final = 5
"""Per cent of the squares. A page too blurred to be read showed 0.77 there, 14 sharp pictures of
papers 0 to 0.23, small selfies to 0.68."""
_LEAST_CONTRAST: Final = 25.0  # a pale line says nothing about the lens
_SHIFT: Final = 1e-6  # a softness of 0 must not pass for "not measured"
_FULL: Final = 250  # all three channels; JPEG leaves burnt-out white at 251 to 255
_RISE: Final = 14  # grey levels by which a reflection is brighter than the paper around it
_WIDE: Final = 0.12  # of the thumb's side, over which light changes slowly
_GRID: Final = 4
"""Pixels of the thumb; it moves a blur of 58 pixels by less than 0.1 grey levels."""
_BRIGHT: Final = 235
_LOCAL_RISE: Final = 16
"""Grey levels. Of four honest pictures one showed it on 0.02 of the paper, beside its lamp; warm
spots on three of four showed 0.01 to 0.15, glare of a sleeve on two of four 0.03 to 0.06."""
_SMALLEST: Final = 0.0012  # of the paper; smaller spots are between the letters
DARK_LEVEL: Final = 55
"""Brightness of white paper, 0 to 255, below which text drowns in the sensor's noise."""
_TEXT_SIDE: Final = 0.56  # of a card's number, from its left, lies left of the portrait
_SOLID: Final = 1.0  # heights of a line; strokes and seals are thinner than this


def measure_blur(scene: PictureScene) -> float:
    """0 sharp to 1 unreadable: the steepest steps in the longest lines, against their contrast.

    A step between two pixels of a line that is 32 pixels high is 0.43 of the contrast in a sharp
    picture and below 0.08 where letters run together. A photograph in which no line was found and
    that shows no known paper is measured by its own edges; of a face they are soft.
    """
    tallest = max(scene.image.shape[:2]) * _TALLEST_LINE
    lines = [quad for quad in scene.quads if _height(quad) < tallest]
    longest = sorted(lines, key=_length, reverse=True)[: _LONGEST_LINES + 1]
    measured = (_softness(cut_line(scene.image, quad, _LINE_PIXELS)) for quad in longest)
    values = list(islice(filter(None, measured), _LONGEST_LINES))
    if values:
        return round(float(np.median(values)) - _SHIFT, 3)
    return _blur_of_edges(scene.image) if scene.kind is DocumentKind.OTHER else 0.0


def _blur_of_edges(image: Pixels) -> float:
    """The same of the sharpest twentieth of a picture's squares that have any contrast."""
    height, width = image.shape[:2]
    squares = (
        image[top : top + _SQUARE, left : left + _SQUARE]
        for top in range(0, height - _SQUARE + 1, _SQUARE)
        for left in range(0, width - _SQUARE + 1, _SQUARE)
    )
    values = list(filter(None, map(_softness, squares)))
    return round(float(np.percentile(values, _SHARPEST)) - _SHIFT, 3) if values else 0.0


def _height(quad: Quad) -> float:
    return float(np.hypot(quad[3][0] - quad[0][0], quad[3][1] - quad[0][1]))


def _length(quad: Quad) -> float:
    return float(np.hypot(quad[1][0] - quad[0][0], quad[1][1] - quad[0][1]))


def _softness(crop: Pixels) -> float | None:
    grey = np.asarray(cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY), np.uint8)
    contrast = percentile(grey[::2, ::2], 98) - percentile(grey[::2, ::2], 2)
    if contrast < _LEAST_CONTRAST:
        return None
    across = percentile(_steps(grey[::2, 1:], grey[::2, :-1]), 97) / contrast
    down = percentile(_steps(grey[1:, ::2], grey[:-1, ::2]), 97) / contrast
    return float(np.clip(1.0 - (min(across, down) - 0.08) / 0.35, 0.0, 1.0)) + _SHIFT


def _steps(one: Mask, other: Mask) -> Mask:
    return np.asarray(cv2.absdiff(one, other), np.uint8)


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


def measure_light(scene: PictureScene) -> LightMeasures:
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


def covered_share(scene: PictureScene, light: LightMeasures, quad: Quad) -> float:
    """How much of a line is burnt out, 0 to 1."""
    place = scene.field_mask(quad)
    return float((light.burnt & place).sum()) / max(1, int(place.sum()))


def _burnt(scene: PictureScene) -> Mask:
    """Where light has washed the paper out: white in all channels, or far brighter than around."""
    ground = _ground(scene)
    if not scene.paper.any() or float(np.median(ground[scene.paper > 0])) > 255 - _RISE:
        return np.zeros_like(ground)  # white all over: paper, whatever is printed across it
    blue, green, red = cv2.split(scene.thumb)
    full = np.asarray(cv2.min(cv2.min(blue, green), red) >= _FULL, np.uint8)
    solid = cv2.morphologyEx(full, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    washed = np.asarray(solid, np.uint8) | _washed(scene, ground)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(washed, connectivity=8)
    least = _SMALLEST * max(1, int(scene.paper.sum()))
    keep = [i for i in range(1, count) if stats[i, cv2.CC_STAT_AREA] >= least]
    return np.asarray(np.isin(labels, keep), np.uint8)


def _ground(scene: PictureScene) -> Mask:
    """The paper without its print."""
    wide = cv2.dilate(scene.grey, np.ones((9, 9), np.uint8))
    return np.asarray(cv2.erode(wide, np.ones((5, 5), np.uint8)), np.uint8)


def _washed(scene: PictureScene, ground: Mask) -> Mask:
    """Where the ground is bright and much brighter than the paper around it.

    A lamp of another colour burns out one channel only, and plastic sleeves spread their glare; the
    slow change of light across a page is taken off first.
    """
    paper = (scene.paper > 0).astype(np.float32)
    weight = np.maximum(_spread(paper), 1e-3)
    around = _spread(ground.astype(np.float32) * paper) / weight
    bright = (ground >= _BRIGHT) & (ground - around > _LOCAL_RISE) & (paper > 0)
    return np.asarray(bright, np.uint8)


def _spread(values: Floats) -> Floats:
    """The slow change of some values, blurred on a coarse grid: a hundredth of the time."""
    high, wide = values.shape
    size = (max(1, wide // _GRID), max(1, high // _GRID))
    coarse = cv2.resize(values, size, interpolation=cv2.INTER_AREA)
    slow = cv2.GaussianBlur(coarse, (0, 0), _WIDE * max(values.shape) / _GRID)
    return np.asarray(cv2.resize(slow, (wide, high), interpolation=cv2.INTER_LINEAR), np.float32)


def _paper_levels(scene: PictureScene) -> Mask:
    """Brightness of the ground behind the text, on a coarse grid."""
    ground = cv2.dilate(scene.grey, np.ones((9, 9), np.uint8))
    small = cv2.resize(ground, None, fx=0.1, fy=0.1, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8)


_WARM: Final = (16.0, 75.0)
"""How far red leads in skin of any shade under any lamp, against the paper, in grey levels at
middle brightness. Seals and the emblem lie above, yellowed paper below."""


def covered_area(scene: PictureScene) -> float:
    """Share of the text's hull that lies under something of the colour of skin, 0 to 1.

    A couple's photograph stands among the text of their certificate: nothing is told of it.
    """
    if scene.spec.pictures_among_text:
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
    if not scene.spec.portrait_right_of_text:
        return scene.hull
    if number is None or number.quad is None:
        return np.zeros_like(scene.hull)
    left, right = (np.array(corner) * scene.scale for corner in number.quad[:2])
    border = left + (right - left) * _TEXT_SIDE
    mask = scene.hull.copy()
    mask[:, max(0, int(border[0])) :] = 0
    return mask
