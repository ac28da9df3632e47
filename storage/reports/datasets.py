"""The data team's tables as Parquet: nothing in them leads to a person.

Applications carry a keyed pseudonym, times are days, and what stood on a paper is not there.
"""

import datetime as dt
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import Row, Select, select

from models.clock import CHINA
from storage.cases.case_repository import CaseRepository
from storage.cases.round_rows import MACHINE, PERSON
from storage.database.tables import DocumentRow, FindingRow, RoundRow

_APPLICATIONS: Final = pa.schema(
    [
        ("application", pa.string()),
        ("round", pa.int32()),
        ("region", pa.string()),
        ("product", pa.string()),
        ("channel", pa.string()),
        ("submitted_on", pa.date32()),
        ("received_on", pa.date32()),
        ("stage", pa.string()),
        ("outcome", pa.string()),
        ("policy_version", pa.string()),
        ("decided_on", pa.date32()),
        ("decided_by_machine", pa.bool_()),
        ("machine_outcome", pa.string()),
        ("answer_due_on", pa.date32()),
        ("answer_due_provisional", pa.bool_()),
    ]
)
_DOCUMENTS: Final = pa.schema(
    [
        ("application", pa.string()),
        ("round", pa.int32()),
        ("ordinal", pa.int32()),
        ("kind", pa.string()),
        ("kind_confidence", pa.float64()),
        ("page", pa.int32()),
        ("part", pa.int32()),
        ("blur", pa.float64()),
        ("glare", pa.float64()),
        ("glyph_height_px", pa.float64()),
        ("rotation", pa.int32()),
        ("corners_visible", pa.int32()),
        ("seal", pa.bool_()),
        ("colour", pa.bool_()),
        ("fields_read", pa.int32()),
        ("mean_confidence", pa.float64()),
        ("seconds", pa.float64()),
        ("engine", pa.string()),
    ]
)
_FINDINGS: Final = pa.schema(
    [
        ("application", pa.string()),
        ("round", pa.int32()),
        ("ordinal", pa.int32()),
        ("code", pa.string()),
        ("severity", pa.string()),
        ("verdict", pa.string()),
        ("subject", pa.string()),
        ("kind", pa.string()),
        ("origin", pa.string()),
        ("in_force", pa.bool_()),
    ]
)


"""A day is the office's day: what came in before eight in the morning UTC belongs to it."""


def publish_dataset(book: CaseRepository, folder: Path) -> dict[str, int]:
    """Write `applications`, `documents` and `findings` as Parquet files.

    Args:
        book: Where the cases stand.
        folder: Where the files go; each one is replaced as a whole.

    Returns:
        How many rows each table has.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rounds = select(*RoundRow.__table__.columns).order_by(RoundRow.round_id)
    tables = {
        "applications": (_APPLICATIONS, (_application(book, row) for row in book.rows(rounds))),
        "documents": (_DOCUMENTS, _parts(book, DocumentRow, _DOCUMENTS)),
        "findings": (_FINDINGS, _findings(book)),
    }
    return {
        name: _write(folder / f"{name}.parquet", schema, rows)
        for name, (schema, rows) in tables.items()
    }


def _application(book: CaseRepository, row: Row[tuple[object, ...]]) -> dict[str, object]:
    return {
        "application": book.pseudonym(row.application_id),
        **{
            name: getattr(row, name)
            for name in (
                *("round", "region", "product", "channel", "stage", "outcome"),
                *("machine_outcome", "answer_due_on", "answer_due_provisional"),
            )
        },
        "policy_version": row.policy_version,
        "submitted_on": _day(row.submitted_at),
        "received_on": _day(row.received_at),
        "decided_on": _day(row.decided_at),
        "decided_by_machine": None if row.decided_by is None else row.decided_by == MACHINE,
    }


def _findings(book: CaseRepository) -> Iterable[Mapping[str, object]]:
    """The machine's reasons and a person's side by side; those of the last word are in force."""
    names = _FINDINGS.names[2:-1]
    query: Select[tuple[object, ...]] = (
        select(
            RoundRow.application_id,
            RoundRow.round,
            RoundRow.decided_by,
            *(FindingRow.__table__.columns[name] for name in names),
        )
        .join(RoundRow, RoundRow.round_id == FindingRow.round_id)
        .order_by(RoundRow.round_id, FindingRow.ordinal)
    )
    for row in book.rows(query):
        values = dict(row._mapping)
        by_person = values.pop("decided_by") not in {None, MACHINE}
        yield {
            "application": book.pseudonym(values.pop("application_id")),
            **values,
            "in_force": (values["origin"] == PERSON) == by_person,
        }


def _parts(
    book: CaseRepository, table: type[DocumentRow], schema: pa.Schema
) -> Iterable[Mapping[str, object]]:
    """Rows that belong to a round, under the round's pseudonym."""
    own = [table.__table__.columns[name] for name in schema.names[2:]]
    query: Select[tuple[object, ...]] = (
        select(RoundRow.application_id, RoundRow.round, *own)
        .join(RoundRow, RoundRow.round_id == table.round_id)
        .order_by(RoundRow.round_id, table.ordinal)
    )
    for row in book.rows(query):
        values = dict(row._mapping)
        yield {"application": book.pseudonym(values.pop("application_id")), **values}


def _day(moment: dt.datetime | None) -> dt.date | None:
    return moment.astimezone(CHINA).date() if moment else None


def _write(path: Path, schema: pa.Schema, rows: Iterable[Mapping[str, object]]) -> int:
    table = pa.Table.from_pylist(list(rows), schema=schema)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        pq.write_table(table, draft, compression="zstd")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return int(table.num_rows)
