"""A report as one HTML file that fetches nothing, and as text for a run's artifact."""

from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from models.reports.report_page import ReportPage

_ENVIRONMENT: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def html_of(page: ReportPage) -> str:
    """The whole file; its pictures are drawn within."""
    return _ENVIRONMENT.get_template("report.html").render(page=page)


def markdown_of(page: ReportPage) -> str:
    """Sentences and figures without pictures: counts, and names of reasons."""
    lines = [f"# {page.zh} {page.en}", "", f"**{page.summary.zh}** {page.summary.en}", ""]
    for part in page.parts:
        lines += [f"## {part.zh} {part.en}", ""]
        lines += [f"- {sentence.zh} {sentence.en}" for sentence in part.sentences]
        lines += [f"- {bar.zh} {bar.en}: {bar.number}" for bar in part.bars]
        lines.append("")
        if part.table:
            lines += [_row(part.table.head), _row(("---",) * len(part.table.head))]
            lines += [*(_row(row) for row in part.table.rows), ""]
    return "\n".join(lines)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"
