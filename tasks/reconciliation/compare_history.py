"""One application: all of its rounds against all of its events."""

import datetime as dt
import functools
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from models.audit.discrepancy import Discrepancy, DiscrepancyKind
from models.audit.event import AuditEvent
from models.cases.case_round import ApplicationRound
from models.errors import IntegrityError
from storage.bootstrap import Repositories
from tasks.reconciliation.compare_bindings import compare_bindings
from tasks.reconciliation.compare_notices import compare_notices
from tasks.reconciliation.compare_objects import compare_objects
from tasks.reconciliation.compare_reviews import compare_reviews
from tasks.reconciliation.compare_round import compare_round, lost_events
from tasks.reconciliation.compare_rows import compare_rows
from tasks.reconciliation.round_log import round_log
from tasks.reconciliation.unreadable_rows import as_far_as_readable

_COMPARISONS: Final = (compare_round, compare_rows, compare_reviews, compare_notices)


def compare_history(
    repositories: Repositories,
    application_id: str,
    is_over: Callable[[ApplicationRound], bool],
    now: dt.datetime,
    *,
    pictures: bool,
) -> Iterator[Discrepancy]:
    """Everything about an application that does not agree.

    Args:
        repositories: Where everything is kept; it is only read.
        application_id: Which one; one that only the log knows lost its rows.
        is_over: Which of its rounds are to be compared; the others may be under way.
        now: The present.
        pictures: Whether every upload is opened.
    """
    try:
        events = repositories.audit.events(application_id)
        intact = repositories.audit.are_as_written(events)
    except IntegrityError:
        intact = False
    if not intact:
        yield Discrepancy(fault=DiscrepancyKind.EVENT_CHANGED, subject=application_id)
        return
    yield from as_far_as_readable(
        application_id,
        lambda: _of_rounds(repositories, application_id, events, is_over, now, pictures),
    )


def _of_rounds(
    repositories: Repositories,
    application_id: str,
    events: Sequence[AuditEvent],
    is_over: Callable[[ApplicationRound], bool],
    now: dt.datetime,
    pictures: bool,  # noqa: FBT001 - as it was asked for
) -> Iterator[Discrepancy]:
    cases = {case.round_id: case for case in repositories.cases.find(application_id)}
    logs = {
        round_id: round_log(round_id, events)
        for round_id in {*cases, *(event.round_id for event in events if event.round_id)}
    }
    for round_id in sorted(logs.keys() - cases.keys()):
        yield Discrepancy(fault=DiscrepancyKind.ROUND_LOST, subject=round_id)
    for round_id, case in cases.items():
        if is_over(case):
            log = logs[round_id]
            yield from lost_events(case, log)
            yield from (
                Discrepancy(fault=kind, subject=round_id)
                for kind in compare_objects(repositories, case, log, pictures=pictures)
            )
            for compare in _COMPARISONS:
                asked = functools.partial(compare, repositories, case, log)
                yield from as_far_as_readable(round_id, asked)
            asked = functools.partial(compare_bindings, repositories, case, log, now)
            yield from as_far_as_readable(round_id, asked)
