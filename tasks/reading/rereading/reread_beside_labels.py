"""Read again beside a label whose value the first reading did not give whole.

On the whole page faint text is overlooked, a subtitle runs into a name, and a name, the small label
after it and that label's value share one slanting box. Beside the label, enlarged, lines are found
anew and told apart anew. What two readings agree on is surer than either, never quite sure.
"""

import re
from collections.abc import Mapping
from statistics import median
from typing import Final, NamedTuple

import numpy as np

from models.reading.document import Quad
from tasks.reading.confidence.witnesses import (
    BLIND_READING_COUNTS,
    LEGIBLE,
    READ_TWICE_ALIKE,
    READ_TWICE_OTHERWISE,
    READ_WITHOUT_A_BOX,
    REREAD_BELOW,
    span_at_most,
)
from tasks.reading.engines.page_lines import PageLines
from tasks.reading.engines.text_lines import TextLine, TextSpan, to_span
from tasks.reading.image.geometry import Box, place
from tasks.reading.kinds.spec import KindSpec
from tasks.reading.layout.normalise_values import Normaliser, is_blank
from tasks.reading.layout.pair_values import (
    LabelledValue,
    LabelledValues,
    pair_values,
    without_echo,
)
from tasks.reading.layout.split_labels import PlacedLabel, SplitText, split_labels
from tasks.reading.rereading.extend_cut_values import BlankPlace, examine_place

_BLIND: Final = 5.0  # heights of a place that are read blindly
_ROW: Final = 1.2
_REACH: Final = 15.0  # heights to the right of the label: an identity number and a little more
_ABOVE: Final = 1.7  # heights above and below the row
_OVERLAP: Final = 0.3  # heights by which the place begins before the label ends
_UNIT_PIXELS: Final = 32.0
_SAME_ROW: Final = 0.9
_RULES: Final = frozenset("一-—_~")
"""What the beginning of a ruled line is taken for."""


class _Rows(NamedTuple):
    """How this page sets its values: their usual height, and how far below their labels."""

    unit: float
    drift: float


def reread_beside_labels(
    page_lines: PageLines, form: LabelledValues, spec: KindSpec
) -> LabelledValues:
    """The form with values found beside labels that had none, or none that can be right.

    Args:
        page_lines: The page.
        form: What the first reading gave.
        spec: The kind: which values matter, and every label that tells labels from values.
    """
    rows = _rows(form)
    if rows is None:
        return form
    entries = form.entries
    for entry in form.entries:
        if entry in entries and _doubtful(entry, spec.reread):
            where = _place(form, entry.label, rows)
            reread = _read_beside(page_lines, where, entry.label, rows, spec)
            entries = _merged(entries, entry, reread, spec)
            entries = tuple(
                _probe_blank(page_lines, where, e, rows, spec) if e.label is entry.label else e
                for e in entries
            )
    return LabelledValues(entries, form.loose)


