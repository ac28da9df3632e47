"""Who has how much on the desk: the senior's view of a team."""

import datetime as dt

from pydantic import AwareDatetime
from sqlalchemy import Engine, func, select

from models.record import Record
from storage.database.tables.reviews import OpinionRow, ReviewRow
from storage.database.transactions import reading
from storage.reviews.queue_queries import WAITING


class WorkloadCounts(Record):
    """One person's work.

    Attributes:
        held: Cases on the desk now.
        first_due: When the term of the first of them ends; None with an empty desk.
        assigned: Waiting cases that are meant for this person alone.
        opinions: Given since the moment that was asked for, those that were taken back not counted.
    """

    staff: str
    held: int = 0
    first_due: AwareDatetime | None = None
    assigned: int = 0
    opinions: int = 0


class WorkloadQueries:
    """Counts of the work of people who review."""

    def __init__(self, engine: Engine) -> None:
        """Count in a database whose tables are up to date."""
        self._engine = engine

    def since(self, start: dt.datetime) -> dict[str, WorkloadCounts]:
        """Everybody who has anything on the desk, is to get something, or gave an opinion."""
        number = func.count()
        holder, wanted = ReviewRow.holder, ReviewRow.assigned_to
        held = select(holder, number, func.min(ReviewRow.due_at)).where(
            WAITING, holder.is_not(None)
        )
        assigned = select(wanted, number).where(WAITING, wanted.is_not(None))
        said = select(OpinionRow.staff, number).where(
            OpinionRow.given_at >= start, OpinionRow.withdrawn_at.is_(None)
        )
        with reading(self._engine) as connection:
            desks = {
                name: (count, due) for name, count, due in connection.execute(held.group_by(holder))
            }
            meant = dict(connection.execute(assigned.group_by(wanted)).tuples().all())
            given = dict(connection.execute(said.group_by(OpinionRow.staff)).tuples().all())
        return {
            name: WorkloadCounts(
                staff=name,
                held=desks.get(name, (0, None))[0],
                first_due=desks.get(name, (0, None))[1],
                assigned=meant.get(name, 0),
                opinions=given.get(name, 0),
            )
            for name in sorted({*desks, *filter(None, meant), *given})
        }
