"""The last character of an address that stands alone on a line of its own.

A line finder overlooks a single character. Where an address may go on and there is ink below its
beginning, that place is looked at once more, enlarged.
"""

from collections.abc import Iterable
from typing import Final

from tasks.reading.confidence.witnesses import BLIND_READING_COUNTS, END_EXTENDED, span_at_most
from tasks.reading.engines.page_lines import PageLines
from tasks.reading.engines.text_lines import TextLine, TextSpan, to_span
from tasks.reading.image.geometry import Box, place
from tasks.reading.layout.pair_values import LabelledValue, LabelledValues
from tasks.reading.rereading.extend_cut_values import BlankPlace, examine_place
from tasks.reading.rereading.reread_beside_labels import on_image

_LEADINGS: Final = (0.85, 1.25)
"""Heights of a line's box from one line to the next: set close, and set wide."""
_ROW: Final = 0.8
_WIDTH: Final = 3.5  # heights that are looked at: one or two characters
_BEFORE: Final = 0.4  # heights by which the place begins before the value does
_ASIDE: Final = 0.8  # heights by which a further line's beginning may be off
_PIXELS: Final = 110  # at which two rows are looked at: letters of about 40
_BELOW: Final = (0.6, 1.6)
"""Heights from the last line to one that goes on: text of a seal below an address stood 2.0 off."""
_LIKE: Final = (0.5, 1.5)  # heights that its box may have


def read_lines_below(
    page_lines: PageLines, form: LabelledValues, keys: Iterable[str]
) -> LabelledValues:
    """The form with what stands alone below values of several lines.

    Args:
        page_lines: The page.
        form: What was read of it.
        keys: The labels whose values may go on.
    """
    wanted = frozenset(keys)
    taken = [e.label.box for e in form.entries]
    taken += [s.box for e in form.entries for s in e.spans] + [s.box for s in form.loose]
    return LabelledValues(
        tuple(
            _with_line_below(page_lines, entry, taken)
            if entry.label.key in wanted and entry.spans
            else entry
            for entry in form.entries
        ),
        form.loose,
    )


def _with_line_below(
    page_lines: PageLines, entry: LabelledValue, taken: list[Box]
) -> LabelledValue:
    last = max(entry.spans, key=lambda span: span.box.middle)
    left, unit = min(span.box.left for span in entry.spans), last.box.height
    left -= _BEFORE * unit
    places = [
        Box(left, left + _WIDTH * unit, last.box.middle + leading * unit, _ROW * unit)
        for leading in _LEADINGS
    ]
    others = [box for box in taken if box not in {last.box, entry.label.box}]
    if any(_meet(place, box) for place in places for box in others):
        return entry
    if all(_is_blank(page_lines, place, last) for place in places):
        return entry
    found = _look_closely(page_lines, last, left, unit)
    return entry if found is None else LabelledValue(entry.label, (*entry.spans, found))


def _is_blank(page_lines: PageLines, where: Box, beside: TextSpan) -> bool:
    quad = on_image(page_lines, where)
    seen = examine_place(page_lines.image, quad, beside.quad, page_lines.tint)
    return seen is not BlankPlace.INKED


def _look_closely(
    page_lines: PageLines, last: TextSpan, left: float, unit: float
) -> TextSpan | None:
    """The legible line that begins where the value does, if there is one."""
    area = Box(left, left + _WIDTH * unit, last.box.middle + 1.25 * unit, 1.9 * unit)
    for quad in page_lines.find_in(on_image(page_lines, area), _PIXELS):
        box = place(quad, page_lines.matrix)
        flush = abs(box.left - left - _BEFORE * unit) < _ASIDE * unit
        alike = _LIKE[0] * unit < box.height < _LIKE[1] * unit
        below = _BELOW[0] * unit < box.middle - last.box.middle < _BELOW[1] * unit
        if not (flush and alike and below):
            continue
        span = to_span(TextLine(quad, page_lines.reread(quad)), page_lines.matrix, -1)
        if span.mean >= BLIND_READING_COUNTS and span.text.strip().isalnum():
            return span_at_most(span, END_EXTENDED)
    return None


def _meet(one: Box, other: Box) -> bool:
    apart = abs(one.middle - other.middle) - (one.height + other.height) / 2
    return one.left < other.right and other.left < one.right and apart < -0.4 * one.height
