"""The office's morning, 08:30 on working days: the inbox is taken in, workers begin; reports."""

import datetime as dt

from prefect import flow, get_run_logger

from flows.reports.day_reports import publish_reports
from flows.steps import in_this_run
from flows.submit_batches import SHARD, verify_batches
from models.clock import CHINA
from storage.bootstrap import current_repositories
from tasks.intake.take_in import take_in_inbox
from tasks.intake.take_up import left_over_batches
from tasks.rounds.working_days import read_overrides, works

STILL_SECONDS = 60
"""A folder may still be copied into the inbox; see `KINBIND_INBOX_STILL_SECONDS`."""


@flow(name="daily")
def daily(inbox: str, *, any_day: bool = False) -> int:
    """Take in an inbox, have it verified in shards, write the reports of the days before.

    It waits for no shard: each is a run of its own. The schedule knows weekdays only; whether the
    office works today, the table of Chinese working days says.

    Args:
        inbox: A folder of application folders, or `s3://bucket/prefix`.
        any_day: Also on a day off, when somebody starts it by hand.

    Returns:
        How many batches were handed to workers, or verified here where there are none.
    """
    today = dt.datetime.now(CHINA).date()
    working, provisional = works(
        today, read_overrides(current_repositories().policies.working_days)
    )
    if not (working or any_day):
        get_run_logger().info("%s is no working day: nothing is taken in", today)
        return 0
    if provisional:
        get_run_logger().warning("the table of working days does not cover %s", today)
    with in_this_run():
        take_in_inbox(current_repositories(), inbox, shard=SHARD, still_seconds=STILL_SECONDS)
    batches = left_over_batches(current_repositories(), dt.datetime.now(dt.UTC), shard=SHARD)
    started = verify_batches(batches)
    publish_reports(today)
    return started
