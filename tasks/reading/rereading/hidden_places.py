"""Whether a place that gave no character shows something all the same, or only paper."""

from typing import Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from models.reading.document import Quad
from tasks.reading.engines.page_lines import PageLines
from tasks.reading.files.picture import Pixels
from tasks.reading.image.grey_levels import percentile
from tasks.reading.image.pixels import cut_line, without_red

EXAMINED: Final = 32
"""Pixels of height at which a place is examined."""
_SHADE: Final = 0.15
"""Of the contrast of the value's own ink: mosaics of text have 0.2 to 0.5, grounds of cards 0.1."""
_LEAST_SHADE: Final = 14.0
"""Grey levels: beside pale print a shadow or the slow change of light is darker than its ink."""
_COLOURLESS: Final = 0.03
"""Difference of the light that is left in the three colours: in shadows 0.00, of red overlays 0.03
and more, of a wooden desk 0.08."""
_COLOURED: Final = 0.15
"""The same of what lies on the paper: a finger had 0.27; of 19 frames and margins beside 498 lines
(28 photographs) that were taken for one by their darkness none has so much."""
_DARKEST_SHADOW: Final = 0.5
"""Light that is left in a shadow; a desk beside the paper had 0.34, shadows 0.88 and 0.92."""
_ROUGH: Final = 0.12
"""Unevenness of a shadow's ground against its depth: 0.05 to 0.07; mosaics had 0.14 to 0.41,
letters 0.56 and more."""
_AS_DARK: Final = 0.4
"""Of a place's darkness above and below it: at shadows 0.53 and more (two places of one cover, few
as that is), at mosaics up to 0.19 (20 pictures of rows D1, D3, G, K and M, seed 204001)."""
_ABOVE: Final = (-0.8, -0.4)
_BELOW: Final = (1.4, 1.8)
_STROKE: Final = 0.45
"""Share of a place's columns that a thin stroke takes: the 一 of nine typefaces, 14 to 28 pixels
high, takes 0.83 and more."""
_PALE_STROKE: Final = 0.3  # of the darkness of the print beside it
_WITHOUT_ROOM: Final = 0.96  # share of a place's columns; 一 leaves room at both of its ends
_RULE_RUNS: Final = 0.6  # of the height: where a character or paper follows on 一
_RULE: Final = 0.8
"""Share of the columns behind that a rule goes on through."""
_THIN: Final = 0.3  # of the height; 一 had up to 0.16 of it
_COVERED: Final = 0.4
"""Share of a place that is so dark: blank paper and rules had up to 0.35, mosaics 0.67 and more."""


class SilentPlace(NamedTuple):
    """A place that gave no character, and the text before it, which shows paper and ink."""

    place: Quad
    before: Quad


def holds_a_stroke(page_lines: PageLines, silent: SilentPlace) -> bool:
    """Whether one thin stroke lies in the middle of a place, as of 一, or two of them, as of 〇.

    A single one that leaves no room at its ends and runs on behind the place is a rule of the form,
    onto which the print has slipped.
    """
    own = grey_of(page_lines, silent.before)
    ground = percentile(own, 75)
    dark = ground - max(_PALE_STROKE * (ground - percentile(own, 4)), _LEAST_SHADE)
    shown = grey_of(page_lines, silent.place) < dark
    share = float(_stroke_columns(shown).mean())
    if share < _WITHOUT_ROOM or not _is_one_line(shown):
        return share > _STROKE
    behind = _stroke_columns(grey_of(page_lines, _behind(silent.place)) < dark)
    return float(behind.mean()) <= _RULE


