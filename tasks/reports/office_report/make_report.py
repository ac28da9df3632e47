"""Make a report: count once, say it, write it as a page and a PDF."""

import datetime as dt
from pathlib import Path
from typing import Final

from models.audit.event import ChainReport
from models.clock import CHINA
from models.reports.report_page import ReportPage, ReportPart, ReportSpan
from storage.bootstrap import Repositories
from storage.private_files import replace_private
from storage.reports.period_counts import period_counts
from tasks.reports.office_report import report_parts as parts
from tasks.reports.office_report.report_html import html_of
from tasks.reports.office_report.report_pdf import pdf_of
from tasks.reports.office_report.summary import period_summary
from tasks.reports.watch_drift import drifts_of_days

FOLDER: Final = "reports"
"""Of KINBIND_HOME, where the reports of every morning lie."""


def make_report(repositories: Repositories, span: ReportSpan, chain: ChainReport) -> ReportPage:
    """Count the days of a report as the page 今日 does, and say what was found.

    Args:
        repositories: Where everything is kept.
        span: The days; of those that are not over yet, what there is by now.
        chain: What a check of the whole audit log has just found.
    """
    now = dt.datetime.now(dt.UTC)
    counted = repositories.dashboard.since(span.start, span.end)
    days = period_counts(repositories.engine, span.start, span.end)
    drifts = drifts_of_days(repositories, span.first, span.last)
    by_day: tuple[ReportPart, ...] = (parts.days_part(days),) if span.monthly else ()
    return ReportPage(
        name=span.name,
        zh=f"{span.zh} 核验{'月' if span.monthly else '日'}报",
        en=f"{'Monthly' if span.monthly else 'Daily'} report {span.name}",
        made_at=f"{now.astimezone(CHINA):%Y-%m-%d %H:%M}",
        summary=period_summary(counted, days, drifts, chain),
        parts=(
            parts.outcomes_part(counted, days),
            *by_day,
            parts.terms_part(days),
            parts.reasons_part(counted, days),
            parts.work_part(counted, now),
            parts.samples_part(days, span),
            parts.drift_part(drifts, span),
            parts.chain_part(chain, now),
        ),
    )


def write_report(page: ReportPage, folder: Path) -> tuple[Path, Path]:
    """Write a report as HTML and as PDF, which their owner alone reads; gives both files.

    Args:
        page: The report; one of the same days is replaced.
        folder: Where to.

    Raises:
        MissingPartError: No font with Chinese glyphs is installed; only the page is written.
    """
    html, pdf = folder / f"{page.name}.html", folder / f"{page.name}.pdf"
    replace_private(html, html_of(page).encode())
    replace_private(pdf, pdf_of(page))
    return html, pdf
