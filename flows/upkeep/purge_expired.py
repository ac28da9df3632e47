"""Retention, every night."""

import datetime as dt
from typing import Final

from prefect import flow, get_run_logger

from flows.steps import in_this_run
from storage.bootstrap import current_repositories
from tasks.reviewing.drafts import purge_drafts
from tasks.upkeep.purge_expired import purge_expired as delete_expired
from tasks.upkeep.retention_clock import retention_moment

_AHEAD: Final = (
    "系统时间比上次清理晚得多：本次只按 %s 清理，其余留待以后各夜；请核对系统时间。"
    " The clock is far ahead of the last time: what is due after that day is left to later nights;"
    " look at this machine's clock."
)


@flow(name="purge-expired")
def purge_expired() -> dict[str, int]:
    """Delete what retention no longer allows; the audit log has the order and the proof.

    Returns:
        How many rounds lost pictures, readings and records, and how many drafts were old.
    """
    repositories = current_repositories()
    now, ahead = retention_moment(repositories, dt.datetime.now(dt.UTC))
    if ahead:
        get_run_logger().warning(_AHEAD, now.date())
    with in_this_run():
        counts = delete_expired(repositories, now)
        drafts = purge_drafts(repositories, now)
    repositories.retention.note_purge(now)
    # The proof is worth most where the database cannot take it back.
    repositories.audit.anchor(repositories.archive)
    deleted = {what.value: count for what, count in counts.items()} | {"drafts": drafts}
    get_run_logger().info("deleted: %s", deleted)
    return deleted