def _stroke_columns(dark: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The columns in which something thin stands at the middle of the height."""
    strokes = _middle(dark).sum(axis=0)
    return np.asarray((strokes > 0) & (strokes < _THIN * EXAMINED))


def _is_one_line(dark: NDArray[np.bool_]) -> bool:
    """Whether what most columns show lies close together: a ring has a stroke above another."""
    middle = _middle(dark)
    inked = middle[:, middle.any(axis=0)]
    reach = len(inked) - inked.argmax(axis=0) - inked[::-1].argmax(axis=0)
    return float((reach < _THIN * EXAMINED).mean()) > _RULE


def _middle(dark: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return dark[round(0.25 * EXAMINED) : round(0.75 * EXAMINED)]


def _behind(place: Quad) -> Quad:
    """As much of the line behind a place as is `_RULE_RUNS` of its height."""
    (left, right, lower_right, lower_left) = (np.array(corner) for corner in place)
    length = max(float(np.linalg.norm(right - left)), 1e-6)
    share = _RULE_RUNS * float(np.linalg.norm(lower_right - right)) / length
    corners = (
        right,
        right + share * (right - left),
        lower_right + share * (lower_right - lower_left),
        lower_right,
    )
    a, b, c, d = ((float(x), float(y)) for x, y in corners)
    return a, b, c, d


def is_covered(page_lines: PageLines, silent: SilentPlace) -> bool:
    """Whether a place is dark, and not by a shadow."""
    own, place = grey_of(page_lines, silent.before), grey_of(page_lines, silent.place)
    ground = percentile(own, 75)
    ink = ground - percentile(own, 4)
    middle = place[round(0.2 * EXAMINED) : round(0.8 * EXAMINED)]
    shade = max(_SHADE * ink, _LEAST_SHADE)
    if float((middle < ground - shade).mean()) <= _COVERED:
        return False
    return not lies_in_shadow(page_lines, silent)


def lies_in_shadow(page_lines: PageLines, silent: SilentPlace) -> bool:
    """Whether a dark place is paper in a shadow: as dark above and below, even, of paper's colour.

    What covers a value is as high as the line (a mosaic, a stamp), or has a colour of its own (a
    finger), or shows letters or blocks.
    """
    paper = _paper_of(page_lines, silent)
    place = cut_line(page_lines.image, silent.place, EXAMINED)
    light = np.median(place, axis=(0, 1)) / paper
    if np.ptp(light) > _COLOURLESS or light.mean() < _DARKEST_SHADOW:
        return False
    grey = cv2.cvtColor(place, cv2.COLOR_BGR2GRAY).astype(np.float32)
    rough = float((grey - cv2.blur(grey, (EXAMINED // 2, EXAMINED // 2))).std())
    if rough > _ROUGH * (1 - light.mean()) * paper.mean():
        return False
    beside = (_strip(silent.place, *reach) for reach in (_ABOVE, _BELOW))
    lit = [
        np.percentile(cut_line(page_lines.image, quad, EXAMINED), 75, axis=(0, 1))
        for quad in beside
    ]
    return all(1 - (one / paper).mean() > _AS_DARK * (1 - light.mean()) for one in lit)


def has_a_colour(page_lines: PageLines, silent: SilentPlace) -> bool:
    """Whether a place has another colour than the paper beside it, as a finger has."""
    place = cut_line(page_lines.image, silent.place, EXAMINED)
    return float(np.ptp(np.median(place, axis=(0, 1)) / _paper_of(page_lines, silent))) > _COLOURED


def _paper_of(page_lines: PageLines, silent: SilentPlace) -> NDArray[np.float64]:
    """The paper's colour beside a place."""
    before = cut_line(page_lines.image, silent.before, EXAMINED)
    return np.maximum(np.percentile(before, 75, axis=(0, 1)), 1.0)


def _strip(place: Quad, top: float, bottom: float) -> Quad:
    """A strip as wide as a place, from `top` to `bottom` in its heights."""
    (left, right, lower_right, lower_left) = (np.array(corner) for corner in place)
    down_left, down_right = lower_left - left, lower_right - right
    corners = (
        left + top * down_left,
        right + top * down_right,
        right + bottom * down_right,
        left + bottom * down_left,
    )
    a, b, c, d = ((float(x), float(y)) for x, y in corners)
    return a, b, c, d


def grey_of(page_lines: PageLines, quad: Quad) -> Pixels:
    """A place in grey levels, red ink faded where the page's is."""
    crop = cut_line(page_lines.image, quad, EXAMINED)
    if page_lines.tint is not None:
        crop = without_red(crop, page_lines.tint)
    return np.asarray(cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY), np.uint8)
