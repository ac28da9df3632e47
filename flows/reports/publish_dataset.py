"""The data team's tables, every night, and what left its limits the day before."""

import datetime as dt

from prefect import flow, get_run_logger

from flows.steps import in_this_run
from models.clock import CHINA
from storage.bootstrap import current_repositories
from tasks.reports.dataset.publish_dataset import publish_dataset as publish_tables
from tasks.reports.watch_drift import watch_drift


@flow(name="publish-dataset")
def publish_dataset() -> dict[str, int]:
    """Publish the tables where the settings say: a folder, or a bucket that every worker sees.

    A share that left its limits stands as a warning in the run's log; `kinbind drift` shows it.

    Returns:
        Rows of each table.
    """
    with in_this_run():
        manifest = publish_tables(current_repositories())
    get_run_logger().info("dataset published: %s", manifest.rows)
    yesterday = dt.datetime.now(CHINA).date() - dt.timedelta(days=1)
    for drift in watch_drift(current_repositories(), yesterday):
        get_run_logger().warning("%s%s", drift.zh, drift.en)
    return manifest.rows
