"""One table of the last publication, typed, as a frame of pandas, polars or DuckDB."""

import datetime as dt
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, Literal

import pyarrow as pa
import pyarrow.dataset as pads
from pyarrow import fs

from models.errors import KinbindError
from models.reports.dataset_manifest import MANIFESTS, DatasetManifest, DatasetPart
from models.reports.dataset_table import SCHEMA_VERSION, ColumnType, DatasetTable
from models.reports.office_tables import TABLES
from models.reports.replay_table import REPLAY

FrameKind = Literal["pandas", "polars", "duckdb", "arrow"]
_TABLES: Final = {table.name: table for table in TABLES}
_PLAIN: Final = {
    ColumnType.TEXT: pa.dictionary(pa.int32(), pa.string()),
    ColumnType.INTEGER: pa.int32(),
    ColumnType.NUMBER: pa.float64(),
    ColumnType.FLAG: pa.bool_(),
    ColumnType.DATE: pa.date32(),
}
_DAYS: Final = ("received_on", "opened_on")


class DatasetMissingError(KinbindError):
    """Nothing was published at the place that was asked."""


def manifest(folder: str | Path | None = None) -> DatasetManifest:
    """What the last publication consists of: when, how many rows, what was withheld.

    Args:
        folder: A folder or `s3://bucket/prefix`; None: where `KINBIND_DATASET` says, else
            `.kinbind/dataset`, here or further up.

    Raises:
        DatasetMissingError: Nothing was published there, or by another version of the tables.
    """
    files, root = _place(folder)
    found = files.get_file_info(fs.FileSelector(f"{root}/{MANIFESTS}", allow_not_found=True))
    names = sorted(one.path for one in found if one.path.endswith(".json"))
    if not names:
        raise DatasetMissingError(
            "没有找到已发布的数据表，请先运行 kinbind dataset。"
            "No tables are published there; run: kinbind dataset"
        )
    with files.open_input_stream(names[-1]) as stream:
        content = DatasetManifest.model_validate_json(stream.read())
    if content.schema_version != SCHEMA_VERSION:
        raise DatasetMissingError(
            "数据表由另一版本发布，请重新运行 kinbind dataset。"
            "The tables are of another version; run: kinbind dataset"
        )
    return content


def load(
    table: str,
    *,
    since: dt.date | str | None = None,
    until: dt.date | str | None = None,
    columns: Sequence[str] | None = None,
    engine: FrameKind = "pandas",
    folder: str | Path | None = None,
) -> Any:  # noqa: ANN401 - the frame of the library that was asked for
    """A table, or a part of it.

    Args:
        table: Its name; `docs/data-dictionary.md` lists tables and columns.
        since: First day of receipt (of opening, for cases before people); a table without days
            is cut by months.
        until: Last day.
        columns: Those that are wanted; None: all.
        engine: Whose frame it becomes. Words are categories, days are dates, and what may be
            empty stays typed (`Int32`, `boolean`).
        folder: As for `manifest`.

    Raises:
        DatasetMissingError: Nothing was published there.
        ValueError: There is no such table, or no such day; says which there are.
    """
    shape = _shape(table)
    files, root = _place(folder)
    start, end = _day(since), _day(until)
    parts = [part for part in manifest(folder).parts if part.table == table]
    paths = [f"{root}/{part.key}" for part in parts if _touches(part, start, end)]
    wanted = list(columns) if columns is not None else list(shape.names)
    if not paths:
        found = _schema(shape).empty_table().select(wanted)
    else:
        source = pads.dataset(paths, filesystem=files, format="parquet", schema=_schema(shape))
        found = source.to_table(columns=wanted, filter=_filter(shape, start, end))
    return _as_frame(found.unify_dictionaries(), engine)


def load_replay(path: str | Path | None = None, *, engine: FrameKind = "pandas") -> Any:  # noqa: ANN401
    """What other policies would change, as `kinbind policy replay --table` wrote it; None: nothing.

    Args:
        path: The file; None: where `KINBIND_REPLAY` says, else `.kinbind/replay.parquet`, here or
            further up.
        engine: Whose frame it becomes.
    """
    wanted = str(path or os.environ.get("KINBIND_REPLAY") or ".kinbind/replay.parquet")
    found = _upwards(Path(wanted).expanduser())
    if not found.is_file():
        return None
    return _as_frame(pads.dataset(found, schema=_schema(REPLAY)).to_table(), engine)


def _as_frame(table: pa.Table, engine: FrameKind) -> Any:  # noqa: ANN401
    match engine:
        case "arrow":
            return table
        case "polars":
            import polars as pl

            return pl.from_arrow(table)
        case "duckdb":
            import duckdb

            return duckdb.from_arrow(table)
        case _:
            import pandas as pd

            nullable = {pa.int32(): pd.Int32Dtype(), pa.bool_(): pd.BooleanDtype()}
            return table.to_pandas(types_mapper=nullable.get, date_as_object=False)


def _schema(table: DatasetTable) -> pa.Schema:
    return pa.schema([pa.field(c.name, _PLAIN[c.type], c.nullable) for c in table.columns])


def _filter(table: DatasetTable, start: dt.date | None, end: dt.date | None) -> Any:  # noqa: ANN401
    column = next((name for name in _DAYS if name in table.names), None)
    if column is None or (start is None and end is None):
        return None
    day = pads.field(column)
    first = day >= pa.scalar(start or dt.date.min, pa.date32())
    return first & (day <= pa.scalar(end or dt.date.max, pa.date32()))


def _touches(part: DatasetPart, start: dt.date | None, end: dt.date | None) -> bool:
    """Whether a file can hold rows of the days that are asked for."""
    if part.month is None:
        return True
    after = start is None or part.month >= f"{start:%Y-%m}"
    return after and (end is None or part.month <= f"{end:%Y-%m}")


def _shape(table: str) -> DatasetTable:
    if table not in _TABLES:
        names = ", ".join(_TABLES)
        msg = f"没有数据表 {table}，可选 there is no table {table}; one of: {names}"
        raise ValueError(msg)
    return _TABLES[table]


def _day(day: dt.date | str | None) -> dt.date | None:
    if not isinstance(day, str):
        return day
    try:
        return dt.date.fromisoformat(day)
    except ValueError:
        msg = f"{day} 不是日期，应如 2026-10-01 {day} is no day: write it as 2026-10-01"
        raise ValueError(msg) from None


def _place(folder: str | Path | None) -> tuple[fs.FileSystem, str]:
    """The file system and the path in it."""
    wanted = str(folder or os.environ.get("KINBIND_DATASET") or ".kinbind/dataset")
    if wanted.startswith("s3://"):
        return _bucket(), wanted.removeprefix("s3://").rstrip("/")
    return fs.LocalFileSystem(), str(_upwards(Path(wanted).expanduser()).absolute())


def _upwards(path: Path) -> Path:
    """A relative path where it exists: here, or in the nearest folder above."""
    here = Path.cwd()
    return next((base / path for base in (here, *here.parents) if (base / path).exists()), path)


def _bucket() -> fs.FileSystem:
    """The S3 server of the settings; the keys are looked for where the S3 client looks."""
    told = {
        "endpoint_override": os.environ.get("KINBIND_S3_ENDPOINT_URL"),
        "region": os.environ.get("KINBIND_S3_REGION"),
        "access_key": os.environ.get("KINBIND_S3_ACCESS_KEY"),
        "secret_key": os.environ.get("KINBIND_S3_SECRET_KEY"),
    }
    return fs.S3FileSystem(**{name: value for name, value in told.items() if value})
