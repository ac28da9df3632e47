"""Published tables as Parquet in a folder or a bucket: written once, and named by a manifest.

Files carry the digest of what they were made of, so a month that did not change is not written
again. A reader takes the files of the last manifest, which appears whole and after them: one
snapshot, whenever it looks.
"""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from models.reports.dataset_manifest import MANIFESTS, DatasetManifest, DatasetPart
from models.reports.dataset_table import SCHEMA_VERSION, ColumnType, DatasetTable
from storage.objects.store import ObjectStore
from storage.private_files import replace_private

_ARROW: Final = {
    ColumnType.TEXT: pa.dictionary(pa.int32(), pa.string()),
    ColumnType.INTEGER: pa.int32(),
    ColumnType.NUMBER: pa.float64(),
    ColumnType.FLAG: pa.bool_(),
    ColumnType.DATE: pa.date32(),
}
_KEPT_MANIFESTS: Final = 2
"""The last one and the one before it, whose files somebody may be reading."""


class ChosenColumn(NamedTuple):
    """A column whose cells are told by their places among some values.

    What holds for a round stands in the rows of all its papers: it is turned into Arrow once.

    Attributes:
        values: Each once, or at least seldom.
        places: Of each row, from 0.
    """

    values: Sequence[Any]
    places: np.ndarray[Any, np.dtype[np.int64]]


Columns = Mapping[str, Sequence[Any] | ChosenColumn]
"""Cells by column, all equally many."""


class TableFile:
    """One file of one table while it is written, a portion at a time."""

    def __init__(self, table: DatasetTable, month: str | None, state: str, as_of: str) -> None:
        """Begin a file; nothing is stored before it is finished.

        Args:
            table: Whose columns it has.
            month: Whose rounds it holds; None for all.
            state: Digest of what it is made of.
            as_of: When that was read, for the file's own metadata.
        """
        self._table = table
        self._month = month
        self._state = state
        self._rows = 0
        self._schema = arrow_schema(table, {"as_of": as_of, "month": month or ""})
        self._buffer = pa.BufferOutputStream()
        self._writer = pq.ParquetWriter(self._buffer, self._schema, compression="zstd")

    def add(self, columns: Columns) -> None:
        """Write a portion; nothing where it has no columns."""
        if not columns:
            return
        batch = _batch(columns, self._schema)
        self._rows += batch.num_rows
        self._writer.write_table(batch)

    def finish(self, store: ObjectStore) -> DatasetPart:
        """Store the file."""
        self._writer.close()
        folder = f"{self._table.name}/month={self._month}" if self._month else self._table.name
        part = DatasetPart(
            table=self._table.name,
            key=f"{folder}/{self._state[:24]}.parquet",
            month=self._month,
            rows=self._rows,
            state=self._state,
        )
        store.put(part.key, self._buffer.getvalue().to_pybytes())
        return part


def write_table(table: DatasetTable, columns: Columns, path: Path) -> None:
    """Write one table by itself, private to its owner, in the place of an earlier one.

    Raises:
        OSError: The file cannot be written there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    buffer = pa.BufferOutputStream()
    pq.write_table(_batch(columns, arrow_schema(table, {})), buffer, compression="zstd")
    replace_private(path, buffer.getvalue().to_pybytes())


def _batch(columns: Columns, schema: pa.Schema) -> pa.Table:
    arrays = [_array(columns[field.name], field.type) for field in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


def arrow_schema(table: DatasetTable, more: Mapping[str, str]) -> pa.Schema:
    """The columns of a table with what they mean, as Parquet files carry it."""
    fields = [
        pa.field(
            column.name,
            _ARROW[column.type],
            nullable=column.nullable,
            metadata={"description": column.en, "description_zh": column.zh},
        )
        for column in table.columns
    ]
    metadata = {"table": table.name, "description": table.en, "description_zh": table.zh}
    return pa.schema(fields, {**metadata, "schema_version": str(SCHEMA_VERSION), **more})


def state_digest(*parts: object) -> str:
    """A digest of what a file is made of."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def last_manifest(store: ObjectStore) -> DatasetManifest | None:
    """The manifest in force; None where nothing was published, or by another schema."""
    keys = sorted(store.keys(f"{MANIFESTS}/"))
    if not keys:
        return None
    manifest = DatasetManifest.model_validate_json(store.get(keys[-1]))
    return manifest if manifest.schema_version == SCHEMA_VERSION else None


def put_manifest(store: ObjectStore, manifest: DatasetManifest) -> None:
    """Publish a snapshot, then delete what neither it nor the one before it names."""
    store.put(manifest.key, manifest.model_dump_json(indent=1).encode())
    keys = sorted(store.keys(f"{MANIFESTS}/"))
    for old in keys[:-_KEPT_MANIFESTS]:
        store.delete(old)
    kept = [DatasetManifest.model_validate_json(store.get(k)) for k in keys[-_KEPT_MANIFESTS:]]
    named = {part.key for one in kept for part in one.parts}
    for key in list(store.keys("")):
        if key.endswith(".parquet") and key not in named:
            store.delete(key)


def _array(cells: Sequence[Any] | ChosenColumn, kind: pa.DataType) -> pa.Array:
    words = pa.types.is_dictionary(kind)
    values = cells.values if isinstance(cells, ChosenColumn) else cells
    plain = pa.array(values, kind.value_type if words else kind)
    found = plain.dictionary_encode() if words else plain
    return found.take(pa.array(cells.places)) if isinstance(cells, ChosenColumn) else found
