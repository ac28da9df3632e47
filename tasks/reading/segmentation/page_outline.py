"""What the outline of a paper says: how surely it is one."""

from typing import Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from models.reading.document import Quad
from tasks.reading.files.picture import Pixels

Points = NDArray[np.float64]
Mask = NDArray[np.uint8]
SURE: Final = 0.75
"""The certainty from which the corners are believed."""
_AT_BORDER: Final = 3.0  # pixels
_STEP: Final = 4  # pixels on both sides of an edge
_SLANT: Final = 14.0  # degrees by which a corner may miss a right angle
_KITE: Final = 28.0  # degrees by which none does
_FREE: Final = 0.5  # share of the sides that must be in the picture to speak for themselves
_CONTRAST: Final = 6.0  # levels of lightness and colour that make a step an edge


class PageOutline(NamedTuple):
    """A paper where it was found.

    Attributes:
        quad: Its corners in pixels of the picture, clockwise; corners that are not in the picture
            are where the visible sides point to, or on the border.
        certainty: 0 to 1; see `SURE`.
        corners: How many of its corners are in the picture, 0 to 4.
    """

    quad: Quad
    certainty: float
    corners: int


def on_border(points: Points, size: tuple[int, int]) -> NDArray[np.bool_]:
    """Which points lie on the border of a picture of this size."""
    x, y = points[:, 0], points[:, 1]
    near = (x <= _AT_BORDER) | (y <= _AT_BORDER)
    far = (x >= size[0] - 1 - _AT_BORDER) | (y >= size[1] - 1 - _AT_BORDER)
    return np.asarray(near | far)


def outline_certainty(
    outline: NDArray[np.int32], corners: Points, blank: Pixels, text: Points
) -> float:
    """How surely an outline is that of a paper, 0 to 1.

    Args:
        outline: Its points, pixels of `blank`.
        corners: The four corners that were laid through it.
        blank: The picture in lightness and colour, print closed over.
        text: The quads of the lines on the paper.
    """
    size = (blank.shape[1], blank.shape[0])
    return (
        _straightness(outline, corners, size)
        * _enclosure(corners, text)
        * _squareness(corners)
        * _edge(corners, blank)
    )


def _straightness(outline: NDArray[np.int32], corners: Points, size: tuple[int, int]) -> float:
    """How much of the outline and of the quad cover each other inside the picture, 0 to 1."""
    shape = (size[1], size[0])
    spread, quad = np.zeros(shape, np.uint8), np.zeros(shape, np.uint8)
    cv2.fillPoly(spread, [outline], 1)
    cv2.fillPoly(quad, [np.rint(corners).astype(np.int32)], 1)
    both, either = cv2.countNonZero(spread & quad), cv2.countNonZero(spread | quad)
    return float(np.clip((both / max(1, either) - 0.78) / 0.2, 0, 1))


def _squareness(corners: Points) -> float:
    """1 for corners that a camera held nearly straight may see, 0 for a kite."""
    before, after = np.roll(corners, 1, axis=0) - corners, np.roll(corners, -1, axis=0) - corners
    cosines = (before * after).sum(axis=1) / (
        np.linalg.norm(before, axis=1) * np.linalg.norm(after, axis=1) + 1e-9
    )
    off = float(np.degrees(np.arcsin(np.clip(np.abs(cosines), 0, 1)).max()))
    return float(np.clip((_KITE - off) / (_KITE - _SLANT), 0, 1))


def _enclosure(corners: Points, text: Points) -> float:
    """1 when the page holds all the text, falling quickly with what it leaves out."""
    outline = corners.astype(np.float32)
    middles = text.mean(axis=1)
    outside = sum(
        cv2.pointPolygonTest(outline, (float(x), float(y)), measureDist=False) < 0
        for x, y in middles
    )
    return max(0.0, 1.0 - 4.0 * outside / len(middles))


def _edge(corners: Points, blank: Pixels) -> float:
    """Share of the visible sides where paper and ground differ; less if few are visible."""
    height, width = blank.shape[:2]
    middle = corners.mean(axis=0)
    steps: list[NDArray[np.bool_]] = []
    total = 0
    for i in range(4):
        start, stop = corners[i], corners[(i + 1) % 4]
        places = start + (stop - start) * np.linspace(0.08, 0.92, 30)[:, None]
        unit = (stop - start) / max(1e-6, float(np.linalg.norm(stop - start)))
        normal = np.array([-unit[1], unit[0]])
        normal = normal if normal @ (middle - start) > 0 else -normal
        inner, outer = places + normal * _STEP, places - normal * _STEP
        free = ~on_border(outer, (width, height)) & within(outer, (width, height))
        free &= within(inner, (width, height))
        total += len(free)
        difference = np.abs(_colours(blank, inner[free]) - _colours(blank, outer[free])).max(axis=1)
        steps.append(difference >= _CONTRAST)
    visible = np.concatenate(steps)
    if not visible.size:
        return 0.0
    return float(visible.mean()) * min(1.0, visible.size / total / _FREE)


def within(points: Points, size: tuple[int, int]) -> NDArray[np.bool_]:
    """Which points lie in a picture of this size."""
    x, y = points[:, 0], points[:, 1]
    return np.asarray((x >= 0) & (y >= 0) & (x <= size[0] - 1) & (y <= size[1] - 1))


def _colours(blank: Pixels, points: Points) -> Points:
    at = np.rint(points).astype(int)
    return np.asarray(blank[at[:, 1], at[:, 0]], dtype=np.float64)


def corners_inside(corners: Points, size: tuple[int, int]) -> int:
    """Corners that are in the picture, and not only because the picture ends there."""
    return int((within(corners, size) & ~on_border(corners, size)).sum())
