"""How the machine decided before and after each change of a policy, a reading engine or a form."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection, Engine, Select, case, func, select

from models.decision.decision import Outcome
from models.reports.version_change import ChangedPart, SideCounts, VersionChange
from storage.database.tables.cases import DocumentRow, RoundRow
from storage.database.tables.reports import RoundFiguresRow
from storage.database.transactions import snapshot

_SIDE: Final = dt.timedelta(days=28)
"""As long as the weeks that a day's shares are held against."""
_Versions = Mapping[str, dt.datetime]


def version_changes(engine: Engine, since: dt.datetime) -> tuple[VersionChange, ...]:
    """Every change since a moment, the last one first.

    A change is a version that was first used since then and followed another one of its line (the
    policies of one place; all engines; all forms) within four weeks: the first of a line changes
    nothing.

    Args:
        engine: The case database.
        since: The first moment that a change may lie at.
    """
    with snapshot(engine) as connection:
        found = [
            change
            for part in ChangedPart
            for version, first_at in _first_uses(connection, part, since - _SIDE).items()
            if first_at >= since
            and (change := _change(connection, part, version, first_at)).before.rounds
        ]
    return tuple(sorted(found, key=lambda one: (one.first_at, one.version), reverse=True))


def _first_uses(connection: Connection, part: ChangedPart, start: dt.datetime) -> _Versions:
    """When the first round of each version since a moment came in."""
    column = _column(part)
    query = _rounds(part, select(column, func.min(RoundRow.received_at)))
    query = query.where(RoundRow.received_at >= start, column.is_not(None), column != "")
    rows = connection.execute(query.group_by(column))
    return {str(version): first_at for version, first_at in rows}


def _change(
    connection: Connection, part: ChangedPart, version: str, first_at: dt.datetime
) -> VersionChange:
    column = _column(part)
    line = column.startswith(f"{version.partition('@')[0]}@", autoescape=True)
    others = (column != version, *((line,) if part is ChangedPart.POLICY else ()))
    before = (RoundRow.received_at >= first_at - _SIDE, RoundRow.received_at < first_at)
    after = (RoundRow.received_at >= first_at, RoundRow.received_at < first_at + _SIDE)
    return VersionChange(
        part=part,
        version=version,
        first_at=first_at,
        before=_counts(connection, part, (*before, *others)),
        after=_counts(connection, part, (*after, column == version)),
    )


def _counts(connection: Connection, part: ChangedPart, conditions: tuple[Any, ...]) -> SideCounts:
    own = _rounds(part, select(RoundRow.round_id, RoundRow.machine_outcome).distinct())
    rounds = own.where(*conditions, RoundRow.machine_outcome.is_not(None)).subquery()
    outcome = rounds.c.machine_outcome
    row = connection.execute(
        select(
            func.count().label("rounds"),
            *(
                func.coalesce(func.sum(case((outcome == one, 1), else_=0)), 0).label(one.value)
                for one in (Outcome.APPROVED, Outcome.RETURNED)
            ),
        ).select_from(rounds)
    ).one()
    return SideCounts.model_validate({name: int(value) for name, value in row._mapping.items()})


def _column(part: ChangedPart) -> Any:  # noqa: ANN401 - a column
    return {
        ChangedPart.POLICY: RoundRow.policy_version,
        ChangedPart.ENGINE: DocumentRow.engine,
        ChangedPart.FORM: RoundFiguresRow.form_version,
    }[part]


def _rounds(part: ChangedPart, query: Select[Any]) -> Select[Any]:
    """Engines stand with a round's papers, forms with its figures, policies with the round."""
    match part:
        case ChangedPart.POLICY:
            return query
        case ChangedPart.ENGINE:
            return query.join_from(RoundRow, DocumentRow, DocumentRow.round_id == RoundRow.round_id)
        case ChangedPart.FORM:
            own = RoundFiguresRow.round_id == RoundRow.round_id
            return query.join_from(RoundRow, RoundFiguresRow, own)
