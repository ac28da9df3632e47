"""Whether the ends of a line, and blank places, were seen: not cut off, burnt out or off the page.

A box that ends in the middle of a character, a reflection over the first one, a paper that ends
before its number does: the reader then gives the rest with full confidence. The picture shows it.
"""

from enum import Enum
from typing import Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from models.reading.document import Quad
from tasks.reading.files.decode import Pixels
from tasks.reading.image.line_crops import cut_line, inner_quad
from tasks.reading.marks.seals import SealTint, without_red

_HEIGHT: Final = 32  # pixels at which a line is examined
_BEYOND: Final = 0.7  # heights beyond an end within which a further character would begin
_INSIDE: Final = 0.5
_INK: Final = 0.45  # of the darkness of the line's own ink
_RULE: Final = 0.9  # of the height; a column this full is a ruled line, not a character
_STROKE: Final = 0.12  # of the height; less is a speck
_INKED: Final = 0.14  # share of the columns beyond an end that a part of a character fills
_BURNT: Final = 250
_LIT: Final = 12  # how much brighter than the line's own ground a reflection is
_BURNT_SHARE: Final = 0.3
_SURFACE: Final = 0.55  # share of full columns that no ruled line, only another surface has
_BURNT_PLACE: Final = 0.15
_PRINT: Final = 25  # grey levels by which print is darker than its paper at least
_CHARACTER: Final = 0.3  # heights: less than this is a speck or a part of a rule
Grey = NDArray[np.float32]


class LineEnd(Enum):
    """What follows one end of a line, outwards."""

    PAPER = "paper"
    INK = "ink"
    LOST = "lost"  # a reflection, or the paper's edge


class BlankPlace(Enum):
    """What a place without a line of text looks like."""

    BLANK = "blank"
    INKED = "inked"
    BURNT = "burnt"


class LineEnds(NamedTuple):
    """What follows the left and the right end of a line."""

    left: LineEnd
    right: LineEnd


def look_at_ends(image: Pixels, quad: Quad, tint: SealTint | None) -> LineEnds:
    """Look just beyond both ends of a line.

    Args:
        image: Where it stands.
        quad: The line, from its upper left.
        tint: The paper's own, where red ink is to be left out of account.
    """
    wide = cut_line(image, quad, _HEIGHT)
    share = min(_BEYOND * _HEIGHT / max(wide.shape[1], 1), 4.0)
    grey = _grey(image, inner_quad(quad, -share, 1 + share), tint)
    beyond = round(_BEYOND * _HEIGHT)
    inside = grey[:, beyond:-beyond]
    if inside.shape[1] < beyond:
        return LineEnds(LineEnd.PAPER, LineEnd.PAPER)
    ground = float(np.percentile(inside, 75))
    ink = ground - float(np.percentile(inside, 3))
    mirrored = np.asarray(grey[:, ::-1])
    return LineEnds(
        _what_follows(grey, beyond, ground, ink), _what_follows(mirrored, beyond, ground, ink)
    )


def look_at_place(image: Pixels, quad: Quad, beside: Quad, tint: SealTint | None) -> BlankPlace:
    """Look whether a place is blank.

    Args:
        image: Where it is.
        quad: The place, one row high.
        beside: The label that it belongs to: how bright the paper is, and its print how dark.
        tint: The paper's own, where red ink is to be left out of account.
    """
    grey, label = _grey(image, quad, tint), _grey(image, beside, tint)
    paper = float(np.percentile(label, 75))
    burnt = (grey >= _BURNT) & (grey > paper + _LIT)
    if float(burnt.mean()) > _BURNT_PLACE:
        return BlankPlace.BURNT
    ground = float(np.percentile(grey, 60))
    strength = max(_PRINT, _INK * (paper - float(np.percentile(label, 4))))
    middle = grey[round(0.2 * _HEIGHT) : round(0.8 * _HEIGHT)]
    dark = (middle < ground - strength).mean(axis=0)
    strokes = (dark > _STROKE) & (dark < _RULE)
    return BlankPlace.INKED if float(strokes.sum()) > _CHARACTER * _HEIGHT else BlankPlace.BLANK


def _grey(image: Pixels, quad: Quad, tint: SealTint | None) -> Grey:
    crop = cut_line(image, quad, _HEIGHT)
    if tint is not None:
        crop = without_red(crop, tint)
    return np.asarray(cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY), np.float32)


def _what_follows(grey: Grey, beyond: int, ground: float, ink: float) -> LineEnd:
    """What lies left of a line's left end."""
    near = grey[:, : beyond + round(_INSIDE * _HEIGHT)]
    burnt = (near >= _BURNT) & (near > ground + _LIT)
    dark = grey[:, :beyond] < ground - _INK * ink
    column = dark.mean(axis=0)
    if float(burnt.mean()) > _BURNT_SHARE or float((column >= _RULE).mean()) > _SURFACE:
        return LineEnd.LOST
    strokes = (column > _STROKE) & (column < _RULE)
    return LineEnd.INK if float(strokes.mean()) >= _INKED else LineEnd.PAPER
