"""The office's clock, every hour."""

import datetime as dt

from prefect import flow, get_run_logger

from flows.steps import in_this_run
from storage.bootstrap import current_repositories
from tasks.upkeep.watch_deadlines import watch_deadlines as look_at_terms


@flow(name="watch-deadlines")
def watch_deadlines() -> dict[str, int]:
    """Escalate reviews whose term is over and end returns that nobody answered.

    Looking again changes nothing that was done.

    Returns:
        How many terms were moved, reviews escalated and returns ended.
    """
    with in_this_run():
        watched = look_at_terms(current_repositories(), dt.datetime.now(dt.UTC))
    get_run_logger().info("terms: %s", watched._asdict())
    return watched._asdict()
