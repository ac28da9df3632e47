"""Give every value to one label: the heading of its column, the one to its left, else above."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import pairwise
from typing import Final, NamedTuple

from tasks.reading.engines.text_lines import TextSpan, part
from tasks.reading.image.geometry import Box
from tasks.reading.layout.split_labels import PlacedLabel, SplitText
from tasks.reading.layout.table_headings import values_under_headings

SAME_ROW: Final = 0.8  # of a line's height, between the middles of a label and its value
NEXT_LINE: Final = 1.7  # heights from one line of a value to the next
ECHO: Final = 0.3  # heights past its end up to which a character may be the label's own
OVERHANG: Final = 1.2  # heights by which a value may begin before its label ends
HOLE: Final = 3.0  # heights; no name of two characters and more goes on behind such a gap
NEIGHBOURS: Final = ("户主", "与户主", "或与户", "性别", "民族")
"""What stands beside names, label or value; no name begins so."""
OWNING_NOTHING: Final = frozenset({"seal", "seal_province", "seal_station", "title"})
"""Words that are printed alone; what stands beside them belongs to somebody else."""


class LabelledValue(NamedTuple):
    """A label with its values in reading order.

    Attributes:
        label: What is announced.
        spans: The value; empty where the place is blank or nothing could be read there.
        seen_blank: False once an empty place was examined and found not to be blank.
    """

    label: PlacedLabel
    spans: tuple[TextSpan, ...]
    seen_blank: bool = True

    @property
    def text(self) -> str:
        """All of the value's text, in reading order."""
        return "".join(span.text for span in self.spans)

    @property
    def weakest(self) -> float:
        """The confidence of its least certain character."""
        return min((span.weakest for span in self.spans), default=0.0)


class LabelledValues(NamedTuple):
    """A page as labels with values, and the values that no label claims."""

    entries: tuple[LabelledValue, ...]
    loose: tuple[TextSpan, ...]

    def all(self, key: str) -> tuple[LabelledValue, ...]:
        """Every entry of a key, top to bottom."""
        found = (entry for entry in self.entries if entry.label.key == key)
        return tuple(sorted(found, key=lambda entry: entry.label.box.middle))

    def first(self, key: str) -> LabelledValue | None:
        """The entry of a key that carries a value, else one that is blank, else None."""
        found = self.all(key)
        return next((entry for entry in found if entry.spans), found[0] if found else None)


def pair_values(split: SplitText, several_lines: frozenset[str]) -> LabelledValues:
    """Give each value to one label.

    Args:
        split: The labels and values of a page.
        several_lines: Keys whose value may run over more than one line (addresses).
    """
    owned: dict[int, list[TextSpan]] = defaultdict(list)
    columns = values_under_headings(split.labels, split.values)
    for heading, span in columns.items():
        owned[heading].append(span)
    waiting = []
    others = (s for s in split.values if not any(s is value for value in columns.values()))
    for span in sorted(others, key=lambda s: s.box.middle):
        index = _beside(span.box, split.labels, columns.keys())
        if index is None:
            waiting.append(span)
        else:
            owned[index].append(span)
    loose = []
    for span in waiting:
        index = _continued(span.box, split.labels, owned, several_lines)
        if index is None:
            loose.append(span)
        else:
            owned[index].append(span)
    loose = _beneath(loose, split.labels, owned)
    entries = []
    for i, label in enumerate(split.labels):
        value, strays = _in_one_piece(label, _reading_order(owned.get(i, [])))
        entries.append(LabelledValue(label, without_echo(label, value)))
        loose += strays
    return LabelledValues(tuple(entries), tuple(loose))


def _in_one_piece(
    label: PlacedLabel, spans: tuple[TextSpan, ...]
) -> tuple[tuple[TextSpan, ...], tuple[TextSpan, ...]]:
    """A name, and what stands far behind it: the next column's, whose label was not made out."""
    if label.key.endswith("name"):
        for i, (one, other) in enumerate(pairwise(spans), start=1):
            before = "".join(span.text for span in spans[:i])
            same_row = abs(other.box.middle - one.box.middle) < SAME_ROW * one.box.height
            hole = (other.box.left - one.box.right) / max(one.box.height, 1e-6)
            far = hole > HOLE and len(before.strip()) > 1
            if same_row and (far or other.text.startswith(NEIGHBOURS)):
                return spans[:i], spans[i:]
    return spans, ()


def without_echo(label: PlacedLabel, spans: tuple[TextSpan, ...]) -> tuple[TextSpan, ...]:
    """Without the label's last characters, which a value's box may reach over and repeat.

    They may also come as a piece of their own, where the line finder cut the label once more.
    """
    spans = tuple(span for span in spans if not _is_echo(label, span))
    if not spans:
        return spans
    first, count = spans[0], 0
    for glyph in first.glyphs[:-1]:
        middle = first.box.left + glyph.place * first.box.width
        if (
            middle > label.box.right + ECHO * first.box.height
            or glyph.text not in label.printed + " "
        ):
            break
        count += 1
    return (part(first, count, len(first.glyphs)), *spans[1:]) if count else spans


