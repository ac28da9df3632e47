"""Which versions of policies, reading engines and forms were used from when to when."""

import datetime as dt
from typing import Any

from sqlalchemy import Connection, func, select

from models.record import Record
from storage.database.tables.cases import DocumentRow, RoundRow
from storage.database.tables.reports import RoundFiguresRow


class VersionUse(Record):
    """A version of a policy, an engine or a form, and the moments of receipt it was used for."""

    version: str
    first_at: dt.datetime
    last_at: dt.datetime
    rounds: int


def versions_used(connection: Connection) -> dict[str, tuple[VersionUse, ...]]:
    """The versions of policies and forms of rounds, and of the engines that read their papers."""
    return {
        "policies": _uses(connection, RoundRow.policy_version, None),
        "engines": _uses(connection, DocumentRow.engine, DocumentRow),
        "forms": _uses(connection, RoundFiguresRow.form_version, RoundFiguresRow),
    }


def _uses(connection: Connection, version: Any, table: Any) -> tuple[VersionUse, ...]:  # noqa: ANN401
    """The values of a column, of rounds or of a table that tells of rounds."""
    at = RoundRow.received_at
    query = select(version, func.min(at), func.max(at), func.count())
    if table is not None:
        query = query.join(RoundRow, RoundRow.round_id == table.round_id)
    query = query.where(version.is_not(None), version != "").group_by(version)
    found = (
        VersionUse.model_validate(dict(zip(VersionUse.model_fields, row, strict=True)))
        for row in connection.execute(query)
    )
    return tuple(sorted(found, key=lambda used: (used.first_at, used.version)))
