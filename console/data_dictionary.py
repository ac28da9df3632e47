"""The page that explains every table and column: `python -m console.data_dictionary`."""

import sys
from collections.abc import Iterator

from models.reports.dataset_table import SCHEMA_VERSION, ColumnType, DatasetColumn
from models.reports.office_tables import TABLES

_TYPES = {
    ColumnType.TEXT: "文字 text",
    ColumnType.INTEGER: "整数 integer",
    ColumnType.NUMBER: "小数 number",
    ColumnType.FLAG: "是否 flag",
    ColumnType.DATE: "日期 date",
}
_HEAD = (
    "| 列 column | 类型 type | 可空 | 说明 | meaning | 取值 values |",
    "|---|---|---|---|---|---|",
)
_INTRODUCTION = f"""\
Made of the code by `python -m console.data_dictionary`; version {SCHEMA_VERSION} of the tables.
`kinbind dataset` publishes them, `kinbind.frames` loads them ([frames.md](frames.md)).

No names, numbers, file names or times of day stand in them, and pseudonyms are keyed hashes. At
least k rounds (`KINBIND_ANONYMITY`, 10 unless set) share every combination of place, product,
channel, employer, day, relation, route, age, sex, ethnicity group, number of the handing-in and
kinds of paper; rarer ones are coarser, empty or withheld, and the manifest counts them. Tables by
months lie under `<table>/month=YYYY-MM/`; the last file of `manifests/` names the files of one
snapshot. Each Parquet file carries version, moment and these descriptions in its metadata.
"""


def data_dictionary() -> str:
    """The whole page, in Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield from ("# 数据表说明 Data dictionary", "")
    yield from _INTRODUCTION.splitlines()
    for table in TABLES:
        yield from ("", f"## {table.name}", "", f"{table.zh}。{table.en}.", "")
        yield from _HEAD
        yield from map(_row, table.columns)


def _row(column: DatasetColumn) -> str:
    values = " ".join(f"`{value}`" for value in column.values)
    empty = "是" if column.nullable else ""
    kind = _TYPES[column.type]
    return f"| `{column.name}` | {kind} | {empty} | {column.zh} | {column.en} | {values} |"


if __name__ == "__main__":
    sys.stdout.write(data_dictionary())
