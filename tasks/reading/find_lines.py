"""Find the lines of a picture: a coarse look tells where the paper is, a fine one finds its lines.

Finding costs by the pixel, and half of a photograph is table. On a very small picture print is
seen, though not line by line; that is enough to find the page around it, and how large it is set.
"""

import math
from typing import Final, NamedTuple

import numpy as np

from models.document import Quad
from tasks.reading.crops import reduced, scaled_quad
from tasks.reading.decode import Pixels
from tasks.reading.engines.text_reader import TextReader
from tasks.reading.find_page import SURE, Page, find_page

_COARSE_SIDE: Final = 320
_FEW: Final = 16  # lines; a card has no more
_LARGE: Final = 8.8
"""Height in pixels of the coarse picture from which all print is large; boxes are taller there."""
_SIDE_OF_LARGE: Final = 576  # pixels; enough for the print of a card
_BEYOND: Final = 0.02  # of the picture's long side, around the page
_WHOLE: Final = 0.85  # share of the picture from which nothing is cut off


class Lines(NamedTuple):
    """What was found.

    Attributes:
        quads: The lines.
        page: The paper around them, where it is surely seen.
        coarse: What the coarse look took for lines: large writing, and print run together.
    """

    quads: tuple[Quad, ...]
    page: Page | None
    coarse: tuple[Quad, ...]


def find_lines(small: Pixels, legible: Pixels, reader: TextReader) -> Lines | None:
    """The lines of a picture, in its pixels; None where the reader can only find and read at once.

    Args:
        small: The picture, reduced to what small print needs.
        legible: The same with red ink faded.
        reader: Finds lines.
    """
    coarse = reduced(legible, _COARSE_SIDE)
    scale = coarse.shape[1] / small.shape[1]
    seen = reader.locate(coarse)
    if seen is None:
        return None
    rough = tuple(scaled_quad(quad, 1 / scale) for quad in seen)
    page = find_page(small, rough)
    if page is not None and page.certainty < SURE:
        page = None
    left, top, right, bottom = _area(small, page, rough)
    part = np.ascontiguousarray(legible[top:bottom, left:right])
    looked_at = reduced(part, _SIDE_OF_LARGE) if _is_large_print(seen) else part
    back = part.shape[1] / looked_at.shape[1]
    found = reader.locate(looked_at) or ()
    return Lines(tuple(_moved(quad, back, left, top) for quad in found), page, rough)


def _area(small: Pixels, page: Page | None, lines: tuple[Quad, ...]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the page and of all print; of everything without a page."""
    height, width = small.shape[:2]
    if page is None:
        return 0, 0, width, height
    points = np.array((page.quad, *lines)).reshape(-1, 2)
    beyond = _BEYOND * max(height, width)
    left, top = (int(max(0.0, side - beyond)) for side in points.min(axis=0))
    right, bottom = (math.ceil(side + beyond) for side in points.max(axis=0))
    right, bottom = min(right, width), min(bottom, height)
    if (right - left) * (bottom - top) > _WHOLE * width * height:
        return 0, 0, width, height
    return left, top, right, bottom


def _is_large_print(seen: tuple[Quad, ...]) -> bool:
    """Whether there are a few lines only, nearly all of them large."""
    heights = sorted(min(math.dist(q[0], q[1]), math.dist(q[0], q[3])) for q in seen)
    return 0 < len(heights) <= _FEW and heights[len(heights) // 10] >= _LARGE


def _moved(quad: Quad, factor: float, right: float, down: float) -> Quad:
    a, b, c, d = ((x * factor + right, y * factor + down) for x, y in quad)
    return a, b, c, d
