"""Signs that a picture shows no original: the lattice of a screen, values painted over."""

import math
from typing import Any, Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from models.reading.document import Quad
from tasks.reading.files.picture import Pixels
from tasks.reading.image.pixels import grow
from tasks.reading.signals.scene import PictureScene

Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]
TILE: Final = 128
_TILES: Final = 8
_INSIDE: Final = 0.9  # of a tile lies on the paper
_LOWEST: Final = 24 / TILE  # cycles a pixel; guilloche, which is drawn, reaches 0.17
_JPEG: Final = 8  # bins between the multiples of a sixteenth
Flags = NDArray[np.uint8]
_NEAR: Final = 0.05  # of a line's height: the value's own ground
_GAP: Final = 0.3
_FAR: Final = 0.8  # up to here, beyond the gap, lies the ground around it
_INK: Final = 12  # grey levels below the ground
_BURNT: Final = 240  # a ground as bright as this has its brightest grain cut off
_FEWEST: Final = 60  # pixels of ground on either side
_LEAST_SHARE: Final = 0.1  # of a value's place that is ground: paint lies under all of it
_ALIKE: Final = 60  # grey levels; grain grows with light
_STILLEST: Final = 0.1  # of the places on either side
_LEAST_GRAIN: Final = 1.5  # grey levels; where all is as smooth as this, nothing can be told
_PORTRAIT_SHARE: Final = 0.46  # of the number's length
_PORTRAIT_HEIGHT: Final = 0.88  # of the way from the name down to the number
_SMALLEST_CARD: Final = 120  # pixels
_WINDOW: Final = np.ones((5, 5), np.uint8)
PORTRAIT: Final = "portrait"
"""The name under which the place of a card's portrait is reported."""


def measure_lattice(scene: PictureScene) -> float:
    """How far the strongest fine repetition stands out of the paper's spectrum, decibels."""
    spots = _quiet_spots(scene)
    return round(_peak(_power(scene, spots)), 2) if spots else 0.0


def _quiet_spots(scene: PictureScene) -> list[tuple[int, int]]:
    """Upper left corners of tiles on the paper, those with the least text first."""
    window = (max(2, round(TILE * scene.scale)),) * 2
    inside = cv2.boxFilter(scene.paper.astype(np.float32), -1, window)
    busy = cv2.boxFilter(scene.text.astype(np.float32), -1, window)
    height, width = scene.image.shape[:2]
    spots = []
    for y in range(0, height - TILE + 1, TILE):
        for x in range(0, width - TILE + 1, TILE):
            row = min(inside.shape[0] - 1, int((y + TILE / 2) * scene.scale))
            column = min(inside.shape[1] - 1, int((x + TILE / 2) * scene.scale))
            if inside[row, column] > _INSIDE:
                spots.append((float(busy[row, column]), x, y))
    return [(x, y) for _, x, y in sorted(spots)[:_TILES]]


def _power(scene: PictureScene, spots: list[tuple[int, int]]) -> Floats:
    """What the spectra of most tiles have in common, low frequencies in the middle."""
    spectra = []
    for x, y in spots:
        # Green: a camera has twice as many green pixels as red or blue ones.
        tile = scene.image[y : y + TILE, x : x + TILE, 1].astype(np.float32)
        wave = cv2.dft((tile - cv2.blur(tile, (9, 9))) * _HANNING, flags=cv2.DFT_COMPLEX_OUTPUT)
        power = wave[:, :, 0] ** 2 + wave[:, :, 1] ** 2
        spectra.append(power / (float(power.mean()) + 1.0))
    # The middle one, not the mean: a needle printer's dots are a lattice, but only under its text.
    return np.asarray(np.fft.fftshift(np.median(spectra, axis=0)), np.float32)


def _peak(power: Floats) -> float:
    """The highest point above the longest ridge through it, decibels."""
    level = cv2.blur(10 * np.log10(power + np.float32(1e-9)), (2, 2))
    ridges = [cv2.morphologyEx(level, cv2.MORPH_OPEN, line) for line in _RIDGES]
    above = level - np.max(ridges, axis=0)
    return float(above[_SEARCHED].max())


def _searched() -> Bools:
    """Where a lattice is looked for: not at low frequencies, on the axes or on JPEG's own."""
    bins = np.arange(TILE) - TILE // 2
    x, y = np.meshgrid(bins, bins)
    off_axes = (np.abs(x) > 1) & (np.abs(y) > 1)
    near = [np.minimum(np.abs(v) % _JPEG, -np.abs(v) % _JPEG) <= 1 for v in (x, y)]
    return np.asarray((np.hypot(x, y) > _LOWEST * TILE) & off_axes & ~(near[0] & near[1]))


_HANNING: Final = np.outer(np.hanning(TILE), np.hanning(TILE)).astype(np.float32)
_SEARCHED: Final = _searched()
_RIDGES: Final = (
    np.ones((1, 7), np.uint8),
    np.ones((7, 1), np.uint8),
    np.eye(7, dtype=np.uint8),
    np.ascontiguousarray(np.fliplr(np.eye(7, dtype=np.uint8))),
)


def stillness(scene: PictureScene) -> dict[str, float]:
    """By field, how much stiller its ground is than the ground around it.

    The natural logarithm of a ratio: 0 as still, 0.7 half of the grain. Fields whose ground is
    burnt out, too small or without grain all around are left out, and so are those of a single
    character: too little ground to tell, and none of them decides anything.
    """
    found = {
        name: _stillness(scene.image, field.quad)
        for name, field in scene.fields.items()
        if field.quad is not None and len(field.value or "") > 1
    }
    return {name: value for name, value in found.items() if value is not None}


