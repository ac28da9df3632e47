"""The morning's reports: of the day so far, and of what ended since the office last worked."""

import datetime as dt

from prefect import get_run_logger

from flows.reports.run_artifacts import show_with_run
from models.errors import MissingPartError
from models.reports.report_page import ReportSpan
from storage.bootstrap import current_repositories
from tasks.reports.office_report.make_report import FOLDER, make_report, write_report
from tasks.rounds.working_days import read_overrides, works


def publish_reports(today: dt.date) -> None:
    """Write them below KINBIND_HOME, and show each with the run; they hold counts only.

    Without a Chinese font there is no PDF: the log says so, and the run goes on.

    Args:
        today: By the office's clock.
    """
    repositories = current_repositories()
    overrides = read_overrides(repositories.policies.working_days)
    chain = repositories.audit.verify_onward(repositories.archive)
    for span in spans_of(today, overrides):
        page = make_report(repositories, span, chain)
        show_with_run("month-report" if span.monthly else "day-report", page)
        try:
            write_report(page, repositories.settings.home / FOLDER)
        except MissingPartError as missing:
            get_run_logger().warning("report %s has no PDF: %s", page.name, missing)


def spans_of(today: dt.date, overrides: dict[dt.date, bool]) -> tuple[ReportSpan, ...]:
    """The last working day and those since, the month that ended with them, and today."""
    before = today - dt.timedelta(days=1)
    past = [before]
    while not works(before, overrides)[0]:
        before -= dt.timedelta(days=1)
        past.append(before)
    ended = ReportSpan.of_month(before)
    months = (ended,) if ended.last < today else ()
    return (*(ReportSpan.of_day(day) for day in reversed(past)), *months, ReportSpan.of_day(today))
