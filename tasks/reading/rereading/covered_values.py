"""Values of which a part is covered: by a mosaic, a stamp that is no text, a seal's ink, a finger.

A reader passes over what it cannot read and joins what stands on both sides. Where a place inside a
value, or just behind it, is dark and gave no character, the value has a gap and is not sure.
"""

from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import Final

import cv2
import numpy as np

from models.reading.document import Quad
from tasks.reading.confidence.witnesses import PART_COVERED, span_at_most
from tasks.reading.engines.page_lines import PageLines
from tasks.reading.engines.text_lines import TextSpan
from tasks.reading.files.picture import Pixels
from tasks.reading.image.geometry import Box, inner_quad
from tasks.reading.image.pixels import cut_line, without_red
from tasks.reading.layout.pair_values import LabelledValue, LabelledValues

_HEIGHT: Final = 32  # pixels at which a line is examined
_HOLE: Final = 1.75  # usual distances between two characters that leave room for one more
_BEYOND: Final = 1.2  # heights behind a value that are looked at
_LEAST: Final = 0.7  # heights; a narrower place holds no character
_SHADE: Final = 0.15
"""Of the contrast of the value's own ink: mosaics of text have 0.2 to 0.5, grounds of cards 0.1."""
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
        span_at_most(span, PART_COVERED)
        if any(_is_covered(page_lines, span, place) for place in _gaps(page_lines, span, boxes))
        else span
        for span in entry.spans
    )
    return entry._replace(spans=spans)


def _gaps(page_lines: PageLines, span: TextSpan, boxes: list[Box]) -> Iterator[Quad]:
    """Places inside a piece of text and behind it that gave no character."""
    if not span.glyphs:
        return
    line = page_lines.quads[span.line] if span.line >= 0 else span.quad
    places = [glyph.place for glyph in span.glyphs]
    em = span.box.height / max(_length(span, page_lines), 1e-6)
    pitch = median(b - a for a, b in pairwise(places)) if len(places) > 2 else em
    for one, other in pairwise(places):
        if other - one > _HOLE * pitch and other - one - pitch > _LEAST * em:
            yield inner_quad(line, one + 0.5 * pitch, other - 0.5 * pitch)
    end = places[-1] + 0.6 * max(pitch, 0.5 * em)
    room = _room(span, boxes) / max(_length(span, page_lines), 1e-6)
    stop = min(end + _BEYOND * em, max(1.0, end) + room)
    if stop - end > _LEAST * em:
        yield inner_quad(line, end, stop)


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


def _is_covered(page_lines: PageLines, span: TextSpan, place: Quad) -> bool:
    own, gap = _grey(page_lines, span.quad), _grey(page_lines, place)
    ground = float(np.percentile(own, 75))
    ink = ground - float(np.percentile(own, 4))
    middle = gap[round(0.2 * _HEIGHT) : round(0.8 * _HEIGHT)]
    return float((middle < ground - _SHADE * ink).mean()) > _COVERED


def _grey(page_lines: PageLines, quad: Quad) -> Pixels:
    crop = cut_line(page_lines.image, quad, _HEIGHT)
    if page_lines.tint is not None:
        crop = without_red(crop, page_lines.tint)
    return np.asarray(cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY), np.uint8)
