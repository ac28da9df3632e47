"""Patches over print: a mosaic, a scrap of paper, a bar drawn with a telephone's pen.

A patch over half a character leaves the other half, and a reader makes a whole character of that. A
patch shows itself: through the height of a line its columns are darker than the paper and paler
than the ink, further than any stroke is wide. Between the strokes of print there is paper.
"""

import math
from collections.abc import Iterator
from typing import Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from models.reading.document import Quad
from tasks.reading.engines.page_lines import PageLines
from tasks.reading.files.picture import Pixels
from tasks.reading.image.geometry import inner_quad
from tasks.reading.image.grey_levels import percentile
from tasks.reading.rereading.hidden_places import (
    EXAMINED,
    SilentPlace,
    grey_of,
    has_a_colour,
    lies_in_shadow,
)

_PALEST: Final = 0.1
"""Of the ink's contrast: a block of a mosaic in which a few strokes ran. From 0.15 on two of the
three mosaics over half a character that were read surely are missed."""
_DARKEST: Final = 0.85
"""Of the ink's contrast: no block of a mosaic is as dark as print, every long stroke is. One
over bold print had 0.83; at 0.92 one honest line in a hundred has 0.31 of a height so."""
_LEAST_SHADE: Final = 8.0  # grey levels; grain and JPEG make as much of blank paper
_WIDTH: Final = 0.26
"""Of a line's height. Mosaics over half a character have 0.28 and more (rows of three), over whole
ones 0.4 to 1.2. Of 102 lines of honest small, hard and phone photographs 99 % have up to 0.22, the
widest 0.38 (seeds 7310 to 7330); in 338 lines of 22 photographs of another renderer none is
taken for one; a camera's white words on a dark ground, which no value holds, are."""
_BEYOND: Final = 0.4
"""Heights: a line's box ends with the half of a character that a finger leaves."""
_INNER: Final = slice(round(0.2 * EXAMINED), round(0.8 * EXAMINED))
_EDGE: Final = 0.15  # heights at both ends of a patch in which what stands beside it shows
_EVEN: Final = EXAMINED // 4  # columns; grain is brighter than the paper here and there
_AROUND: Final = 4 * EXAMINED + 1
"""Columns of a line in which there is paper beside a patch. Held against the paper of all of it,
the dark end of a line in slanting light was a patch."""
_SIDE: Final = EXAMINED // 4  # columns beside an end
_STEP: Final = 0.6
"""Of the depth of a patch, by which the paper beside one of its ends is brighter. Where light grows
along a line little by little its dark end is no patch: of 742 pieces of text on 90 photographs
(`benchmarks.outcomes`, seed 291501, held out) 15 were taken for patched without this, 2 with it;
ten mosaics of row G (seed 262301) stay unsure."""
_BESIDE: Final = 3.0  # heights beside a patch, whose paper it is held against


class Patch(NamedTuple):
    """Where a patch lies along a line, as shares of its length."""

    start: float
    stop: float


def patches(page_lines: PageLines, line: Quad) -> Iterator[Patch]:
    """The patches over a line of print, from its beginning on, fingers over its two ends too.

    Args:
        page_lines: The page.
        line: Where the line stands.
    """
    beyond = _BEYOND * math.dist(line[0], line[3]) / max(math.dist(line[0], line[1]), 1.0)
    wider = inner_quad(line, -beyond, 1 + beyond)
    for patch, silent in _patches_within(page_lines, wider):
        start, stop = (place * (1 + 2 * beyond) - beyond for place in patch)
        # Beyond the ends of a line stand the frames of forms.
        if (start >= 0 and stop <= 1) or has_a_colour(page_lines, silent):
            yield Patch(start, stop)


def _patches_within(page_lines: PageLines, line: Quad) -> Iterator[tuple[Patch, SilentPlace]]:
    grey = grey_of(page_lines, line)
    width = grey.shape[1]
    light = _light(grey)
    for first, last in _runs(_shaded_columns(grey, light)):
        start, stop = first / width, last / width
        if last - first < _WIDTH * EXAMINED or not _has_an_edge(light, first, last):
            continue
        reach = _BESIDE * EXAMINED / width
        before, behind = (max(0.0, start - reach), start), (stop, min(1.0, stop + reach))
        beside = before if first > EXAMINED else behind
        edge = min(_EDGE * EXAMINED / width, (stop - start) / 3)
        inside = inner_quad(line, start + edge, stop - edge)
        silent = SilentPlace(inside, inner_quad(line, *beside))
        if not lies_in_shadow(page_lines, silent):
            yield Patch(start, stop), silent


def _has_an_edge(light: NDArray[np.float32], first: int, last: int) -> bool:
    """Whether paper is bright again right beside a run of columns, and not little by little."""
    inside = float(np.median(light[first:last]))
    depth = float(np.median(_ground(light)[first:last])) - inside
    beside = (light[max(0, first - _SIDE) : first], light[last : last + _SIDE])
    return any(float(side.max()) - inside > _STEP * depth for side in beside if len(side))


def _shaded_columns(grey: Pixels, light: NDArray[np.float32]) -> NDArray[np.bool_]:
    """The columns that show neither paper nor ink."""
    ground = np.maximum(_ground(light), 1.0)
    # As shares of the paper's light: in a shadow print is as dark as outside of it.
    ink = 1 - percentile(grey, 4) / float(np.median(ground))
    # Across its columns grain is no more than a level or two; down them a stroke must stay one.
    depth = 1 - cv2.blur(grey, (3, 1)).astype(np.float32)[_INNER] / ground
    shaded = depth.min(axis=0) > np.maximum(_PALEST * ink, _LEAST_SHADE / ground)
    return np.asarray(shaded & (depth.max(axis=0) < _DARKEST * ink), np.bool_)


def _light(grey: Pixels) -> NDArray[np.float32]:
    """How bright the paper is in each column, print and grain left out."""
    columns = np.percentile(grey, 80, axis=0).astype(np.float32)[np.newaxis]
    return np.asarray(cv2.blur(columns, (_EVEN, 1))[0], np.float32)


def _ground(light: NDArray[np.float32]) -> NDArray[np.float32]:
    """How bright the paper is about each column; light changes along a line, and a patch ends."""
    around = np.ones((1, _AROUND), np.uint8)
    return np.asarray(cv2.dilate(light[np.newaxis], around)[0], np.float32)


def _runs(columns: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Where columns follow one another, from the first to before the last."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], columns.astype(np.int8), [0]))))
    yield from ((int(a), int(b)) for a, b in edges.reshape(-1, 2))
