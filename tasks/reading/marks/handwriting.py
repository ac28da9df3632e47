"""Whether the blanks of a page were filled in with a pen.

Printing repeats itself and a hand does not: the second 3 of a number is the first one again, of the
same height and on the same line. So figures that are the same digit are compared with each other.
How a script looks is no matter: old-style figures of which some hang below the line are print, and
printed Kai is none the worse for it.
"""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from tasks.reading.engines.text_lines import TextLine
from tasks.reading.files.picture import Pixels
from tasks.reading.image.pixels import cut_line

HEIGHT: Final = 48
LEAST_FIGURES: Final = 6
UNEVEN: Final = 0.08
"""Sway from which a hand may have written; print of seven typefaces stayed at or below 0.06."""
COPIES: Final = 0.79
"""Likeness from which equal digits are prints of one type: print 0.82 up, hands 0.75 down."""
LOW: Final = 8  # pixels; lower figures show no difference
_INKED: Final = 0.45
_LEAST_TALL: Final = 6  # pixels
_Box = tuple[int, int, int, int]
_FIGURES: Final = re.compile(r"\d{15,}")


class StrokeUnevenness(NamedTuple):
    """How figures that are the same digit differ.

    Attributes:
        sway: Median difference of where two of them begin above and end below, in their heights.
        alike: Their median likeness, 1 for copies.
    """

    sway: float
    alike: float


def is_by_hand(image: Pixels, lines: Iterable[TextLine]) -> bool:
    """Whether the identity numbers of a page were written by hand, judged by their middle one.

    Shorter numbers are too few figures to judge by: a rule that touches two of them decides. A page
    without an identity number is taken for printed.

    Args:
        image: The upright page.
        lines: Its lines that were read.
    """
    figures = [u for line in lines for span in runs(line) if (u := unevenness(image, line, span))]
    if not figures:
        return False
    sway = float(np.median([u.sway for u in figures]))
    alike = float(np.median([u.alike for u in figures]))
    return sway >= UNEVEN and alike < COPIES


def runs(line: TextLine) -> list[tuple[int, int]]:
    """Where a line holds long numbers."""
    return [match.span() for match in _FIGURES.finditer(line.text)]


def unevenness(image: Pixels, line: TextLine, span: tuple[int, int]) -> StrokeUnevenness | None:
    """How uneven a run of figures is; None where the figures cannot be told apart."""
    crop = cut_line(image, line.quad, HEIGHT, border=0.1)
    glyphs = line.recognised.glyphs[span[0] : span[1]]
    ink = _ink(crop)
    margin = 0.1 * HEIGHT / 1.2
    width = crop.shape[1] - 2 * margin
    places = [margin + glyph.place * width for glyph in glyphs]
    boxes = _figures(ink, places)
    figures = [(g.text, b) for g, b in zip(glyphs, boxes, strict=True) if b is not None]
    tall = float(np.median([b[3] - b[1] for _, b in figures] or [0]))
    pairs = [
        (one, other)
        for i, (digit, one) in enumerate(figures)
        for same, other in figures[i + 1 :]
        if same == digit
    ]
    if len(figures) < LEAST_FIGURES or tall < LOW or not pairs:
        return None
    sway = float(np.median([_sway(one, other, _slope(figures)) for one, other in pairs])) / tall
    return StrokeUnevenness(sway, float(np.median([_alike(ink, *pair) for pair in pairs])))


def _ink(crop: Pixels) -> NDArray[np.float32]:
    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    ground = cv2.GaussianBlur(cv2.dilate(grey, np.ones((21, 21), np.uint8)), (0, 0), 6)
    shade = ground.astype(np.float32) - grey.astype(np.float32)
    return np.asarray(np.clip(shade / max(20.0, float(np.percentile(shade, 97))), 0, 1), np.float32)


def _figures(ink: NDArray[np.float32], places: list[float]) -> list[_Box | None]:
    """The box of each figure's ink: the piece of ink at its place, where it stands by itself."""
    pitch = float(np.median(np.diff(places)))
    count, labels, stats, _ = cv2.connectedComponentsWithStats((ink > _INKED).astype(np.uint8))
    figures: list[_Box | None] = []
    for place in places:
        left, right = round(place - 0.3 * pitch), round(place + 0.3 * pitch) + 1
        inside = labels[:, max(0, left) : max(0, right)]
        areas = np.bincount(inside.ravel(), minlength=count)
        areas[0] = 0
        x, y, width, height, _ = (int(v) for v in stats[int(areas.argmax())])
        alone = areas.max() > 0 and height >= _LEAST_TALL and 2 <= width <= 1.6 * pitch
        figures.append((x, y, x + width, y + height) if alone else None)
    return figures


def _slope(figures: list[tuple[str, _Box]]) -> float:
    """How much the line of figures climbs, as lines on photographs do; by equal digits only."""
    steps = [
        (b[3] + b[1] - a[3] - a[1]) / 2 / (b[0] - a[0])
        for i, (digit, a) in enumerate(figures)
        for same, b in figures[i + 1 :]
        if same == digit and b[0] > a[0]
    ]
    return float(np.median(steps or [0.0]))


def _sway(one: _Box, other: _Box, slope: float) -> float:
    """How differently two figures of one digit stand, pixels: heads and feet together."""
    climbed = slope * (other[0] - one[0])
    return abs(other[1] - one[1] - climbed) + abs(other[3] - one[3] - climbed)


def _alike(ink: NDArray[np.float32], one: _Box, other: _Box) -> float:
    """The best correlation of two figures, shifted against each other by a few pixels."""
    a = ink[one[1] : one[3], one[0] : one[2]]
    b = cv2.copyMakeBorder(
        ink[other[1] : other[3], other[0] : other[2]], 4, 4, 4, 4, cv2.BORDER_CONSTANT, value=0
    )
    if a.shape[0] > b.shape[0] or a.shape[1] > b.shape[1]:
        a = a[: b.shape[0], : b.shape[1]]
    return float(cv2.matchTemplate(b, a, cv2.TM_CCOEFF_NORMED).max())
