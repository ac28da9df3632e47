"""Read no more of a page than its fields need: row by row, skipping rows that hold none.

Recognition is most of the cost, and half the text of a registration card is of no interest.
What is skipped is only postponed: a page whose fields are not all found is read whole.
"""

from collections import deque
from collections.abc import Callable
from types import MappingProxyType
from typing import Final, NamedTuple

from models.reading.document import DocumentKind
from tasks.reading.engines.lazy_lines import PageLines
from tasks.reading.layout.labels import AnnouncedLabel, announced
from tasks.reading.layout.lexicon import LEXICONS

SAME_ROW: Final = 0.6
LONG: Final = 3.6
"""How many times as wide as high a line is that can be no label of four characters."""
_SMALLER: Final = 0.92  # of the height of the line above: no second line of one text
_CLOSE: Final = 0.95  # heights from the middle of a label down to that of its subtitle
_FLUSH: Final = 0.5  # heights by which the beginnings of the two may differ
NOTHING: Final[frozenset[str]] = frozenset()


class Shortcuts(NamedTuple):
    """Where a kind prints nothing of interest.

    Attributes:
        idle_rows: A row that begins with one of these labels holds no wanted field.
        row_ends: After the value of one of these labels the row holds no wanted field.
        idle_values: A long line after one of these labels is its value, and not wanted.
        lowest: Once this label was seen, only the rows at the foot are left to be read.
        foot: What is wanted of them, from below.
    """

    idle_rows: frozenset[str]
    row_ends: frozenset[str] = NOTHING
    idle_values: frozenset[str] = NOTHING
    lowest: str | None = None
    foot: str | None = None


SHORTCUTS: Final = MappingProxyType(
    {
        DocumentKind.HUKOU_MEMBER: Shortcuts(
            frozenset({"other_address", "employer", "moved_to_city", "moved_here"}),
            frozenset({"id_number", "registration_date", "marital_status"}),
            frozenset({"birth_place", "native_place"}),
            lowest="marital_status",
            foot="registration_date",
        ),
        DocumentKind.BIRTH_CERTIFICATE: Shortcuts(
            frozenset({"birth_place", "institution", "weight", "length"}),
            frozenset({"mother_name", "father_name", "id_number", "birth_time"}),
            frozenset({"address", "id_kind"}),
        ),
        DocumentKind.HUKOU_COVER: Shortcuts(frozenset({"seal_province", "seal_station", "seal"})),
    }
)


def rows_of(sheet: PageLines) -> tuple[tuple[int, ...], ...]:
    """The lines' indices row by row, each row from left to right."""
    rows: list[list[int]] = []
    for index in sorted(range(len(sheet.boxes)), key=lambda i: sheet.boxes[i].middle):
        row = next((r for r in reversed(rows[-3:]) if _fits(sheet, r, index)), None)
        if row is None:
            rows.append([index])
        else:
            row.append(index)
    return tuple(tuple(sorted(row, key=lambda i: sheet.boxes[i].left)) for row in rows)


def _fits(sheet: PageLines, row: list[int], index: int) -> bool:
    box = sheet.boxes[index]
    near = min(row, key=lambda i: abs(sheet.boxes[i].centre - box.centre))
    other = sheet.boxes[near]
    return abs(other.middle - box.middle) < SAME_ROW * min(other.height, box.height)


def without_subtitles(
    sheet: PageLines, rows: tuple[tuple[int, ...], ...]
) -> tuple[tuple[int, ...], ...]:
    """The rows without the small print under their labels: a label once more, in English."""
    kept = []
    above: tuple[int, ...] = ()
    for row in rows:
        kept.append(tuple(i for i in row if not any(_is_subtitle(sheet, i, j) for j in above)))
        above = row
    return tuple(row for row in kept if row)


def _is_subtitle(sheet: PageLines, index: int, label: int) -> bool:
    """Whether a line stands small, flush and close under another."""
    low, high = sheet.boxes[index], sheet.boxes[label]
    return (
        low.height < _SMALLER * high.height
        and abs(low.left - high.left) < _FLUSH * high.height
        and 0 < low.middle - high.middle < _CLOSE * high.height
    )


def read_heads(
    sheet: PageLines, rows: tuple[tuple[int, ...], ...], *, enough: Callable[[], bool]
) -> None:
    """Read the first line of the rows, where labels stand, from above until `enough` is true."""
    for row in rows:
        if enough():
            return
        sheet.line(row[0])


def read_wanted(sheet: PageLines, rows: tuple[tuple[int, ...], ...], kind: DocumentKind) -> None:
    """Read what a paper of this kind needs.

    What stands left of a line that was read to tell the orientation is read in any case: a value
    without its own label would be taken for the value of another.
    """
    shortcuts = SHORTCUTS.get(kind)
    if shortcuts is None:
        read_all(sheet)
        return
    sampled = frozenset(sheet.known())
    left = deque(rows)
    seen: set[str] = set()
    while left and shortcuts.foot not in seen:
        row = left.pop() if shortcuts.lowest in seen else left.popleft()
        seen |= _read_row(sheet, row, kind, shortcuts, sampled)
    for row in left:
        for index in row[: _sampled_part(row, sampled)]:
            sheet.line(index)


def _sampled_part(row: tuple[int, ...], sampled: frozenset[int]) -> int:
    """How much of a row has to be read because of what was read of it before."""
    return max((place for place, index in enumerate(row, start=1) if index in sampled), default=0)


def _read_row(
    sheet: PageLines,
    row: tuple[int, ...],
    kind: DocumentKind,
    shortcuts: Shortcuts,
    sampled: frozenset[int],
) -> set[str]:
    """From left to right until the row has nothing more to give; the labels that it has."""
    seen: set[str] = set()
    ending = idle = False
    least = _sampled_part(row, sampled)
    for place, index in enumerate(row, start=1):
        if idle and place > least and _is_long(sheet, index):
            idle = False
            continue
        found = announced(sheet.line(index).text, LEXICONS[kind])
        seen.update(found.keys)
        no_more = _gives_no_more(found, shortcuts, first=place == 1, ending=ending)
        if no_more and place >= least:
            return seen
        last = found.keys[-1] if found.keys else None
        ending = ending or last in shortcuts.row_ends
        idle = found.open_end and last in shortcuts.idle_values
    return seen


def _gives_no_more(
    found: AnnouncedLabel, shortcuts: Shortcuts, *, first: bool, ending: bool
) -> bool:
    """Whether nothing wanted follows a line on its row."""
    if not found.keys:
        return ending
    if first and found.keys[0] in shortcuts.idle_rows:
        return True
    return found.keys[-1] in shortcuts.row_ends and not found.open_end


def _is_long(sheet: PageLines, index: int) -> bool:
    box = sheet.boxes[index]
    return box.width > LONG * box.height


def read_all(sheet: PageLines) -> None:
    """Read every line."""
    for index in range(len(sheet.quads)):
        sheet.line(index)
