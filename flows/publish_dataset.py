"""The data team's tables, every night."""

from prefect import flow, get_run_logger

from storage.bootstrap import current_repositories
from storage.reports.datasets import publish_dataset as write_tables


@flow(name="publish-dataset")
def publish_dataset() -> dict[str, int]:
    """Write the tables without personal data under the home folder.

    Returns:
        Rows of each table.
    """
    repositories = current_repositories()
    rows = write_tables(repositories.cases, repositories.settings.home / "dataset")
    get_run_logger().info("dataset published: %s", rows)
    return rows
