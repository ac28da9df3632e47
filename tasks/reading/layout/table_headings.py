"""Tables whose headings stand above their values, as certificates of insurance print them.

On a curled sheet a value of the last column may lie as high as the heading of the first one. What
stands beside what tells nothing there; what stands under what does.
"""

from typing import Final

from tasks.reading.engines.text_lines import TextSpan
from tasks.reading.image.geometry import Box
from tasks.reading.layout.split_labels import PlacedLabel

ALIGNED: Final = 1.0
"""Heights between the left ends of a heading and its value; on 30 photographs of such tables,
phone and small, at most 0.2."""
NEAREST: Final = 0.7
FARTHEST: Final = 2.2
"""Heights from the middle of a heading down to that of its value; on the same
photographs 1.1 to 1.7."""
SAME_ROW: Final = 0.8  # heights between the middles of two headings that stand side by side
BESIDE: Final = 0.5  # heights between the middles of a label and what is printed beside it


def values_under_headings(
    labels: tuple[PlacedLabel, ...], values: tuple[TextSpan, ...]
) -> dict[int, TextSpan]:
    """The values of a table's columns by the index of their heading.

    One label with a line under it is no table: two or more of one row must have their values
    under them, and nothing printed beside them.
    """
    under = {}
    for index, label in enumerate(labels):
        value = _under(label, labels, values)
        if value is not None:
            under[index] = value
    columns = tuple(under.values())
    headings = sorted(
        (i for i in under if not _has_value_beside(labels[i], labels, values, columns)),
        key=lambda i: labels[i].box.left,
    )
    in_rows = {i for i in headings if any(_side_by_side(labels[i], labels[j]) for j in headings)}
    return {i: under[i] for i in in_rows if columns.count(under[i]) == 1}


def _under(
    label: PlacedLabel, labels: tuple[PlacedLabel, ...], values: tuple[TextSpan, ...]
) -> TextSpan | None:
    """The nearest value under a label, where no other label stands between."""
    below = [value for value in values if _is_under(value.box, label.box)]
    if not below:
        return None
    nearest = min(below, key=lambda value: value.box.middle)
    other = any(
        _is_under(between.box, label.box) and between.box.middle < nearest.box.middle
        for between in labels
        if between is not label
    )
    return None if other else nearest


def _is_under(box: Box, heading: Box) -> bool:
    unit = max(box.height, heading.height)
    down = box.middle - heading.middle
    return abs(box.left - heading.left) < ALIGNED * unit and (
        NEAREST * unit < down < FARTHEST * unit
    )


def _has_value_beside(
    label: PlacedLabel,
    labels: tuple[PlacedLabel, ...],
    values: tuple[TextSpan, ...],
    columns: tuple[TextSpan, ...],
) -> bool:
    """Whether a value that stands under no heading itself follows on the label's own row."""
    box = label.box
    ends = [o.box.left for o in labels if o.box.left > box.right and _level(o.box, box, SAME_ROW)]
    end = min(ends, default=float("inf"))
    return any(
        box.centre < value.box.left < end
        and _level(value.box, box, BESIDE)
        and not any(value is column for column in columns)
        for value in values
    )


def _level(one: Box, other: Box, most: float) -> bool:
    return abs(one.middle - other.middle) < most * max(one.height, other.height)


def _side_by_side(one: PlacedLabel, other: PlacedLabel) -> bool:
    """Whether two labels are headings of one row, neither standing over the other."""
    apart = one.box.right < other.box.left or other.box.right < one.box.left
    return one is not other and apart and _level(one.box, other.box, SAME_ROW)
