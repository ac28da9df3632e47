"""Values of which a part is covered, or was passed over: a mosaic, a stamp that is no text, a 一.

A reader passes over what it cannot read and joins what stands on both sides, and makes a whole
character of the half that a patch leaves. Where a place inside a value, or just behind it, is dark
and gave no character, the value has a gap and is not sure; nor is one over which a patch lies. The
same holds of a thin stroke there: a reader that sees a rule in 一 says nothing of it.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import Final

from tasks.reading.confidence.witnesses import PART_COVERED
from tasks.reading.engines.page_lines import PageLines
from tasks.reading.engines.text_lines import TextSpan
from tasks.reading.files.picture import Pixels
from tasks.reading.image.geometry import Box, inner_quad
from tasks.reading.image.grey_levels import percentile
from tasks.reading.layout.pair_values import LabelledValue, LabelledValues
from tasks.reading.rereading.hidden_places import SilentPlace, grey_of
from tasks.reading.rereading.patches import patches
from tasks.reading.rereading.reread_gaps import (
    LEAST,
    NEAR,
    hides_something,
    inner_gaps,
    line_length,
    measures,
)

_BEYOND: Final = 1.2  # heights behind a value that are looked at
_TELLING: Final = 3  # characters that show what the ink of a value is
_HALF: Final = 0.5  # of a line's height: from a character's middle to its edge
_EVEN: Final = re.compile("(?![一二三日月年])[\u4e00-\u9fff]")
_PALE: Final = 0.55
"""Of the usual ink of a value's characters; on 12 honest photographs, worn ribbons among them, the
palest Chinese character of a line but 日, 月, 年 had 0.68, the darkest 1.4."""


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


def doubt_patched(page_lines: PageLines, spans: tuple[TextSpan, ...]) -> tuple[TextSpan, ...]:
    """Whole lines, of which the characters below and beside a patch are believed less.

    Args:
        page_lines: Where they stand.
        spans: Labels and values together: what says things in sentences has no values yet.
    """
    return tuple(_patched(page_lines, span) for span in spans)


def _patched(page_lines: PageLines, span: TextSpan) -> TextSpan:
    if span.line < 0 or not span.glyphs:
        return span
    line, _, _, em = measures(span, page_lines)
    half = _HALF * em
    reaches = [(patch.start - half, patch.stop + half) for patch in patches(page_lines, line)]
    glyphs = tuple(
        glyph._replace(confidence=min(PART_COVERED, glyph.confidence))
        if any(start < glyph.place < stop for start, stop in reaches)
        else glyph
        for glyph in span.glyphs
    )
    return span._replace(glyphs=glyphs)


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
    covered = any(
        hides_something(page_lines, span, i, gap) for i, gap in _gaps(page_lines, span, boxes)
    )
    return covered or _is_patched(page_lines, span) or _is_of_two_inks(page_lines, span)


def _is_patched(page_lines: PageLines, span: TextSpan) -> bool:
    """Whether a patch lies over a piece of text, or over half of its first or last character."""
    if not span.glyphs:
        return False
    line, places, _, em = measures(span, page_lines)
    start, stop = places[0] - _HALF * em, places[-1] + _HALF * em
    return any(patch.start < stop and patch.stop > start for patch in patches(page_lines, line))


def _lowered(span: TextSpan) -> TextSpan:
    """The piece with an unsure end: lowered as a whole it would be left out as a speck."""
    *rest, last = span.glyphs
    lower = last._replace(confidence=min(PART_COVERED, last.confidence))
    return span._replace(glyphs=(*rest, lower))


def _gaps(
    page_lines: PageLines, span: TextSpan, boxes: list[Box]
) -> Iterator[tuple[int, SilentPlace]]:
    """Places inside a piece of text and behind it that gave none, with the character before."""
    if not span.glyphs:
        return
    yield from inner_gaps(span, page_lines)
    line, places, pitch, em = measures(span, page_lines)
    end = places[-1] + 0.6 * max(pitch, 0.5 * em)
    room = _room(span, boxes) / max(line_length(span, page_lines), 1e-6)
    stop = min(end + _BEYOND * em, max(1.0, end) + room)
    if stop - end > LEAST * em:
        near = inner_quad(line, max(0.0, end - NEAR * em), end)
        yield len(places) - 1, SilentPlace(inner_quad(line, end, stop), near)


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


def _is_of_two_inks(page_lines: PageLines, span: TextSpan) -> bool:
    """Whether a character is much paler or darker than the others: one of a layer over them."""
    letters = [glyph.place for glyph in span.glyphs if _EVEN.fullmatch(glyph.text)]
    if len(letters) < _TELLING:
        return False
    line = page_lines.quads[span.line] if span.line >= 0 else span.quad
    grey = grey_of(page_lines, line)
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
