"""Values of which a part is covered: by a mosaic, a stamp that is no text, a seal's ink, a finger.

A reader passes over what it cannot read and joins what stands on both sides. Where a place inside a
value, or just behind it, is dark and gave no character, the value has a gap and is not sure.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple

import cv2
import numpy as np

from models.reading.document import Quad
from tasks.reading.confidence.witnesses import PART_COVERED
from tasks.reading.engines.page_lines import PageLines
from tasks.reading.engines.text_lines import TextSpan
from tasks.reading.files.picture import Pixels
from tasks.reading.image.geometry import Box, inner_quad
from tasks.reading.image.grey_levels import percentile
from tasks.reading.image.pixels import cut_line, without_red
from tasks.reading.layout.pair_values import LabelledValue, LabelledValues

_HEIGHT: Final = 32  # pixels at which a line is examined
_HOLE: Final = 1.75  # usual distances between two characters that leave room for one more
_MANY: Final = 5  # distances from which their median is the usual one, though one is a gap's
_LETTER: Final = 0.75  # of a line's height: the width of a character in a line finder's box
_BEYOND: Final = 1.2  # heights behind a value that are looked at
_NEAR: Final = 3.0  # heights of text before a gap that it is held against: light changes on the way
_LEAST: Final = 0.7  # heights; a narrower place holds no character
_TELLING: Final = 3  # characters that show what the ink of a value is
_EVEN: Final = re.compile("(?![一二三日月年])[\u4e00-\u9fff]")
_PALE: Final = 0.55
"""Of the usual ink of a value's characters; on 12 honest photographs, worn ribbons among them, the
palest Chinese character of a line but 日, 月, 年 had 0.68, the darkest 1.4."""
_SHADE: Final = 0.15
"""Of the contrast of the value's own ink: mosaics of text have 0.2 to 0.5, grounds of cards 0.1."""
_LEAST_SHADE: Final = 14.0
"""Grey levels: beside pale print a shadow or the slow change of light is darker than its ink."""
_COLOURLESS: Final = 0.03
"""Difference of the light that is left in the three colours: in shadows 0.00, of red overlays 0.03
and more, of a wooden desk 0.08."""
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
_COVERED: Final = 0.4
"""Share of a place that is so dark: blank paper and rules had up to 0.35, mosaics 0.67 and more."""


def doubt_covered_values(
    page_lines: PageLines, form: LabelledValues, keys: frozenset[str]
) -> LabelledValues:
    """The form with values that have a gap believed less.

    Args:
        page_lines: Where they stand.
        form: Labels with values.
        keys: The labels whose values matter.
    """
    boxes = [entry.label.box for entry in form.entries]
    boxes += [s.box for e in form.entries for s in e.spans] + [s.box for s in form.loose]
    return LabelledValues(
        tuple(
            _doubted(page_lines, entry, boxes) if entry.label.key in keys else entry
            for entry in form.entries
        ),
        form.loose,
    )


def _doubted(page_lines: PageLines, entry: LabelledValue, boxes: list[Box]) -> LabelledValue:
    spans = tuple(
        _lowered(span)
        if _stands_in_its_line(page_lines, span) and _shows_a_gap(page_lines, span, boxes)
        else span
        for span in entry.spans
    )
    return entry._replace(spans=spans)


def _stands_in_its_line(page_lines: PageLines, span: TextSpan) -> bool:
    """Whether the places of a piece's characters are places in the line that it names.

    They are not where the piece was read anew from a longer stretch than the line finder's box:
    a value printed over its cell's rule, whose label was found alone.
    """
    if span.line < 0:
        return True
    line, slack = page_lines.boxes[span.line], span.box.height
    return line.left - slack <= span.box.left and span.box.right <= line.right + slack


def _shows_a_gap(page_lines: PageLines, span: TextSpan, boxes: list[Box]) -> bool:
    covered = any(_is_covered(page_lines, gap) for gap in _gaps(page_lines, span, boxes))
    return covered or _is_of_two_inks(page_lines, span)


def _lowered(span: TextSpan) -> TextSpan:
    """The piece with an unsure end: lowered as a whole it would be left out as a speck."""
    *rest, last = span.glyphs
    lower = last._replace(confidence=min(PART_COVERED, last.confidence))
    return span._replace(glyphs=(*rest, lower))


class _Gap(NamedTuple):
    """A place that gave no character, and the text before it, which shows paper and ink."""

    place: Quad
    before: Quad


def _gaps(page_lines: PageLines, span: TextSpan, boxes: list[Box]) -> Iterator[_Gap]:
    """Places inside a piece of text and behind it that gave no character."""
    if not span.glyphs:
        return
    line = page_lines.quads[span.line] if span.line >= 0 else span.quad
    places = [glyph.place for glyph in span.glyphs]
    em = span.box.height / max(_length(span, page_lines), 1e-6)
    pitch = _pitch(places, em)
    for one, other in pairwise(places):
        if other - one > _HOLE * pitch and other - one - pitch > _LEAST * em:
            start = one + 0.5 * pitch
            yield _Gap(
                inner_quad(line, start, other - 0.5 * pitch),
                inner_quad(line, max(0.0, start - _NEAR * em), start),
            )
    end = places[-1] + 0.6 * max(pitch, 0.5 * em)
    room = _room(span, boxes) / max(_length(span, page_lines), 1e-6)
    stop = min(end + _BEYOND * em, max(1.0, end) + room)
    if stop - end > _LEAST * em:
        near = inner_quad(line, max(0.0, end - _NEAR * em), end)
        yield _Gap(inner_quad(line, end, stop), near)


