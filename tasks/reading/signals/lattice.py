"""Lattices: a screen's dots and a printer's screen repeat; nothing drawn on a paper does so finely.

The spectra of small tiles are laid over each other. Letters, guilloche and noise spread their
energy over many frequencies, a ruled line over a ridge through the middle; a lattice puts its own
into single points, the same ones in every tile. Multiples of a sixteenth are JPEG's and left out.
"""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from tasks.reading.signals.scene import PictureScene

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]
TILE: Final = 128
_TILES: Final = 8
_INSIDE: Final = 0.9  # of a tile lies on the paper
_LOWEST: Final = 24 / TILE  # cycles a pixel; guilloche, which is drawn, reaches 0.17
_JPEG: Final = 8  # bins between the multiples of a sixteenth


def look_for_lattice(scene: PictureScene) -> float:
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
        wave = cv2.dft((tile - cv2.blur(tile, (9, 9))) * _WINDOW, flags=cv2.DFT_COMPLEX_OUTPUT)
        power = wave[:, :, 0] ** 2 + wave[:, :, 1] ** 2
        spectra.append(power / (float(power.mean()) + 1.0))
    # The middle one, not the mean: a needle printer's dots are a lattice, but only under its text.
    return np.asarray(np.fft.fftshift(np.median(spectra, axis=0)), np.float32)


def _peak(power: Floats) -> float:
    """The highest point above the longest ridge through it, decibels."""
    level = cv2.blur(10 * np.log10(power + np.float32(1e-9)), (2, 2))
    ridges = [cv2.morphologyEx(level, cv2.MORPH_OPEN, line) for line in _LINES]
    above = level - np.max(ridges, axis=0)
    return float(above[_SEARCHED].max())


def _searched() -> Flags:
    """Where a lattice is looked for: not at low frequencies, on the axes or on JPEG's own."""
    bins = np.arange(TILE) - TILE // 2
    x, y = np.meshgrid(bins, bins)
    off_axes = (np.abs(x) > 1) & (np.abs(y) > 1)
    near = [np.minimum(np.abs(v) % _JPEG, -np.abs(v) % _JPEG) <= 1 for v in (x, y)]
    return np.asarray((np.hypot(x, y) > _LOWEST * TILE) & off_axes & ~(near[0] & near[1]))


_WINDOW: Final = np.outer(np.hanning(TILE), np.hanning(TILE)).astype(np.float32)
_SEARCHED: Final = _searched()
_LINES: Final = (
    np.ones((1, 7), np.uint8),
    np.ones((7, 1), np.uint8),
    np.eye(7, dtype=np.uint8),
    np.ascontiguousarray(np.fliplr(np.eye(7, dtype=np.uint8))),
)
