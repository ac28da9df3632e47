"""What runs did: batches by run, and days, counted."""

import datetime as dt
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Engine, case, func, select

from models.audit.event import AuditEvent, EventTag
from models.decision.decision import Outcome
from models.reports.run import BatchRun, DayCounts, OutcomeCounts
from storage.audit.audit_log import AuditLog
from storage.audit.current_run import RUN
from storage.database.office_days import date_of, office_day, unix_seconds
from storage.database.portions import portions
from storage.database.tables.cases import RoundRow
from storage.database.transactions import reading

_MACHINE: Final = "machine"


_TALLY: Final = (
    func.count().label("taken_in"),
    *(
        func.sum(case((RoundRow.outcome == outcome, 1), else_=0)).label(outcome.value)
        for outcome in Outcome
    ),
    func.sum(case((RoundRow.outcome.is_(None), 1), else_=0)).label("unfinished"),
)


class RunHistory:
    """Looks back at the runs of one installation."""

    def __init__(self, engine: Engine, audit: AuditLog) -> None:
        """Look back in a database whose tables are up to date."""
        self._engine = engine
        self._audit = audit

    def runs(self, limit: int = 100) -> tuple[BatchRun, ...]:
        """The latest runs over batches, the last one first."""
        tags = (EventTag.BATCH_STARTED, EventTag.BATCH_FINISHED)
        events = self._audit.system_events(tags, limit * 2)
        batches = [batch for event in events if (batch := _batch(event))]
        with reading(self._engine) as connection:
            stands = _tallies(connection, sorted(set(batches)))
        own = select(RoundRow.application_id).where(RoundRow.batch_id.in_(batches))
        decided = Counter(self._audit.decided_by_runs(own).values())
        runs = _paired(events, stands)[:limit]
        return tuple(run.model_copy(update={"decided": decided[run.run_id or ""]}) for run in runs)

    def days(self, since: dt.datetime) -> tuple[DayCounts, ...]:
        """Each day since a moment on which something was taken in, the last one first."""
        day, later = office_day(RoundRow.received_at), RoundRow.received_at >= since
        waited = unix_seconds(RoundRow.decided_at) - unix_seconds(RoundRow.received_at)
        alone = select(day, waited).where(
            later, RoundRow.decided_by == _MACHINE, RoundRow.decided_at.is_not(None)
        )
        seconds: dict[int, list[int]] = {}
        with reading(self._engine) as connection:
            tallies = select(day.label("day"), *_TALLY).where(later).group_by(day)
            found = {row.day: _tally(row._mapping) for row in connection.execute(tallies)}
            for number, spent in connection.execute(alone):
                seconds.setdefault(number, []).append(spent)
        return tuple(
            DayCounts(
                day=date_of(number),
                tally=found[number],
                median_seconds=statistics.median(seconds[number]) if number in seconds else None,
            )
            for number in sorted(found, reverse=True)
        )


def _tallies(connection: Connection, batches: Sequence[str]) -> dict[str, OutcomeCounts]:
    found: dict[str, OutcomeCounts] = {}
    for chunk in portions(batches):
        query = (
            select(RoundRow.batch_id, *_TALLY)
            .where(RoundRow.batch_id.in_(chunk))
            .group_by(RoundRow.batch_id)
        )
        for row in connection.execute(query):
            found[str(row.batch_id)] = _tally(row._mapping)
    return found


def _tally(row: Mapping[Any, Any]) -> OutcomeCounts:
    return OutcomeCounts.model_validate(
        {name: int(str(row[name] or 0)) for name in OutcomeCounts.model_fields}
    )


def _batch(event: AuditEvent) -> str:
    return str(event.details.get("batch", ""))


def _paired(events: Sequence[AuditEvent], stands: Mapping[str, OutcomeCounts]) -> list[BatchRun]:
    """Each beginning with its end; a run of an older version left its end only."""
    ends: dict[tuple[str, str | None], AuditEvent] = {}
    found: list[tuple[int, BatchRun]] = []
    for event in events:  # the last one first: an end is seen before its beginning
        key = _batch(event), _run(event)
        if event.tag is EventTag.BATCH_FINISHED:
            ends.setdefault(key, event)
        else:
            found.append((event.sequence, _joined(event, ends.pop(key, None), stands)))
    found += [(end.sequence, _joined(None, end, stands)) for end in ends.values()]
    return [run for _, run in sorted(found, key=lambda pair: -pair[0])]


def _run(event: AuditEvent) -> str | None:
    run = event.details.get(RUN)
    return run if isinstance(run, str) else None


def _joined(
    start: AuditEvent | None, end: AuditEvent | None, stands: Mapping[str, OutcomeCounts]
) -> BatchRun:
    details = end.details if end else {}
    some = start or end
    if some is None:
        raise ValueError("a run has a beginning or an end")
    counts = {name: details[name] for name in (*Outcome, "undecided") if name in details}
    faults = details.get("faults", 0)
    return BatchRun(
        batch_id=_batch(some),
        run_id=_run(some),
        started_at=start.recorded_at if start else None,
        finished_at=end.recorded_at if end else None,
        at_end={str(name): number for name, number in counts.items() if isinstance(number, int)},
        faults=faults if isinstance(faults, int) else 0,
        stands=stands.get(_batch(some), OutcomeCounts()),
    )
