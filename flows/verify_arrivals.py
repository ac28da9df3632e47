"""What programs hand in over HTTP, verified soon after."""

from prefect import flow

from flows.daily import SHARD
from flows.verify_batch import verify_batch
from storage.bootstrap import current_repositories
from tasks.intake.take_in_submissions import take_in_submissions


@flow(name="verify-arrivals")
def verify_arrivals() -> int:
    """Verify every application that came over HTTP and has no outcome yet.

    Machines work on every day of the week; terms are counted in working days all the same.

    Returns:
        How many applications have an outcome that had none before.
    """
    batches = take_in_submissions(current_repositories(), shard=SHARD).batch_ids
    return sum(verify_batch(batch_id) for batch_id in batches)
