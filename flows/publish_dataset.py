"""The data team's tables, every night."""

from prefect import flow, get_run_logger

from flows.steps import in_this_run
from storage.bootstrap import current_repositories
from tasks.reports.publish_dataset import publish_dataset as publish_tables


@flow(name="publish-dataset")
def publish_dataset() -> dict[str, int]:
    """Publish the tables where the settings say: a folder, or a bucket that every worker sees.

    Returns:
        Rows of each table.
    """
    with in_this_run():
        manifest = publish_tables(current_repositories())
    get_run_logger().info("dataset published: %s", manifest.rows)
    return manifest.rows
