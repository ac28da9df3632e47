"""Bindings in force, verified again every night."""

import datetime as dt

from prefect import flow, get_run_logger

from flows.steps import in_this_run
from storage.bootstrap import current_repositories
from tasks.bindings.reverify_bindings import reverify_bindings as reverify_due_bindings


@flow(name="reverify-bindings")
def reverify_bindings() -> dict[str, int]:
    """End bindings whose day has come; put grown-up minors and ended papers before people.

    Returns:
        How many bindings were ended, reviews opened and bindings suspended.
    """
    with in_this_run():
        found = reverify_due_bindings(current_repositories(), dt.datetime.now(dt.UTC))
    get_run_logger().info("bindings: %s", found._asdict())
    return found._asdict()
