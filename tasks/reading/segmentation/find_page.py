"""Find the paper on what it lies on: four corners, or the honest answer that they were not found.

Text has been found before; a page is what surrounds its text. So the paper's colour is let to
spread from between the lines until it meets an edge all around, more and more freely; the spread
that looks most like a sheet of paper with straight sides is the page. Nothing is known beforehand
about the colour of paper or ground, and a shadow across the page is no edge.
"""

from collections.abc import Iterator
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from models.reading.document import Quad
from tasks.reading.files.picture import Pixels
from tasks.reading.image.geometry import from_upper_left, scaled_quad
from tasks.reading.image.pixels import reduced
from tasks.reading.segmentation.page_outline import (
    Mask,
    PageOutline,
    Points,
    corners_inside,
    on_border,
    outline_certainty,
    within,
)

SIDE: Final = 320  # pixels; enough for an edge, too few for a letter
_BEYOND_DOUBT: Final = 0.96
_LETTERS: Final = 9  # pixels; thinner dark things on paper are print
_LEAK: Final = 5  # pixels; a narrower bridge from the paper to its ground is a leak
_WHOLE: Final = 0.985  # share of the picture from which there is no ground to be seen
_LEAST: Final = 0.03
TOLERANCES: Final = (3, 5, 2, 8, 12)
"""How much two neighbouring pixels of one paper may differ, levels; the likeliest first."""
EDGES: Final = (24, 12, 48)
"""How steep a step stops the spread where a ground is nearly the paper's colour, levels."""


def find_page(image: Pixels, lines: tuple[Quad, ...]) -> PageOutline | None:
    """The page around some lines of text; None where nothing like a page surrounds them.

    Args:
        image: The whole picture, also much reduced.
        lines: Where text stands on one paper, in pixels of `image`.
    """
    if not lines:
        return None
    small = reduced(image, SIDE)
    scale = small.shape[1] / image.shape[1]
    text = np.asarray(lines, dtype=np.float64) * scale
    blank = _without_print(small)
    best: PageOutline | None = None
    for mask in _spreads(blank, text):
        page = _as_page(mask, blank, text)
        if page and (best is None or page.certainty > best.certainty):
            best = page
        if best and best.certainty >= _BEYOND_DOUBT:
            break
    return best._replace(quad=scaled_quad(best.quad, 1 / scale)) if best else None


def _without_print(small: Pixels) -> Pixels:
    """Lightness and colour of the paper alone: dark strokes are closed over."""
    shape = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (_LETTERS, _LETTERS))
    closed = cv2.morphologyEx(cv2.medianBlur(small, 3), cv2.MORPH_CLOSE, shape)
    return np.asarray(cv2.cvtColor(closed, cv2.COLOR_BGR2LAB), dtype=np.uint8)


def _spreads(blank: Pixels, text: Points) -> Iterator[Mask]:
    """What can be reached from the text: by small steps, or without crossing an edge."""
    size = (blank.shape[1], blank.shape[0])
    middles = text.mean(axis=1)
    seeds = np.rint(middles[within(middles, size)]).astype(int)
    walls = np.zeros((size[1] + 2, size[0] + 2), np.uint8)
    for tolerance in TOLERANCES:
        yield _flooded(blank, seeds, walls, tolerance)
    for steep in EDGES:
        walls[1:-1, 1:-1] = _edges(blank, steep)
        yield _flooded(blank, seeds, walls, 255)


