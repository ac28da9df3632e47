"""Read no more of a page than its fields need: row by row, skipping rows that hold none.

Recognition is most of the cost, and half the text of a registration card is of no interest.
What is skipped is only postponed: a page whose fields are not all found is read whole.
"""

from types import MappingProxyType
from typing import Final, NamedTuple

from models.document import DocumentKind
from tasks.reading.labels import announced
from tasks.reading.lexicon import LEXICONS
from tasks.reading.sheet import Sheet

SAME_ROW: Final = 0.6


class Shortcuts(NamedTuple):
    """Where a kind prints nothing of interest.

    Attributes:
        idle_rows: A row that begins with one of these labels holds no wanted field.
        row_ends: After the value of one of these labels the row holds no wanted field.
    """

    idle_rows: frozenset[str]
    row_ends: frozenset[str]


SHORTCUTS: Final = MappingProxyType(
    {
        DocumentKind.HUKOU_MEMBER: Shortcuts(
            frozenset({"other_address", "employer", "moved_to_city", "moved_here"}),
            frozenset({"id_number", "registration_date"}),
        ),
        DocumentKind.BIRTH_CERTIFICATE: Shortcuts(
            frozenset({"address", "birth_place", "institution", "id_kind", "weight", "length"}),
            frozenset({"mother_name", "father_name", "id_number", "birth_time"}),
        ),
        DocumentKind.HUKOU_COVER: Shortcuts(
            frozenset({"seal_province", "seal_station", "seal"}), frozenset()
        ),
    }
)


def rows_of(sheet: Sheet) -> tuple[tuple[int, ...], ...]:
    """The lines' indices row by row, each row from left to right."""
    rows: list[list[int]] = []
    for index in sorted(range(len(sheet.boxes)), key=lambda i: sheet.boxes[i].middle):
        row = next((r for r in reversed(rows[-3:]) if _fits(sheet, r, index)), None)
        if row is None:
            rows.append([index])
        else:
            row.append(index)
    return tuple(tuple(sorted(row, key=lambda i: sheet.boxes[i].left)) for row in rows)


def _fits(sheet: Sheet, row: list[int], index: int) -> bool:
    box = sheet.boxes[index]
    near = min(row, key=lambda i: abs(sheet.boxes[i].centre - box.centre))
    other = sheet.boxes[near]
    return abs(other.middle - box.middle) < SAME_ROW * min(other.height, box.height)


def read_heads(sheet: Sheet, rows: tuple[tuple[int, ...], ...]) -> None:
    """Read the first line of every row: where labels stand."""
    for row in rows:
        sheet.line(row[0])


def read_wanted(sheet: Sheet, rows: tuple[tuple[int, ...], ...], kind: DocumentKind) -> None:
    """Read what a paper of this kind needs."""
    shortcuts = SHORTCUTS.get(kind)
    for row in rows:
        if shortcuts is None:
            for index in row:
                sheet.line(index)
        else:
            _read_row(sheet, row, kind, shortcuts)


def _read_row(sheet: Sheet, row: tuple[int, ...], kind: DocumentKind, shortcuts: Shortcuts) -> None:
    """From left to right until the row has nothing more to give."""
    ending = False
    for index in row:
        found = announced(sheet.line(index).text, LEXICONS[kind])
        if index == row[0] and found.keys and found.keys[0] in shortcuts.idle_rows:
            return
        if ending and not found.keys:
            return
        if found.keys and found.keys[-1] in shortcuts.row_ends:
            if not found.open_end:
                return
            ending = True


def read_all(sheet: Sheet) -> None:
    """Read every line."""
    for index in range(len(sheet.quads)):
        sheet.line(index)
