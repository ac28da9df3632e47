"""Whether the blanks of a page were filled in with a pen.

Printing repeats itself and a hand does not: printed figures all stand on one line, are all of one
height, and the second 3 of a number is the first one again. So the figures of numbers and dates are
compared with each other. How a script looks is no matter, and printed Kai is none the worse for it.
"""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from tasks.reading.crops import cut_line
from tasks.reading.decode import Pixels
from tasks.reading.engines.text_reader import TextLine

HEIGHT: Final = 48
LEAST_FIGURES: Final = 6
UNEVEN: Final = 0.07
"""Spread of feet and heads together from which a hand may have written; print stays below it."""
COPIES: Final = 0.74
"""Likeness of equal digits from which they are prints of one type, however they stand."""
LOW: Final = 8  # pixels; lower figures show no difference
_FIGURES: Final = re.compile(r"\d{15,}")


class Unevenness(NamedTuple):
    """How a run of figures differs within itself.

    Attributes:
        feet: Spread of where the figures end below, in heights of a figure.
        heads: Spread of where they begin above.
        alike: Median likeness of two figures that are the same digit, 1 for copies; NaN if none.
    """

    feet: float
    heads: float
    alike: float


def is_by_hand(image: Pixels, lines: Iterable[TextLine]) -> bool:
    """Whether the identity numbers of a page were written by hand, judged by their middle one.

    Shorter numbers are too few figures to judge by: a rule that touches two of them decides. A page
    without an identity number is taken for printed.

    Args:
        image: The upright page.
        lines: Its lines that were read.
    """
    found = [u for line in lines for span in runs(line) if (u := unevenness(image, line, span))]
    if not found:
        return False
    uneven = float(np.median([u.feet + u.heads for u in found]))
    alike = float(np.median([u.alike for u in found]))
    return uneven >= UNEVEN and alike < COPIES


def runs(line: TextLine) -> list[tuple[int, int]]:
    """Where a line holds long numbers."""
    return [match.span() for match in _FIGURES.finditer(line.text)]


def unevenness(image: Pixels, line: TextLine, span: tuple[int, int]) -> Unevenness | None:
    """How uneven a run of figures is; None where the figures cannot be told apart."""
    crop = cut_line(image, line.quad, HEIGHT, border=0.1)
    glyphs = line.recognised.glyphs[span[0] : span[1]]
    ink = _ink(crop)
    margin = 0.1 * HEIGHT / 1.2
    width = crop.shape[1] - 2 * margin
    places = [margin + glyph.place * width for glyph in glyphs]
    pitch = float(np.median(np.diff(places)))
    boxes = [_figure(ink, place, pitch) for place in places]
    found = [(g.text, b) for g, b in zip(glyphs, boxes, strict=True) if b is not None]
    if len(found) < LEAST_FIGURES:
        return None
    tops = np.array([box[1] for _, box in found], float)
    feet = np.array([box[3] for _, box in found], float)
    tall = float(np.median(feet - tops))
    if tall < LOW:
        return None
    return Unevenness(_spread(feet) / tall, _spread(tops) / tall, _likeness(ink, found))


def _ink(crop: Pixels) -> NDArray[np.float32]:
    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    ground = cv2.GaussianBlur(cv2.dilate(grey, np.ones((21, 21), np.uint8)), (0, 0), 6)
    shade = ground.astype(np.float32) - grey.astype(np.float32)
    return np.asarray(np.clip(shade / max(20.0, float(np.percentile(shade, 97))), 0, 1), np.float32)


def _figure(
    ink: NDArray[np.float32], place: float, pitch: float
) -> tuple[int, int, int, int] | None:
    """The box of a figure's ink around its place."""
    left, right = round(place - 0.55 * pitch), round(place + 0.55 * pitch) + 1
    left, right = max(0, left), min(ink.shape[1], right)
    cell = ink[:, left:right] > 0.45
    rows = np.flatnonzero(cell.sum(axis=1) > 0)
    columns = np.flatnonzero(cell.sum(axis=0) > 0)
    if rows.size < 6 or columns.size < 2:
        return None
    return left + int(columns[0]), int(rows[0]), left + int(columns[-1]) + 1, int(rows[-1]) + 1


def _spread(values: NDArray[np.float64]) -> float:
    """The middle spread about a straight line, as lines on photographs climb."""
    at = np.arange(len(values))
    slope = np.median([(values[j] - values[i]) / (j - i) for i in at for j in at[i + 3 :]] or [0])
    level = values - slope * at
    return float(np.median(np.abs(level - np.median(level)))) * 1.48


def _likeness(
    ink: NDArray[np.float32], found: list[tuple[str, tuple[int, int, int, int]]]
) -> float:
    pairs = [
        _alike(ink, one, other)
        for i, (digit, one) in enumerate(found)
        for same, other in found[i + 1 :]
        if same == digit
    ]
    return float(np.median(pairs)) if pairs else float("nan")


def _alike(
    ink: NDArray[np.float32], one: tuple[int, int, int, int], other: tuple[int, int, int, int]
) -> float:
    """The best correlation of two figures, shifted against each other by a few pixels."""
    a = ink[one[1] : one[3], one[0] : one[2]]
    b = cv2.copyMakeBorder(
        ink[other[1] : other[3], other[0] : other[2]], 4, 4, 4, 4, cv2.BORDER_CONSTANT, value=0
    )
    if a.shape[0] > b.shape[0] or a.shape[1] > b.shape[1]:
        a = a[: b.shape[0], : b.shape[1]]
    return float(cv2.matchTemplate(b, a, cv2.TM_CCOEFF_NORMED).max())
