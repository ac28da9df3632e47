"""Ways of parting the lines of a picture in two, by the gaps between them."""

import math
from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np

from models.reading.document import Point, Quad
from tasks.reading.engines.lazy_lines import PageLines
from tasks.reading.image.rectify import Matrix

LEAST_LINES: Final = 3
"""Of one paper."""
_GAP: Final = 0.5  # of a line's height: a narrower gap between columns is none
_BEYOND: Final = 0.5  # of the picture's size: well outside of its border
_BESIDE: Final = 0.4  # share of its height that a paper has in common with the one beside it


class GapCut(NamedTuple):
    """A way of parting the lines of a picture in two.

    Attributes:
        first: Indices of the lines above, or to the left.
        second: The others.
        at: Where between them, in level rows.
        upright: The cut runs from top to bottom.
        gap: Width of the gap in usual line heights; negative where lines overlap.
    """

    first: tuple[int, ...]
    second: tuple[int, ...]
    at: float
    upright: bool
    gap: float

    @property
    def halves(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Both parts."""
        return self.first, self.second


def rows(sheet: PageLines) -> Iterator[GapCut]:
    """Every gap between one line and all lines above it."""
    order = sorted(range(len(sheet.boxes)), key=lambda i: sheet.boxes[i].middle)
    unit = _usual_height(sheet)
    for stop in range(LEAST_LINES, len(order) - LEAST_LINES + 1):
        first, second = tuple(order[:stop]), tuple(order[stop:])
        low = max(sheet.boxes[i].middle + sheet.boxes[i].height / 2 for i in first)
        high = min(sheet.boxes[i].middle - sheet.boxes[i].height / 2 for i in second)
        if high - low > -_GAP * unit:
            yield GapCut(first, second, (low + high) / 2, upright=False, gap=(high - low) / unit)


def columns(sheet: PageLines) -> Iterator[GapCut]:
    """Every gap from top to bottom that no line crosses and that has text on both sides."""
    order = sorted(range(len(sheet.boxes)), key=lambda i: sheet.boxes[i].left)
    unit = _usual_height(sheet)
    reach = -math.inf
    for stop, index in enumerate(order):
        gap = sheet.boxes[index].left - reach
        if gap > _GAP * unit and LEAST_LINES <= stop <= len(order) - LEAST_LINES:
            first, second = tuple(order[:stop]), tuple(order[stop:])
            if _side_by_side(sheet, first, second):
                yield GapCut(first, second, reach + gap / 2, upright=True, gap=gap / unit)
        reach = max(reach, sheet.boxes[index].right)


def area(sheet: PageLines, cut: GapCut, *, second: bool) -> Quad:
    """The half plane on one side of a cut, in pixels of the upright picture and beyond it."""
    height, width = sheet.image.shape[:2]
    far = _BEYOND * max(height, width)
    left, right, top, bottom = -far, width + far, -far, height + far
    if cut.upright:
        left, right = (cut.at, right) if second else (left, cut.at)
    else:
        top, bottom = (cut.at, bottom) if second else (top, cut.at)
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    back = np.asarray(np.linalg.inv(sheet.matrix), dtype=np.float64)
    a, b, c, d = (_moved(corner, back) for corner in corners)
    return a, b, c, d


def _side_by_side(sheet: PageLines, first: tuple[int, ...], second: tuple[int, ...]) -> bool:
    """Whether both sides stand at about the same height, as two papers do."""
    (a, b), (c, d) = (_span(sheet, lines) for lines in (first, second))
    return min(b, d) - max(a, c) > _BESIDE * min(b - a, d - c)


def _span(sheet: PageLines, lines: tuple[int, ...]) -> tuple[float, float]:
    middles = [sheet.boxes[i].middle for i in lines]
    return min(middles), max(middles)


def _usual_height(sheet: PageLines) -> float:
    return max(1.0, float(np.median([box.height for box in sheet.boxes])))


def _moved(point: Point, matrix: Matrix) -> Point:
    x, y, w = matrix @ np.array([point[0], point[1], 1.0])
    return float(x / w), float(y / w)
