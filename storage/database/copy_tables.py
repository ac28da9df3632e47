"""The case database as a file: every table in one consistent state, and back into an empty one."""

from typing import Final

from sqlalchemy import Connection, Engine, Integer, func, insert, select, text

from models.errors import SettingError
from storage.database.engine import without_limits
from storage.database.tables.base import Table
from storage.database.tables.cases import InstallationRow
from storage.database.transactions import snapshot, writing

_PORTION: Final = 500
_NOT_COPIED: Final = frozenset({"sessions", "sign_in_failures", "sign_in_places"})
"""Nobody is signed in to a restored office, and nobody is known there."""


def copy_tables(source: Engine, target: Engine) -> None:
    """Copy every row, in the order in which tables refer to one another.

    People go on working on the source: one state of it is copied.

    Args:
        source: A database at this version's tables.
        target: An empty one at the same tables.

    Raises:
        SettingError: The target is not empty.
    """
    with snapshot(source) as rows, writing(target) as copy:
        if copy.execute(select(InstallationRow.name)).first() is not None:
            raise SettingError(
                "目标案件库不是空的，不能恢复到其中。"
                " The case database to restore into is not empty: choose an empty home or database."
            )
        without_limits(copy)
        for table in Table.metadata.sorted_tables:
            if table.name not in _NOT_COPIED:
                _copy(rows, copy, table.name)


def _copy(rows: Connection, copy: Connection, name: str) -> None:
    table = Table.metadata.tables[name]
    query = select(table).order_by(*table.primary_key)
    found = rows.execution_options(yield_per=_PORTION).execute(query).mappings()
    for portion in found.partitions(_PORTION):
        copy.execute(insert(table), [dict(row) for row in portion])
    if copy.dialect.name == "postgresql":
        _continue_numbers(copy, name)


def _continue_numbers(copy: Connection, name: str) -> None:
    """Let PostgreSQL number new rows after the copied ones, where it is the one who numbers."""
    table = Table.metadata.tables[name]
    column = table.autoincrement_column
    if column is None or not isinstance(column.type, Integer) or column.autoincrement is not True:
        return
    last = copy.scalar(select(func.max(column)))
    if last is not None:
        sequence = text("SELECT setval(pg_get_serial_sequence(:table, :column), :last)")
        copy.execute(sequence, {"table": name, "column": column.name, "last": last})