def portrait_stillness(scene: PictureScene) -> float | None:
    """The same for the pale ground of a card's portrait against the card's own.

    The portrait stands right of the name and above the number, as wide as the number reaches.
    """
    quads = [scene.fields[n].quad for n in ("name", "id_number") if n in scene.fields]
    if not scene.spec.portrait_right_of_text or len(quads) < 2 or None in quads:
        return None
    name, number = (np.asarray(quad, np.float32) for quad in quads)
    end, top = number[1], name[0]
    along = (number[1] - number[0]) / max(1.0, float(np.linalg.norm(number[1] - number[0])))
    reach = float((end - number[0]) @ along) * _PORTRAIT_SHARE
    down = np.array([-along[1], along[0]])
    height = float((number[0] - top) @ down)
    corner = end - along * reach - down * height
    box = np.array([corner, corner + along * reach])
    box = np.vstack((box, box[::-1] + down * height * _PORTRAIT_HEIGHT))
    low = np.maximum(np.floor(np.vstack((box, name, number)).min(axis=0)).astype(int), 0)
    high = np.ceil(np.vstack((box, name, number)).max(axis=0)).astype(int)
    part = np.ascontiguousarray(scene.image[low[1] : high[1], low[0] : high[0], 1])
    if min(part.shape) < _SMALLEST_CARD:
        return None
    ground = _ground(part)
    inside = _inside(box - low, part.shape)
    return _ratio(ground, cv2.bitwise_and(inside, ground.free), cv2.subtract(ground.free, inside))


def _stillness(image: Pixels, quad: Quad) -> float | None:
    corners = np.asarray(quad, np.float32)
    outer = grow(corners, _FAR)
    low = np.maximum(np.floor(outer.min(axis=0)).astype(int), 0)
    high = np.ceil(outer.max(axis=0)).astype(int) + 1
    part = np.ascontiguousarray(image[low[1] : high[1], low[0] : high[0], 1])
    if min(part.shape) < 2 * _WINDOW.shape[0]:
        return None
    ground = _ground(part)
    place = _inside(grow(corners, _NEAR) - low, part.shape)
    near = cv2.bitwise_and(place, ground.free)
    if float(near.sum()) < _LEAST_SHARE * float(place.sum()):
        return None
    far = cv2.bitwise_and(_inside(outer - low, part.shape), ground.free)
    far = cv2.subtract(far, _inside(grow(corners, _GAP) - low, part.shape))
    return _ratio(ground, near, cv2.bitwise_and(far, _in_like_light(ground, near)))


class _Ground(NamedTuple):
    """A part's ground.

    Attributes:
        free: 1 where there is neither ink, nor its halo, nor burnt-out white.
        level: Its brightness, without what stands on it.
        grain: The range of grey levels around each pixel.
    """

    free: Flags
    level: Flags
    grain: Flags


def _in_like_light(ground: _Ground, place: Any) -> Flags:  # noqa: ANN401  (OpenCV's masks)
    """Where the ground is about as bright as in a place: a fold or a shadow parts the rest."""
    shades = ground.level[place > 0]
    shade = float(np.median(shades)) if shades.size else 0.0
    return np.asarray(cv2.inRange(ground.level, shade - _ALIKE, shade + _ALIKE), np.uint8)


def _ratio(ground: _Ground, near: Any, far: Any) -> float | None:  # noqa: ANN401  (OpenCV's masks)
    """The logarithm of the grain of the far ground over that of the near one."""
    own, around = _lowest(ground.grain, near), _lowest(ground.grain, far)
    if own is None or around is None or around < _LEAST_GRAIN:
        return None
    return round(math.log((around + 1) / (own + 1)), 3)


def _ground(part: Flags) -> _Ground:
    small = cv2.resize(part, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    ground = cv2.dilate(cv2.medianBlur(small, 5), _WINDOW)
    level = cv2.resize(ground, (part.shape[1], part.shape[0]), interpolation=cv2.INTER_LINEAR)
    marked = cv2.dilate((cv2.subtract(level, part) > _INK).astype(np.uint8), _WINDOW)
    free = np.asarray((marked == 0) & (level < _BURNT), np.uint8)
    grain = cv2.subtract(cv2.dilate(part, _WINDOW), cv2.erode(part, _WINDOW))
    return _Ground(free, np.asarray(level, np.uint8), np.asarray(grain, np.uint8))


def _inside(corners: NDArray[Any], shape: tuple[int, ...]) -> Flags:
    mask = np.zeros(shape[:2], np.uint8)
    cv2.fillPoly(mask, [np.rint(corners).astype(np.int32)], 1)
    return mask


def _lowest(grain: Flags, mask: Flags) -> float | None:
    """Mean grain of the stillest places; None where there are too few."""
    counts = cv2.calcHist([grain], [0], mask, [256], [0, 256]).ravel()
    total = float(counts.sum())
    if total < _FEWEST:
        return None
    wanted = total * _STILLEST
    below = np.minimum(np.cumsum(counts), wanted)
    taken = np.diff(below, prepend=0.0)
    return float((taken * np.arange(256)).sum() / wanted)