def _probe_blank(
    page_lines: PageLines, where: Box, entry: LabelledValue, rows: _Rows, spec: KindSpec
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
    quad = on_image(page_lines, box)
    beside = on_image(page_lines, entry.label.box)
    if examine_place(page_lines.image, quad, beside, page_lines.tint) is BlankPlace.BLANK:
        return entry
    span = to_span(TextLine(quad, page_lines.reread(quad)), page_lines.matrix, -1)
    known = (
        span.glyphs
        and span.mean >= BLIND_READING_COUNTS
        and spec.reread[entry.label.key](span.text)
    )
    if known:
        return _capped(LabelledValue(entry.label, (span,)), READ_WITHOUT_A_BOX)
    return LabelledValue(entry.label, (), seen_blank=False)


def _rows(form: LabelledValues) -> _Rows | None:
    pairs = [
        (entry.spans[0].box, entry.label.box) for entry in form.entries if len(entry.spans) == 1
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
    return entry.weakest < REREAD_BELOW or values[entry.label.key](entry.text) is None


def _says_something(entry: LabelledValue) -> bool:
    """Whether more than a foreign subtitle was found; 未提供 is an answer."""
    return re.search("[\u4e00-\u9fff0-9]", entry.text) is not None


def _merged(
    entries: tuple[LabelledValue, ...],
    own: LabelledValue,
    reread: tuple[LabelledValue, ...],
    spec: KindSpec,
) -> tuple[LabelledValue, ...]:
    """The entries with what the second reading gave: of its own label, and of labels beside it."""
    merged = list(entries)
    for new in reread:
        key = new.label.key
        if new.label is own.label:
            merged[merged.index(own)] = _agreed(own, new, spec.reread[key])
        elif key in spec.reread and new.spans:
            _add(merged, new, spec)
    return tuple(merged)


def _add(merged: list[LabelledValue], new: LabelledValue, spec: KindSpec) -> None:
    """A label that only the second reading gave, or whose value only that one has."""
    values, key = spec.reread, new.label.key
    if values[key](new.text) is None:
        return
    same = [entry for entry in merged if entry.label.key == key]
    if any(values[key](entry.text) is not None for entry in same):
        return
    for entry in same:
        merged.remove(entry)
    merged.append(_capped(new, READ_TWICE_ALIKE))


def _agreed(first: LabelledValue, second: LabelledValue, normalise: Normaliser) -> LabelledValue:
    """One entry out of two readings of the same place."""
    one, other = normalise(first.text), normalise(second.text)
    if other is None:
        return first if first.spans else second
    if one is None:
        return second
    better = second if second.weakest > first.weakest else first
    return _capped(better, READ_TWICE_ALIKE if one == other else READ_TWICE_OTHERWISE)


def _capped(entry: LabelledValue, ceiling: float) -> LabelledValue:
    return LabelledValue(entry.label, tuple(span_at_most(s, ceiling) for s in entry.spans))


def _read_beside(
    page_lines: PageLines, where: Box, label: PlacedLabel, rows: _Rows, spec: KindSpec
) -> tuple[LabelledValue, ...]:
    """What stands beside a label: its own entry, and those of labels that stand there too."""
    spans = _legible(page_lines, where, label, rows)
    if not spans:
        return ()
    split = split_labels(spans, spec.labels)
    others = tuple(other for other in split.labels if other.key != label.key)
    paired = pair_values(SplitText((label, *others), split.values), frozenset())
    return tuple(
        LabelledValue(entry.label, without_echo(entry.label, entry.spans))
        for entry in paired.entries
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


def _legible(
    page_lines: PageLines, where: Box, label: PlacedLabel, rows: _Rows
) -> tuple[TextSpan, ...]:
    """The legible pieces of a row, from left to right."""
    quads = page_lines.find_in(on_image(page_lines, where), _scale(where, rows))
    boxes = [(place(quad, page_lines.matrix), quad) for quad in quads]
    fitting = [
        (box, quad)
        for box, quad in boxes
        if abs(box.middle - where.middle) < _SAME_ROW * rows.unit
        and 0.4 * rows.unit < box.height < 1.7 * rows.unit
        and box.centre > label.box.right - _OVERLAP * rows.unit
    ]
    spans = (
        to_span(TextLine(quad, page_lines.reread(quad)), page_lines.matrix, -1)
        for _, quad in sorted(fitting, key=lambda item: item[0].left)
    )
    legible = tuple(span for span in spans if span.glyphs and span.mean >= LEGIBLE)
    ruled = len(legible) > 1 and set(legible[0].text) <= _RULES
    return legible[1:] if ruled else legible


def on_image(page_lines: PageLines, box: Box) -> Quad:
    """A level place as a quad of the picture."""
    top, bottom = box.middle - box.height / 2, box.middle + box.height / 2
    corners = ((box.left, top), (box.right, top), (box.right, bottom), (box.left, bottom))
    back = np.linalg.inv(page_lines.matrix)
    points = np.array([[x, y, 1.0] for x, y in corners]) @ back.T
    a, b, c, d = ((float(x / w), float(y / w)) for x, y, w in points)
    return a, b, c, d


def _scale(where: Box, rows: _Rows) -> int:
    """The height in pixels at which the place is read."""
    return round(where.height / rows.unit * _UNIT_PIXELS)
