"""Nightly reconciliation of case database, object store and audit chain."""

import datetime as dt
from collections import Counter

from prefect import flow, get_run_logger

from flows.steps import in_this_run
from models.audit.event import EventTag
from models.errors import KinbindError
from storage.bootstrap import current_repositories
from tasks.reconciliation.reconcile import reconcile_portion as compare_books


class BooksDisagreeError(KinbindError):
    """Database, object store and audit chain do not tell the same; the run's log names where."""


@flow(name="reconcile")
def reconcile() -> int:
    """Compare what changed and a part of the rest; a run that found something fails.

    So the operator sees it; in thirty nights everything has been opened once.

    Returns:
        0: everything agrees.

    Raises:
        BooksDisagreeError: Something does not; `kinbind reconcile` shows it again.
    """
    repositories, now = current_repositories(), dt.datetime.now(dt.UTC)
    found = compare_books(repositories, now)
    counts = Counter(item.fault.value for item in found)
    with in_this_run():
        repositories.audit.append(
            EventTag.BOOKS_RECONCILED,
            application_id=None,
            round_id=None,
            actor="reconcile",
            details={"faults": len(found), **dict(sorted(counts.items()))},
            idempotency_key=f"reconciled:{now.isoformat()}",
        )
    for item in found:
        get_run_logger().error("%s: %s %s", item.fault.value, item.subject, item.detail)
    if found:
        msg = f"{len(found)} places disagree; run: kinbind reconcile"
        raise BooksDisagreeError(msg)
    return 0
