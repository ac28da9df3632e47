"""Read no more of a page than its fields need: row by row, skipping rows that hold none.

Recognition is most of the cost, and half the text of a registration card is of no interest.
What is skipped is only postponed: a page whose fields are not all found is read whole.
"""

from collections import deque
from collections.abc import Callable
from typing import Final

from tasks.reading.engines.page_lines import PageLines
from tasks.reading.image.geometry import Box, on_one_row, rows_of_boxes
from tasks.reading.kinds.spec import KindSpec, SkippedText
from tasks.reading.layout.find_labels import AnnouncedLabel, find_labels

LONG: Final = 3.6
"""How many times as wide as high a line is that can be no label of four characters."""
_SMALLER: Final = 0.85
"""Of the height of the line above. Of 29 subtitles of certificates (phone level, seeds 3019 to 3029
and 260312) the highest had 0.79; the second lines of four addresses beside them 0.94 and more, one
of a small picture 0.90."""
_CLOSE: Final = 0.75
"""Heights from the middle of a label down to that of its subtitle: those had up to 0.73, the next
rows of narrow forms 0.90 to 0.95."""
_FLUSH: Final = 0.5  # heights by which the beginnings of the two may differ


def rows_of(page_lines: PageLines) -> tuple[tuple[int, ...], ...]:
    """The lines' indices row by row, each row from left to right."""
    boxes = page_lines.boxes
    rows = rows_of_boxes(boxes, _joins_nearest)
    return tuple(tuple(sorted(row, key=lambda i: boxes[i].left)) for row in rows)


def _joins_nearest(row: list[Box], box: Box) -> bool:
    """Whether a line stands on the row of its neighbour: rows of a page may climb."""
    return on_one_row(min(row, key=lambda other: abs(other.centre - box.centre)), box)


def without_subtitles(
    page_lines: PageLines, rows: tuple[tuple[int, ...], ...]
) -> tuple[tuple[int, ...], ...]:
    """The rows without the small print under their labels: a label once more, in English."""
    kept = []
    above: tuple[int, ...] = ()
    for row in rows:
        kept.append(tuple(i for i in row if not any(_is_subtitle(page_lines, i, j) for j in above)))
        above = row
    return tuple(row for row in kept if row)


def _is_subtitle(page_lines: PageLines, index: int, label: int) -> bool:
    """Whether a line stands small, flush and close under another."""
    low, high = page_lines.boxes[index], page_lines.boxes[label]
    return (
        low.height < _SMALLER * high.height
        and abs(low.left - high.left) < _FLUSH * high.height
        and 0 < low.middle - high.middle < _CLOSE * high.height
    )


def read_heads(
    page_lines: PageLines, rows: tuple[tuple[int, ...], ...], *, enough: Callable[[], bool]
) -> None:
    """Read the first line of the rows, where labels stand, from above until `enough` is true."""
    for row in rows:
        if enough():
            return
        page_lines.line(row[0])


def read_wanted(page_lines: PageLines, rows: tuple[tuple[int, ...], ...], spec: KindSpec) -> None:
    """Read what a paper of this kind needs.

    What stands left of a line that was read to tell the orientation is read in any case: a value
    without its own label would be taken for the value of another. Short lines are read at once
    first, wanted or not: four take little longer than one.
    """
    skipped = spec.skipped
    if skipped is None:
        read_all(page_lines)
        return
    sampled = frozenset(page_lines.known())
    page_lines.prepare(i for row in rows for i in row if not _is_long(page_lines, i))
    left = deque(rows)
    labels_read: set[str] = set()
    while left and skipped.foot not in labels_read:
        row = left.pop() if skipped.lowest in labels_read else left.popleft()
        labels_read |= _read_row(page_lines, row, spec, skipped, sampled)
    for row in left:
        for index in row[: _sampled_part(row, sampled)]:
            page_lines.line(index)


def read_begun_rows(
    page_lines: PageLines, rows: tuple[tuple[int, ...], ...], spec: KindSpec
) -> None:
    """Read the rest of the rows that were begun where a label is missing that each form prints.

    A form may put what others print in a row of its own behind a value that ends the row on most.
    """
    if spec.skipped is None:
        return
    known = page_lines.known()
    texts = (line.text for line in known.values())
    printed = {key for text in texts for key in find_labels(text, spec.labels).keys}
    if spec.on_every_form <= printed:
        return
    for row in rows:
        if row[0] in known:
            for index in row:
                page_lines.line(index)


def _sampled_part(row: tuple[int, ...], sampled: frozenset[int]) -> int:
    """How much of a row has to be read because of what was read of it before."""
    return max((place for place, index in enumerate(row, start=1) if index in sampled), default=0)


def _read_row(
    page_lines: PageLines,
    row: tuple[int, ...],
    spec: KindSpec,
    skipped: SkippedText,
    sampled: frozenset[int],
) -> set[str]:
    """From left to right until the row has nothing more to give; the labels that it has."""
    labels_read: set[str] = set()
    ending = idle = False
    least = _sampled_part(row, sampled)
    for place, index in enumerate(row, start=1):
        if idle and place > least and _is_long(page_lines, index):
            idle = False
            continue
        labels = find_labels(page_lines.line(index).text, spec.labels)
        labels_read.update(labels.keys)
        no_more = _gives_no_more(labels, skipped, first=place == 1, ending=ending)
        if no_more and place >= least:
            return labels_read
        last = labels.keys[-1] if labels.keys else None
        ending = ending or last in skipped.row_ends
        idle = labels.open_end and last in skipped.values
    return labels_read


def _gives_no_more(
    labels: AnnouncedLabel, skipped: SkippedText, *, first: bool, ending: bool
) -> bool:
    """Whether nothing wanted follows a line on its row."""
    if not labels.keys:
        return ending
    if first and labels.keys[0] in skipped.rows:
        return True
    return labels.keys[-1] in skipped.row_ends and not labels.open_end


def _is_long(page_lines: PageLines, index: int) -> bool:
    box = page_lines.boxes[index]
    return box.width > LONG * box.height


def read_all(page_lines: PageLines) -> None:
    """Read every line."""
    every = range(len(page_lines.quads))
    page_lines.prepare(every)
    for index in every:
        page_lines.line(index)
