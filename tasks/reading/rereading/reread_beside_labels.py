"""Look again beside a label whose value the first look did not find whole.

On the whole page faint text is overlooked, a subtitle runs into a name, and a name, the small label
after it and that label's value share one slanting box. Beside the label, enlarged, lines are found
anew and told apart anew. What two looks agree on is surer than either, never quite sure.
"""

import re
from collections.abc import Mapping
from statistics import median
from typing import Final, NamedTuple

import numpy as np

from models.reading.document import Quad
from tasks.reading.engines.lazy_lines import PageLines
from tasks.reading.engines.text_reader import TextLine
from tasks.reading.image.rectify import Box, place
from tasks.reading.layout.labels import SplitText, split_labels
from tasks.reading.layout.lexicon import Lexicon
from tasks.reading.layout.normalise_values import Normaliser, is_blank
from tasks.reading.layout.pair_values import LabelledValue, LabelledValues, allot, without_echo
from tasks.reading.layout.stacked_labels import PlacedLabel
from tasks.reading.layout.text_spans import TextSpan, to_strip
from tasks.reading.rereading.line_ends import BlankPlace, look_at_place

WEAK: Final = 0.85
"""A value whose least certain character is below this is looked at again."""
AGREED: Final = 0.94
"""Two looks of one engine that agree make nothing quite sure."""
DISPUTED: Final = 0.8
LEGIBLE: Final = 0.6
BLINDLY: Final = 0.85
"""What was read in a place where no line was found."""
_PLAIN: Final = 0.8
_BLIND: Final = 5.0  # heights of a place that are read blindly
_ROW: Final = 1.2
_REACH: Final = 15.0  # heights to the right of the label: an identity number and a little more
_ABOVE: Final = 1.7  # heights above and below the row
_OVERLAP: Final = 0.3  # heights by which the place begins before the label ends
_UNIT_PIXELS: Final = 32.0
_SAME_ROW: Final = 0.9
_RULES: Final = frozenset("一-—_~")
"""What the beginning of a ruled line is taken for."""


class WantedValue(NamedTuple):
    """What is looked for.

    Attributes:
        values: The labels whose values matter, with what makes a text such a value.
        lexicon: Every label of the paper, to tell labels from values.
    """

    values: Mapping[str, Normaliser]
    lexicon: Lexicon


class _Rows(NamedTuple):
    """How this page sets its values: their usual height, and how far below their labels."""

    unit: float
    drift: float


def look_closer(sheet: PageLines, form: LabelledValues, wanted: WantedValue) -> LabelledValues:
    """The form with values found beside labels that had none, or none that can be right.

    Args:
        sheet: Where to look.
        form: What the first look found.
        wanted: What matters on this paper.
    """
    rows = _rows(form)
    if rows is None:
        return form
    entries = form.entries
    for entry in form.entries:
        if entry in entries and _doubtful(entry, wanted.values):
            where = _place(form, entry.label, rows)
            seen = _look(sheet, where, entry.label, rows, wanted)
            entries = _merged(entries, entry, seen, wanted)
            entries = tuple(
                _felt(sheet, where, e, rows, wanted) if e.label is entry.label else e
                for e in entries
            )
    return LabelledValues(entries, form.loose)


def _felt(
    sheet: PageLines, where: Box, entry: LabelledValue, rows: _Rows, wanted: WantedValue
) -> LabelledValue:
    """An entry without a value once more: is its place blank, inked or burnt out?

    A single character is easily overlooked by a line finder; where there is ink, the place is read
    as if it were a line.
    """
    if _says_something(entry):
        return entry
    width = min(where.width, _BLIND * rows.unit)
    left = where.left + (_OVERLAP + 0.1) * rows.unit
    box = Box(left, where.left + width, where.middle, _ROW * rows.unit)
    if box.width < rows.unit:
        return entry
    quad = _on_image(sheet, box)
    beside = _on_image(sheet, entry.label.box)
    if look_at_place(sheet.image, quad, beside, sheet.tint) is BlankPlace.BLANK:
        return entry
    strip = to_strip(TextLine(quad, sheet.reread(quad)), sheet.matrix, -1)
    known = strip.glyphs and strip.mean >= _PLAIN and wanted.values[entry.label.key](strip.text)
    if known:
        return _capped(LabelledValue(entry.label, (strip,)), BLINDLY)
    return LabelledValue(entry.label, (), seen=False)


def _rows(form: LabelledValues) -> _Rows | None:
    pairs = [
        (entry.strips[0].box, entry.label.box) for entry in form.entries if len(entry.strips) == 1
    ]
    heights = [entry.label.box.height for entry in form.entries]
    if not heights:
        return None
    unit = median([value.height for value, _ in pairs] or heights)
    # A label and a value on one line share its box and tell nothing about their heights.
    near = [value.middle - label.middle for value, label in pairs if value.middle != label.middle]
    drift = median(near) if len(near) >= 3 else 0.0
    return _Rows(unit, float(np.clip(drift, -0.8 * unit, 0.8 * unit)))


