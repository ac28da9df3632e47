"""Reports shown with a run. What the orchestrator cannot take stops no work."""

import httpx
from prefect import get_run_logger
from prefect.artifacts import create_markdown_artifact
from prefect.exceptions import PrefectException

from models.reports.report_page import ReportPage
from tasks.reports.office_report.report_html import markdown_of


def show_with_run(key: str, page: ReportPage) -> None:
    """Keep a report, which holds counts only, as an artifact of the run at work.

    Args:
        key: Small letters and dashes; the orchestrator keeps one series for each.
        page: The report.
    """
    try:
        create_markdown_artifact(
            key=key, markdown=markdown_of(page), description=f"{page.zh} {page.en}"
        )
    except (httpx.HTTPError, PrefectException, OSError) as error:
        get_run_logger().warning("no artifact for %s: %s", page.name, type(error).__name__)