def _pitch(places: list[float], em: float) -> float:
    """The usual distance between two characters, along the line; `em` is the line's height."""
    steps = [b - a for a, b in pairwise(places)]
    if len(steps) >= _MANY:
        return median(steps)
    return min([_LETTER * em, median(steps)] if steps else [_LETTER * em])


def _length(span: TextSpan, page_lines: PageLines) -> float:
    """Of the whole line that a piece was cut from, in level pixels."""
    return page_lines.boxes[span.line].width if span.line >= 0 else span.box.width


def _room(span: TextSpan, boxes: list[Box]) -> float:
    """How far the row is free behind a piece, level pixels."""
    box = span.box
    behind = [
        other.left - box.right
        for other in boxes
        if other != box
        and other.centre > box.centre
        and abs(other.middle - box.middle) < 0.5 * (other.height + box.height)
    ]
    return max(0.0, min([_BEYOND * box.height, *behind]))


def _is_covered(page_lines: PageLines, gap: _Gap) -> bool:
    own, place = _grey(page_lines, gap.before), _grey(page_lines, gap.place)
    ground = percentile(own, 75)
    ink = ground - percentile(own, 4)
    middle = place[round(0.2 * _HEIGHT) : round(0.8 * _HEIGHT)]
    shade = max(_SHADE * ink, _LEAST_SHADE)
    if float((middle < ground - shade).mean()) <= _COVERED:
        return False
    return not _lies_in_shadow(page_lines, gap)


def _lies_in_shadow(page_lines: PageLines, gap: _Gap) -> bool:
    """Whether a dark place is paper in a shadow: as dark above and below, even, of paper's colour.

    What covers a value is as high as the line (a mosaic, a stamp), or has a colour of its own (a
    finger), or shows letters or blocks.
    """
    paper = np.percentile(cut_line(page_lines.image, gap.before, _HEIGHT), 75, axis=(0, 1))
    place = cut_line(page_lines.image, gap.place, _HEIGHT)
    light = np.median(place, axis=(0, 1)) / np.maximum(paper, 1.0)
    if np.ptp(light) > _COLOURLESS or light.mean() < _DARKEST_SHADOW:
        return False
    grey = cv2.cvtColor(place, cv2.COLOR_BGR2GRAY).astype(np.float32)
    rough = float((grey - cv2.blur(grey, (_HEIGHT // 2, _HEIGHT // 2))).std())
    if rough > _ROUGH * (1 - light.mean()) * paper.mean():
        return False
    beside = (_strip(gap.place, *reach) for reach in (_ABOVE, _BELOW))
    lit = [
        np.percentile(cut_line(page_lines.image, quad, _HEIGHT), 75, axis=(0, 1)) for quad in beside
    ]
    return all(1 - (one / paper).mean() > _AS_DARK * (1 - light.mean()) for one in lit)


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


def _is_of_two_inks(page_lines: PageLines, span: TextSpan) -> bool:
    """Whether a character is much paler or darker than the others: one of a layer over them."""
    letters = [glyph.place for glyph in span.glyphs if _EVEN.fullmatch(glyph.text)]
    if len(letters) < _TELLING:
        return False
    line = page_lines.quads[span.line] if span.line >= 0 else span.quad
    grey = _grey(page_lines, line)
    reach = 0.4 * min(b - a for a, b in pairwise(letters)) * grey.shape[1]
    inks = []
    for place in letters:
        middle = place * grey.shape[1]
        cell = grey[:, max(0, int(middle - reach)) : int(middle + reach) + 2]
        around = grey[:, max(0, int(middle - 2 * reach)) : int(middle + 2 * reach) + 2]
        inks.append(_share_of_light(cell, around) if cell.size else 0.0)
    usual = max(median(inks), 0.01)
    # One darker character may have a rule of the form through it, where the print has slipped; a
    # stamp or a watermark over a value has more than one.
    darker = sum(ink > usual / _PALE for ink in inks)
    return min(inks) < _PALE * usual or darker > 1


def _share_of_light(cell: Pixels, around: Pixels) -> float:
    """How much of the paper's light a character's ink takes, 0 to 1; the same in a shadow."""
    ground = max(percentile(around, 75), 1.0)
    return (ground - percentile(cell, 4)) / ground


def _grey(page_lines: PageLines, quad: Quad) -> Pixels:
    crop = cut_line(page_lines.image, quad, _HEIGHT)
    if page_lines.tint is not None:
        crop = without_red(crop, page_lines.tint)
    return np.asarray(cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY), np.uint8)
