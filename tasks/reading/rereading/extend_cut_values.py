"""Values of which a box cut off an end: read wider, or believed less where nothing can be read."""

from collections.abc import Callable
from enum import Enum
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from models.reading.document import Quad
from tasks.reading.confidence.witnesses import END_EXTENDED, END_UNSEEN, span_at_most
from tasks.reading.engines.page_lines import PageLines
from tasks.reading.engines.text_lines import Recognised, TextLine, TextSpan, to_span
from tasks.reading.files.picture import Pixels
from tasks.reading.image.geometry import Box, inner_quad
from tasks.reading.image.grey_levels import percentile
from tasks.reading.image.pixels import SealTint, cut_line, strip_width, without_red
from tasks.reading.layout.pair_values import LabelledValue, LabelledValues

_WIDER: Final = 1.3  # heights by which the wider reading reaches further
_ONE_LINE: Final = 2.0  # heights up to which two parts of a line leave no room between them
_LEAST: Final = 0.4  # heights of room without which the ink is that of the text beside it
_HOLE: Final = 2.3  # usual distances between two characters where one is missing
_MANY: Final = 5  # characters from which a usual distance is known
_SHORT: Final = 3
_SPECKS: Final = " :：.,，。|丨_-—·'"
Normaliser = Callable[[str], str | None]
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
Grey = NDArray[np.uint8]


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


def extend_cut_values(
    page_lines: PageLines, form: LabelledValues, matters: dict[str, Normaliser]
) -> LabelledValues:
    """The form with values whose ends were cut off read whole, or less believed.

    Args:
        page_lines: Where they stand.
        form: Labels with values.
        matters: The labels whose values matter, with what makes a text such a value.
    """
    boxes = [e.label.box for e in form.entries]
    boxes += [s.box for e in form.entries for s in e.spans] + [s.box for s in form.loose]
    return LabelledValues(
        tuple(
            _whole(page_lines, entry, boxes, matters[entry.label.key])
            if entry.label.key in matters and entry.spans
            else entry
            for entry in form.entries
        ),
        form.loose,
    )


def _whole(
    page_lines: PageLines, entry: LabelledValue, boxes: list[Box], normalise: Normaliser
) -> LabelledValue:
    spans = list(entry.spans)
    for i, span in enumerate(spans):
        ends = examine_ends(page_lines.image, span.quad, page_lines.tint)
        if LineEnd.INK in ends:
            wider = _wider(page_lines, span, ends, boxes)
            text = "".join(s.text for s in (*spans[:i], wider, *spans[i + 1 :]))
            if wider is not span and normalise(text) is not None:
                spans[i] = wider
        if LineEnd.LOST in ends or _has_hole(span):
            spans[i] = span_at_most(spans[i], END_UNSEEN)
    return LabelledValue(entry.label, tuple(spans))


def _room(span: TextSpan, boxes: list[Box]) -> tuple[float, float]:
    """How far a line could go on to the left and right before other text begins, in heights."""
    box = span.box
    row = [
        b for b in boxes if b != box and abs(b.middle - box.middle) < 0.5 * (b.height + box.height)
    ]
    unit = max(box.height, 1e-6)
    left = [_gap(box.left - b.right, b, box) / unit for b in row if b.left < box.left]
    right = [_gap(b.left - box.right, b, box) / unit for b in row if b.right > box.right]
    return min([_WIDER, *left]), min([_WIDER, *right])


def _gap(apart: float, other: Box, box: Box) -> float:
    """How far two pieces are apart; parts of one line touch, wherever the cut between them is."""
    return 0.0 if other.middle == box.middle and apart < _ONE_LINE * box.height else apart


def _wider(page_lines: PageLines, span: TextSpan, ends: LineEnds, boxes: list[Box]) -> TextSpan:
    """The text read with what follows its ends, where that adds to it; else as it was."""
    share = span.box.height / max(span.box.width, 1e-6)
    reach = [
        room * share if end is LineEnd.INK and room > _LEAST else 0.0
        for room, end in zip(_room(span, boxes), ends, strict=True)
    ]
    if not any(reach):
        return span
    quad = inner_quad(span.quad, -reach[0], 1 + reach[1])
    read = page_lines.reread(quad)
    text = read.text.strip(_SPECKS)
    if _core(span.text, reach) not in text or len(text) <= len(span.text):
        return span
    bare = Recognised(tuple(g for g in read.glyphs if g.text not in _SPECKS))
    return span_at_most(to_span(TextLine(quad, bare), page_lines.matrix, span.line), END_EXTENDED)


def _core(text: str, reach: list[float]) -> str:
    """What both readings must agree on: not a character that the box may have cut in two."""
    if len(text) <= _SHORT:
        return text
    left, right = reach
    return text[1 if left else 0 : -1 if right else None]


def _has_hole(span: TextSpan) -> bool:
    """Whether a character is missing in the middle of an evenly set line."""
    if len(span.glyphs) < _MANY:
        return False
    steps = [b.place - a.place for a, b in pairwise(span.glyphs)]
    return max(steps) > _HOLE * median(steps)


def examine_ends(image: Pixels, quad: Quad, tint: SealTint | None) -> LineEnds:
    """Examine what lies just beyond both ends of a line.

    Args:
        image: Where it stands.
        quad: The line, from its upper left.
        tint: The paper's own, where red ink is to be left out of account.
    """
    share = min(_BEYOND * _HEIGHT / strip_width(quad, _HEIGHT), 4.0)
    grey = _grey(image, inner_quad(quad, -share, 1 + share), tint)
    beyond = round(_BEYOND * _HEIGHT)
    inside = grey[:, beyond:-beyond]
    if inside.shape[1] < beyond:
        return LineEnds(LineEnd.PAPER, LineEnd.PAPER)
    ground = percentile(inside, 75)
    ink = ground - percentile(inside, 3)
    mirrored = np.asarray(grey[:, ::-1])
    return LineEnds(
        _what_follows(grey, beyond, ground, ink), _what_follows(mirrored, beyond, ground, ink)
    )


def examine_place(image: Pixels, quad: Quad, beside: Quad, tint: SealTint | None) -> BlankPlace:
    """Examine whether a place is blank.

    Args:
        image: Where it is.
        quad: The place, one row high.
        beside: The label that it belongs to: how bright the paper is, and its print how dark.
        tint: The paper's own, where red ink is to be left out of account.
    """
    grey, label = _grey(image, quad, tint), _grey(image, beside, tint)
    paper = percentile(label, 75)
    burnt = (grey >= _BURNT) & (grey > paper + _LIT)
    if float(burnt.mean()) > _BURNT_PLACE:
        return BlankPlace.BURNT
    ground = percentile(grey, 60)
    strength = max(_PRINT, _INK * (paper - percentile(label, 4)))
    middle = grey[round(0.2 * _HEIGHT) : round(0.8 * _HEIGHT)]
    dark = (middle < ground - strength).mean(axis=0)
    strokes = (dark > _STROKE) & (dark < _RULE)
    return BlankPlace.INKED if float(strokes.sum()) > _CHARACTER * _HEIGHT else BlankPlace.BLANK


def _grey(image: Pixels, quad: Quad, tint: SealTint | None) -> Grey:
    crop = cut_line(image, quad, _HEIGHT)
    if tint is not None:
        crop = without_red(crop, tint)
    return np.asarray(cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY), np.uint8)


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
