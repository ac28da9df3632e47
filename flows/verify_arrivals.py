"""What programs hand in over HTTP, verified soon after."""

import datetime as dt

from prefect import flow

from flows.daily import SHARD
from flows.verify_batch import verify_batch
from storage.bootstrap import current_repositories
from tasks.intake.take_in_submissions import take_in_submissions
from tasks.intake.take_up import left_over_batches


@flow(name="verify-arrivals")
def verify_arrivals() -> int:
    """Verify every application that has no outcome yet, over HTTP or left by a run that ended.

    Machines work on every day of the week; terms are counted in working days all the same.

    Returns:
        How many applications have an outcome that had none before.
    """
    repositories = current_repositories()
    take_in_submissions(repositories, shard=SHARD)
    batches = left_over_batches(repositories, dt.datetime.now(dt.UTC), shard=SHARD)
    return sum(verify_batch(batch_id) for batch_id in batches)
