"""Many more rounds out of a simulated history, to measure tables at the size of a large office.

To check 100,000 rounds takes the better part of an hour; to copy 2,000 takes seconds. Copies lie on
the same days and have other places and channels, so that many combinations are rare among them too.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import case, func, insert, literal, select

from storage.bootstrap import Repositories
from storage.database.tables.base import Table
from storage.database.tables.cases import DocumentRow, FindingRow, RoundRow
from storage.database.tables.reports import RoundFiguresRow
from storage.database.tables.reviews import CorrectionRow, OpinionRow, ReviewRow
from storage.database.transactions import writing

_TABLES: Final[tuple[tuple[type[Table], str], ...]] = (
    (RoundRow, "round_id"),
    (DocumentRow, "round_id"),
    (FindingRow, "round_id"),
    (RoundFiguresRow, "round_id"),
    (ReviewRow, "review_id"),
    (OpinionRow, "review_id"),
    (CorrectionRow, "round_id"),
)
"""Every table that a history fills, parents first, and the identifier that a copy is told by."""
_IDENTIFIERS: Final = {"round_id": 9, "review_id": 9, "application_id": 1}
"""From which character on an identifier goes on in a copy's, which is no longer than 32."""
_COUNTED: Final = frozenset({"correction_id"})
_MARK: Final = "copy"
"""Identifiers of originals are hexadecimal: none begins so."""
_TURNED: Final = {"region": 1, "channel": 8}
"""Columns whose values change places among copies, and after how many copies they do."""
_Values = Mapping[str, Sequence[str]]


def copy_history(office: Repositories, copies: int) -> None:
    """Put copies of a whole history beside it.

    Args:
        office: It holds one simulated history and nothing else.
        copies: How many; each has as many rounds as the history, fewer than 10,000 of them.
    """
    with writing(office.engine) as connection:
        values = {
            name: connection.execute(select(getattr(RoundRow, name)).distinct()).scalars().all()
            for name in _TURNED
        }
        for copy in range(1, copies + 1):
            for table, identifier in _TABLES:
                names = [c.name for c in table.__table__.columns if c.name not in _COUNTED]
                query = select(*(_copied(table, name, copy, values) for name in names))
                query = query.where(~getattr(table, identifier).startswith(_MARK))
                connection.execute(insert(table).from_select(names, query))


def _copied(table: type[Table], name: str, copy: int, values: _Values) -> Any:  # noqa: ANN401 - SQL
    column = getattr(table, name)
    if name in _IDENTIFIERS:
        rest = func.substr(column, _IDENTIFIERS[name])
        return literal(f"{_MARK}{copy:04}").concat(rest)
    if table is RoundRow and name in _TURNED:
        known, turn = values[name], copy // _TURNED[name]
        turned = {one: known[(at + turn) % len(known)] for at, one in enumerate(known)}
        return case(turned, value=column, else_=column)
    return column
