"""Rounds of which something is still kept, found by the day on which they ended."""

import datetime as dt
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from sqlalchemy import ColumnElement, Engine, select

from models.bindings.counted_bindings import IN_FORCE
from models.cases.case_round import ApplicationRound
from models.cases.retention import RetentionClass
from models.decision.decision import Outcome
from storage.cases.round_rows import COLUMNS, decided_after, round_of_row
from storage.database.portions import MOST_PARAMETERS
from storage.database.tables.cases import BindingRow, RoundRow
from storage.database.transactions import reading

_DELETED_AT: Final = MappingProxyType(
    {
        RetentionClass.PICTURES: RoundRow.pictures_deleted_at,
        RetentionClass.READINGS: RoundRow.readings_deleted_at,
        RetentionClass.RECORDS: RoundRow.records_deleted_at,
    }
)
_FINAL: Final = (Outcome.APPROVED, Outcome.REJECTED)


def kept_applications(
    engine: Engine, what: RetentionClass, before: dt.datetime
) -> Iterator[tuple[ApplicationRound, ...]]:
    """Applications of which a final round that ended before a moment has kept something.

    In portions by the end of that round, so that each is looked at once however many there are;
    what is given may be deleted meanwhile.

    Args:
        engine: Of the database.
        what: The class that is kept; of records, only those that no binding stands on.
        before: The latest end.

    Yields:
        All rounds of one application, the first one first; again where several of its rounds are
        final.
    """
    place: ColumnElement[bool] = RoundRow.decided_at.is_not(None)
    while True:
        with reading(engine) as connection:
            found = connection.execute(
                select(RoundRow.decided_at, RoundRow.round_id, RoundRow.application_id)
                .where(*_conditions(what, before), place)
                .order_by(RoundRow.decided_at, RoundRow.round_id)
                .limit(MOST_PARAMETERS)
            ).all()
            rounds = connection.execute(
                select(*COLUMNS)
                .where(RoundRow.application_id.in_({row.application_id for row in found}))
                .order_by(RoundRow.application_id, RoundRow.round)
            ).all()
        applications: dict[str, list[ApplicationRound]] = {}
        for round_ in map(round_of_row, rounds):
            applications.setdefault(round_.application_id, []).append(round_)
        yield from map(tuple, applications.values())
        if len(found) < MOST_PARAMETERS:
            return
        place = decided_after(found[-1].decided_at, found[-1].round_id)


def _conditions(what: RetentionClass, before: dt.datetime) -> Iterator[ColumnElement[bool]]:
    yield _DELETED_AT[what].is_(None)
    yield RoundRow.decided_at <= before
    yield RoundRow.outcome.in_(_FINAL)
    if what is RetentionClass.RECORDS:
        bound = select(BindingRow.binding_id).where(
            BindingRow.application_id == RoundRow.application_id, BindingRow.status.in_(IN_FORCE)
        )
        yield ~bound.correlate(RoundRow).exists()
