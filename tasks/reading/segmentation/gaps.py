"""Ways of parting the lines of a picture in two, by the gaps between them."""

import math
from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np

from models.reading.document import Point, Quad
from tasks.reading.engines.page_lines import PageLines
from tasks.reading.image.geometry import Matrix

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


def rows(page_lines: PageLines) -> Iterator[GapCut]:
    """Every gap between one line and all lines above it."""
    order = sorted(range(len(page_lines.boxes)), key=lambda i: page_lines.boxes[i].middle)
    unit = _usual_height(page_lines)
    for stop in range(LEAST_LINES, len(order) - LEAST_LINES + 1):
        first, second = tuple(order[:stop]), tuple(order[stop:])
        low = max(page_lines.boxes[i].middle + page_lines.boxes[i].height / 2 for i in first)
        high = min(page_lines.boxes[i].middle - page_lines.boxes[i].height / 2 for i in second)
        if high - low > -_GAP * unit:
            yield GapCut(first, second, (low + high) / 2, upright=False, gap=(high - low) / unit)


def columns(page_lines: PageLines) -> Iterator[GapCut]:
    """Every gap from top to bottom that no line crosses and that has text on both sides."""
    order = sorted(range(len(page_lines.boxes)), key=lambda i: page_lines.boxes[i].left)
    unit = _usual_height(page_lines)
    reach = -math.inf
    for stop, index in enumerate(order):
        gap = page_lines.boxes[index].left - reach
        if gap > _GAP * unit and LEAST_LINES <= stop <= len(order) - LEAST_LINES:
            first, second = tuple(order[:stop]), tuple(order[stop:])
            if _side_by_side(page_lines, first, second):
                yield GapCut(first, second, reach + gap / 2, upright=True, gap=gap / unit)
        reach = max(reach, page_lines.boxes[index].right)


def area(page_lines: PageLines, cut: GapCut, *, second: bool) -> Quad:
    """The half plane on one side of a cut, in pixels of the upright picture and beyond it."""
    height, width = page_lines.image.shape[:2]
    far = _BEYOND * max(height, width)
    left, right, top, bottom = -far, width + far, -far, height + far
    if cut.upright:
        left, right = (cut.at, right) if second else (left, cut.at)
    else:
        top, bottom = (cut.at, bottom) if second else (top, cut.at)
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    back = np.asarray(np.linalg.inv(page_lines.matrix), dtype=np.float64)
    a, b, c, d = (_moved(corner, back) for corner in corners)
    return a, b, c, d


def _side_by_side(page_lines: PageLines, first: tuple[int, ...], second: tuple[int, ...]) -> bool:
    """Whether both sides stand at about the same height, as two papers do."""
    (a, b), (c, d) = (_span(page_lines, lines) for lines in (first, second))
    return min(b, d) - max(a, c) > _BESIDE * min(b - a, d - c)


def _span(page_lines: PageLines, lines: tuple[int, ...]) -> tuple[float, float]:
    middles = [page_lines.boxes[i].middle for i in lines]
    return min(middles), max(middles)


def _usual_height(page_lines: PageLines) -> float:
    return max(1.0, float(np.median([box.height for box in page_lines.boxes])))


def _moved(point: Point, matrix: Matrix) -> Point:
    x, y, w = matrix @ np.array([point[0], point[1], 1.0])
    return float(x / w), float(y / w)
