"""What programs hand in over HTTP, verified soon after."""

import datetime as dt

from prefect import flow, get_run_logger

from flows.submit_batches import SHARD, verify_batches
from storage.bootstrap import current_repositories
from tasks.intake.take_in_submissions import take_in_submissions
from tasks.intake.take_up import left_over_batches


@flow(name="verify-arrivals")
def verify_arrivals() -> int:
    """Have every application verified that has no outcome, over HTTP or left by a run that ended.

    Machines work on every day of the week; terms are counted in working days all the same.

    Returns:
        How many batches were handed to workers, or verified here where there are none.
    """
    repositories = current_repositories()
    take_in_submissions(repositories, shard=SHARD)
    batches = left_over_batches(repositories, dt.datetime.now(dt.UTC), shard=SHARD)
    started = verify_batches(batches)
    get_run_logger().info("%d batches wait, %d were started", len(batches), started)
    return started
