"""What every table promises, as `pandera` schemas made of the data dictionary's own columns."""

from typing import Final

import pandera.pandas as pandera

from models.reports.dataset_table import ColumnType, DatasetColumn
from models.reports.office_tables import TABLES

_DTYPES: Final = {
    ColumnType.TEXT: "category",
    ColumnType.INTEGER: "Int32",
    ColumnType.NUMBER: "float64",
    ColumnType.FLAG: "boolean",
    ColumnType.DATE: "datetime64[ns]",
}


def contract(table: str) -> pandera.DataFrameSchema:
    """The schema that `load(table)` of pandas keeps: columns, types, emptiness, closed lists.

    Raises:
        KeyError: There is no such table.
    """
    shape = {one.name: one for one in TABLES}[table]
    columns = {column.name: _column(column) for column in shape.columns}
    return pandera.DataFrameSchema(columns, strict=True, ordered=True, name=table)


def _column(column: DatasetColumn) -> pandera.Column:
    checks = [pandera.Check.isin(column.values)] if column.values else []
    kind = None if column.type in {ColumnType.TEXT, ColumnType.DATE} else _DTYPES[column.type]
    return pandera.Column(kind, checks=checks, nullable=column.nullable)
