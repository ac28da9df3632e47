"""Retention, every night."""

import datetime as dt

from prefect import flow, get_run_logger

from flows.steps import in_this_run
from storage.bootstrap import current_repositories
from tasks.reviewing.drafts import purge_drafts
from tasks.upkeep.purge_expired import purge_expired as delete_expired


@flow(name="purge-expired")
def purge_expired() -> dict[str, int]:
    """Delete what retention no longer allows; the audit log has the order and the proof.

    Returns:
        How many rounds lost pictures, readings and records, and how many drafts were old.
    """
    repositories = current_repositories()
    now = dt.datetime.now(dt.UTC)
    with in_this_run():
        counts = delete_expired(repositories, now)
        drafts = purge_drafts(repositories, now)
    # The proof is worth most where the database cannot take it back.
    repositories.audit.anchor(repositories.archive)
    deleted = {what.value: count for what, count in counts.items()} | {"drafts": drafts}
    get_run_logger().info("deleted: %s", deleted)
    return deleted
