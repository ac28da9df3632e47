"""The data team's tables, every night."""

from prefect import flow, get_run_logger

from storage.bootstrap import current_office
from storage.reports.datasets import publish_dataset as write_tables


@flow(name="publish-dataset")
def publish_dataset() -> dict[str, int]:
    """Write the tables without personal data under the home folder.

    Returns:
        Rows of each table.
    """
    office = current_office()
    rows = write_tables(office.cases, office.settings.home / "dataset")
    get_run_logger().info("dataset published: %s", rows)
    return rows