def _edges(blank: Pixels, steep: int) -> Mask:
    """2 at edges of lightness or colour, 0 elsewhere."""
    channels = (cv2.GaussianBlur(channel, (0, 0), 1.0) for channel in cv2.split(blank))
    edges = [cv2.Canny(channel, steep / 2, steep, L2gradient=True) for channel in channels]
    found = cv2.max(cv2.max(edges[0], edges[1]), edges[2])
    return np.asarray(cv2.dilate(found, np.ones((2, 2), np.uint8)) // 127, dtype=np.uint8)


def _flooded(blank: Pixels, seeds: NDArray[np.int_], walls: Mask, tolerance: int) -> Mask:
    framed = walls.copy()
    step = (tolerance,) * 3
    for x, y in seeds:
        if not framed[y + 1, x + 1]:
            spot = (int(x), int(y))
            cv2.floodFill(blank, framed, spot, 0, step, step, cv2.FLOODFILL_MASK_ONLY | 4)
    return np.ascontiguousarray(framed[1:-1, 1:-1] == 1).view(np.uint8)


def _as_page(mask: Mask, blank: Pixels, text: Points) -> PageOutline | None:
    outline = _outline(mask, text)
    if outline is None:
        return None
    height, width = mask.shape
    share = cv2.contourArea(outline) / (height * width)
    if not _LEAST < share < _WHOLE:
        return None
    corners = _corners(outline, (width, height))
    if corners is None:
        return None
    certainty = outline_certainty(outline, corners, blank, text)
    return PageOutline(
        from_upper_left(corners), round(certainty, 3), corners_inside(corners, (width, height))
    )


def _outline(mask: Mask, text: Points) -> NDArray[np.int32] | None:
    """The piece that holds most of the text, thin bridges cut and holes closed."""
    frame = 2 * _LEAK
    shape = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (_LEAK, _LEAK))
    framed = cv2.copyMakeBorder(mask, *(frame,) * 4, cv2.BORDER_REPLICATE)
    whole = cv2.morphologyEx(framed, cv2.MORPH_CLOSE, shape)
    contours, _ = cv2.findContours(whole, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    cv2.drawContours(whole, contours, -1, 1, cv2.FILLED)
    whole = cv2.morphologyEx(whole, cv2.MORPH_OPEN, shape)[frame:-frame, frame:-frame]
    contours, _ = cv2.findContours(
        np.ascontiguousarray(whole), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE
    )
    middles = [(float(x), float(y)) for x, y in text.mean(axis=1)]

    def held(contour: NDArray[np.int32]) -> tuple[int, float]:
        inside = sum(cv2.pointPolygonTest(contour, at, measureDist=False) >= 0 for at in middles)
        return inside, cv2.contourArea(contour)

    big = [np.asarray(c, dtype=np.int32) for c in contours if cv2.contourArea(c) > 50]
    return max(big, key=held, default=None)


def _corners(outline: NDArray[np.int32], size: tuple[int, int]) -> Points | None:
    """Four straight sides along an outline, crossed; None where it has no four sides."""
    hull = np.asarray(cv2.convexHull(outline), dtype=np.int32)
    rough = _four_points(hull)
    if rough is None:
        return None
    points = outline[:, 0, :].astype(np.float64)
    sides = [_side(points, rough[i], rough[(i + 1) % 4], size) for i in range(4)]
    crossed = [_cross(sides[i - 1], sides[i]) for i in range(4)]
    if any(point is None for point in crossed):
        return None
    corners = np.array([point for point in crossed if point is not None])
    reach = 0.5 * max(size)
    if np.abs(corners - rough).max() > reach or not cv2.isContourConvex(
        np.rint(corners).astype(np.int32)
    ):
        return None
    return corners


def _four_points(hull: NDArray[np.int32]) -> Points | None:
    """The four corners that a hull comes nearest to."""
    length = cv2.arcLength(hull, closed=True)
    for share in np.arange(0.01, 0.12, 0.005):
        points = cv2.approxPolyDP(hull, share * length, closed=True)[:, 0, :]
        if len(points) == 4:
            return np.asarray(points, dtype=np.float64)
        if len(points) < 4:
            break
    return np.asarray(cv2.boxPoints(cv2.minAreaRect(hull)), dtype=np.float64)


def _side(points: Points, start: Points, stop: Points, size: tuple[int, int]) -> Points:
    """A line a*x + b*y + c = 0 along the outline between two rough corners.

    Points on the picture's border say where the picture ends, not where the page does.
    """
    along = stop - start
    length = float(np.linalg.norm(along))
    unit = along / max(length, 1e-6)
    away = points - start
    place, off = away @ unit, np.abs(away @ np.array([-unit[1], unit[0]]))
    near = points[(place > 0.12 * length) & (place < 0.88 * length) & (off < 0.05 * length + 3)]
    free = near[~on_border(near, size)]
    chosen = free if len(free) >= max(6, 0.3 * len(near)) else near
    if len(chosen) < 2:
        return _through(start, unit)
    fitted = cv2.fitLine(chosen.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()
    return _through(fitted[2:].astype(np.float64), fitted[:2].astype(np.float64))


def _through(point: Points, unit: Points) -> Points:
    normal = np.array([-unit[1], unit[0]])
    return np.array([normal[0], normal[1], -float(normal @ point)])


def _cross(one: Points, other: Points) -> Points | None:
    x, y, w = np.cross(one, other)
    return None if abs(w) < 1e-6 else np.array([x / w, y / w])