def _is_echo(label: PlacedLabel, span: TextSpan) -> bool:
    """Whether a piece is nothing but the label's end, read a second time in its own place."""
    ends_with_label = span.box.right <= label.box.right + ECHO * span.box.height
    return ends_with_label and set(span.text.strip()) <= set(label.printed)


def _beside(
    box: Box, labels: tuple[PlacedLabel, ...], headings: Collection[int] = ()
) -> int | None:
    """The nearest label to the left on the value's row that is no heading of a column."""
    left = [
        (i, abs(label.box.middle - box.middle) / box.height)
        for i, label in enumerate(labels)
        if label.key not in OWNING_NOTHING
        and i not in headings
        and label.box.right - OVERHANG * box.height <= box.left
        and label.box.left < box.left
    ]
    # A tall label (two lines) reaches further up and down than a single line does.
    near = [
        i for i, off in left if off <= SAME_ROW * max(1.0, labels[i].box.height / box.height / 1.6)
    ]
    free = [i for i in near if not _blocked(box, labels[i], labels)]
    if not free:
        return None
    nearest = labels[max(free, key=lambda i: labels[i].box.right)].box
    column = [i for i in free if labels[i].box.right > nearest.left]
    return min(column, key=lambda i: abs(labels[i].box.middle - box.middle))


def _blocked(box: Box, label: PlacedLabel, labels: tuple[PlacedLabel, ...]) -> bool:
    """Whether another label's column lies between: then this is a further line of its value.

    A label of the next row is no obstacle: it must be about as near to the value's height.
    """
    off = abs(label.box.middle - box.middle)
    return any(
        label.box.right < other.box.left
        and other.box.right - OVERHANG * box.height <= box.left
        and abs(other.box.middle - box.middle) < min(NEXT_LINE * box.height, off + 0.4 * box.height)
        and other.key not in OWNING_NOTHING
        for other in labels
    )


def _continued(
    box: Box,
    labels: tuple[PlacedLabel, ...],
    owned: dict[int, list[TextSpan]],
    several_lines: frozenset[str],
) -> int | None:
    """The label whose value goes on, or begins, on this line without a label of its own."""
    best: tuple[float, int] | None = None
    for i, label in enumerate(labels):
        if label.key not in several_lines or label.box.left > box.left:
            continue
        gap = _line_distance(box, label, owned[i])
        if gap <= NEXT_LINE and (best is None or gap < best[0]):
            best = (gap, i)
    return best[1] if best else None


def _line_distance(box: Box, label: PlacedLabel, value: list[TextSpan]) -> float:
    """How many heights a line lies from a value that it could go on; infinite if it cannot.

    A further line begins below the first one, or follows on a further line; text of a seal
    that lies about does neither.
    """
    if not value:
        far = box.left > label.box.right + 4 * box.height
        return math.inf if far else abs(label.box.middle - box.middle) / box.height
    unit = min(span.box.height for span in value)
    if not 0.6 * unit < box.height < 1.7 * unit:
        return math.inf
    starts_below = abs(min(span.box.left for span in value) - box.left) < 1.5 * unit
    follows = any(
        abs(span.box.middle - box.middle) < 0.5 * unit
        and -0.5 * unit < box.left - span.box.right < 1.5 * unit
        for span in value
    )
    if not (starts_below or follows):
        return math.inf
    return min(abs(span.box.middle - box.middle) for span in value) / unit


def _beneath(
    loose: list[TextSpan], labels: tuple[PlacedLabel, ...], owned: dict[int, list[TextSpan]]
) -> list[TextSpan]:
    """Values printed under their labels, for labels that got nothing beside them.

    The unit is the taller of the two: a line of digits is two thirds as high as one of
    characters in the same type.
    """
    kept = []
    for span in loose:
        box = span.box
        over = [
            (box.middle - label.box.middle, i)
            for i, label in enumerate(labels)
            if not owned[i]
            and 0.8 * box.height < box.middle - label.box.middle
            and box.middle - label.box.middle < NEXT_LINE * max(box.height, label.box.height)
            and abs(label.box.left - box.left) < 2 * box.height
        ]
        if over:
            owned[min(over)[1]].append(span)
        else:
            kept.append(span)
    return kept


def _reading_order(spans: list[TextSpan]) -> tuple[TextSpan, ...]:
    """Row by row, each from left to right."""
    return tuple(s for row in rows_of(spans) for s in row)


def rows_of(spans: Iterable[TextSpan]) -> tuple[tuple[TextSpan, ...], ...]:
    """The rows of a value from top to bottom, each from left to right.

    What stands over or under a piece is no part of its row, however near: where a line of the form
    runs through a row, what is left of it is low and lies close to the next one.
    """
    rows: list[list[TextSpan]] = []
    for span in sorted(spans, key=lambda s: s.box.middle):
        if rows and _of_row(span.box, rows[-1]):
            rows[-1].append(span)
        else:
            rows.append([span])
    return tuple(tuple(sorted(row, key=lambda s: s.box.left)) for row in rows)


def _of_row(box: Box, row: list[TextSpan]) -> bool:
    near = box.middle - row[0].box.middle < 0.6 * box.height
    return near and not any(_is_beneath(box, span.box) for span in row)


def _is_beneath(box: Box, other: Box) -> bool:
    shared = min(box.right, other.right) - max(box.left, other.left)
    return shared > 0.5 * min(box.width, other.width)