def _doubtful(entry: LabelledValue, values: Mapping[str, Normaliser]) -> bool:
    if entry.label.key not in values:
        return False
    if is_blank(entry.text):
        return not _says_something(entry)
    return entry.weakest < WEAK or values[entry.label.key](entry.text) is None


def _says_something(entry: LabelledValue) -> bool:
    """Whether more than a foreign subtitle was found; 未提供 is an answer."""
    return re.search("[\u4e00-\u9fff0-9]", entry.text) is not None


def _merged(
    entries: tuple[LabelledValue, ...],
    own: LabelledValue,
    seen: tuple[LabelledValue, ...],
    wanted: WantedValue,
) -> tuple[LabelledValue, ...]:
    """The entries with what the closer look saw: of its own label, and of labels beside it."""
    merged = list(entries)
    for new in seen:
        key = new.label.key
        if new.label is own.label:
            merged[merged.index(own)] = _settled(own, new, wanted.values[key])
        elif key in wanted.values and new.strips:
            _add(merged, new, wanted)
    return tuple(merged)


def _add(merged: list[LabelledValue], new: LabelledValue, wanted: WantedValue) -> None:
    """A label that only the closer look saw, or whose value only that look can give."""
    values, key = wanted.values, new.label.key
    if values[key](new.text) is None:
        return
    same = [entry for entry in merged if entry.label.key == key]
    if any(values[key](entry.text) is not None for entry in same):
        return
    for entry in same:
        merged.remove(entry)
    merged.append(_capped(new, AGREED))


def _settled(first: LabelledValue, again: LabelledValue, normalise: Normaliser) -> LabelledValue:
    """One entry out of two looks at the same place."""
    one, other = normalise(first.text), normalise(again.text)
    if other is None:
        return first if first.strips else again
    if one is None:
        return again
    better = again if again.weakest > first.weakest else first
    return _capped(better, AGREED if one == other else DISPUTED)


def _capped(entry: LabelledValue, ceiling: float) -> LabelledValue:
    strips = (
        strip._replace(
            glyphs=tuple(
                glyph._replace(confidence=min(ceiling, glyph.confidence)) for glyph in strip.glyphs
            )
        )
        for strip in entry.strips
    )
    return LabelledValue(entry.label, tuple(strips))


def _look(
    sheet: PageLines, where: Box, label: PlacedLabel, rows: _Rows, wanted: WantedValue
) -> tuple[LabelledValue, ...]:
    """What stands beside a label: its own entry, and those of labels that stand there too."""
    strips = _legible(sheet, where, label, rows)
    if not strips:
        return ()
    split = split_labels(strips, wanted.lexicon)
    others = tuple(other for other in split.labels if other.key != label.key)
    found = allot(SplitText((label, *others), split.values), frozenset())
    return tuple(
        LabelledValue(entry.label, without_echo(entry.label, entry.strips))
        for entry in found.entries
    )


def _place(form: LabelledValues, label: PlacedLabel, rows: _Rows) -> Box:
    """From the label's end to the next label of the row."""
    box = label.box
    left = box.right - _OVERLAP * rows.unit
    ends = [
        other.label.box.left
        for other in form.entries
        if other.label.box.left > box.right
        and abs(other.label.box.middle - box.middle) < max(rows.unit, 0.6 * box.height)
    ]
    right = min([left + _REACH * rows.unit, *ends])
    return Box(left, max(right, left + rows.unit), box.middle + rows.drift, 2 * _ABOVE * rows.unit)


def _legible(sheet: PageLines, where: Box, label: PlacedLabel, rows: _Rows) -> tuple[TextSpan, ...]:
    """The legible pieces of a row, from left to right."""
    quads = sheet.find_in(_on_image(sheet, where), _scale(where, rows))
    boxes = [(place(quad, sheet.matrix), quad) for quad in quads]
    fitting = [
        (box, quad)
        for box, quad in boxes
        if abs(box.middle - where.middle) < _SAME_ROW * rows.unit
        and 0.4 * rows.unit < box.height < 1.7 * rows.unit
        and box.centre > label.box.right - _OVERLAP * rows.unit
    ]
    strips = (
        to_strip(TextLine(quad, sheet.reread(quad)), sheet.matrix, -1)
        for _, quad in sorted(fitting, key=lambda item: item[0].left)
    )
    legible = tuple(strip for strip in strips if strip.glyphs and strip.mean >= LEGIBLE)
    ruled = len(legible) > 1 and set(legible[0].text) <= _RULES
    return legible[1:] if ruled else legible


def _on_image(sheet: PageLines, box: Box) -> Quad:
    """A level place as a quad of the picture."""
    top, bottom = box.middle - box.height / 2, box.middle + box.height / 2
    corners = ((box.left, top), (box.right, top), (box.right, bottom), (box.left, bottom))
    back = np.linalg.inv(sheet.matrix)
    points = np.array([[x, y, 1.0] for x, y in corners]) @ back.T
    a, b, c, d = ((float(x / w), float(y / w)) for x, y, w in points)
    return a, b, c, d


def _scale(where: Box, rows: _Rows) -> int:
    """The height in pixels at which the place is looked at."""
    return round(where.height / rows.unit * _UNIT_PIXELS)
