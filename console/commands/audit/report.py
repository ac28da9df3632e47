"""`kinbind report`: the day's and the month's report."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from console.commands.home import home_repositories
from console.commands.output import say
from models.clock import CHINA
from models.reports.report_page import ReportSpan

report_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="日报与月报。The day's and the month's report, as HTML and PDF.",
)
_Folder = Annotated[
    Path | None, typer.Option(help="Where to; without it, reports in KINBIND_HOME.")
]


@report_app.command("day", short_help="日报 the report of a day")
def report_day(
    day: Annotated[
        str | None, typer.Argument(metavar="DATE", help="YYYY-MM-DD; without it, today so far.")
    ] = None,
    *,
    folder: _Folder = None,
) -> None:
    """日报。The report of a day, as HTML and PDF."""
    try:
        asked = dt.date.fromisoformat(day) if day else _today()
    except ValueError:
        raise typer.BadParameter("日期应为 YYYY-MM-DD。A day is YYYY-MM-DD.") from None
    _write(ReportSpan.of_day(asked), folder)


@report_app.command("month", short_help="月报 the report of a month")
def report_month(
    month: Annotated[
        str | None, typer.Argument(metavar="MONTH", help="YYYY-MM; without it, this one so far.")
    ] = None,
    *,
    folder: _Folder = None,
) -> None:
    """月报。The report of a month, as HTML and PDF."""
    try:
        asked = dt.date.fromisoformat(f"{month}-01") if month else _today()
    except ValueError:
        raise typer.BadParameter("月份应为 YYYY-MM。A month is YYYY-MM.") from None
    _write(ReportSpan.of_month(asked), folder)


def _today() -> dt.date:
    return dt.datetime.now(CHINA).date()


def _write(span: ReportSpan, folder: Path | None) -> None:
    from tasks.reports.office_report.make_report import FOLDER, make_report, write_report

    with home_repositories() as repositories:
        chain = repositories.audit.verify(repositories.archive)
        page = make_report(repositories, span, chain)
        files = write_report(page, folder or repositories.settings.home / FOLDER)
    for file in files:
        say(str(file))
