"""What a person sees when the main job is done."""

from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from console.server.verification.main_job import MainJob, UnusableForm
from models.checks.reason import Severity
from models.checks.reason_catalogue import REASONS
from models.decision.decision import Decision, Outcome
from models.plain_text import printable
from storage.settings import Settings

_PAGE_WIDTH = 100
"""Columns where no terminal says how many there are."""
_STYLE = {
    Outcome.APPROVED: "green",
    Outcome.RETURNED: "yellow",
    Outcome.IN_REVIEW: "cyan",
    Outcome.REJECTED: "red",
}


def print_summary(settings: Settings, job: MainJob, results: Path | None) -> None:
    """Print a table of outcomes with their reasons, the counts, and where to look next."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=_PAGE_WIDTH)
    _print_outcomes(console, job)
    counts = Counter(decision.outcome for decision in job.decisions)
    totals = " · ".join(f"{o.zh} {o.value} {counts[o]}" for o in Outcome)
    console.print(f"共 {len(job.decisions)} 份 applications: {totals}", soft_wrap=True)
    console.print(f"本次新收 {job.new} 份 new · 用时 {job.seconds:.0f} 秒 s")
    for form in job.refused:
        console.print(Text(_unusable(form), style="yellow"), soft_wrap=True)
    if job.left_over:
        console.print(
            f"另有 {job.left_over} 份以往收件未办结的申请已办结。"
            f" {job.left_over} of earlier runs, left without an outcome, have one now."
        )
    if job.undecided:
        console.print(
            f"[red]{job.undecided} 份未办结，请再次运行同一命令。"
            f" {job.undecided} have no outcome yet: run the same command again.[/red]"
        )
    if any(decision.second_reader_missing for decision in job.decisions):
        console.print(
            "[yellow]标有 ① 的申请办理时缺少第二识别引擎（tesseract），号码仅由一个引擎识别，"
            "更多申请转人工；请执行 kinbind doctor。 Outcomes marked ① were made without a second"
            " reader (tesseract): numbers rest on one reader, and more applications go to people;"
            " run kinbind doctor.[/yellow]"
        )
    for label, place in _places(settings, job, results):
        console.print(Text(f"{label}: ", style="bold") + Text(printable(place)))


def _print_outcomes(console: Console, job: MainJob) -> None:
    if job.decisions:
        console.print(_table(job))
    elif not job.undecided:
        console.print(
            "没有可办理的申请：每份申请应是其中的一个子文件夹，内有 application.json 和图片。"
            " Nothing to verify: each application is a folder inside with application.json and its"
            " pictures; kinbind specimens FOLDER draws some.",
            style="yellow",
        )


def _table(job: MainJob) -> Table:
    table = Table(title="办理结果 Outcomes", title_justify="left", show_lines=True)
    table.add_column("申请 Application", no_wrap=True)
    table.add_column("结果 Outcome", no_wrap=True)
    table.add_column("原因 Reasons")
    for decision in job.decisions:
        outcome = decision.outcome
        table.add_row(
            Text(printable(decision.application_id) + _less(decision)),
            Text(f"{outcome.zh}\n{outcome.value}{_due(decision)}", style=_STYLE[outcome]),
            Text(_reasons(decision)),
        )
    return table


def _unusable(form: UnusableForm) -> str:
    """What a form lacks: its applicant is told less, since nobody applies by writing JSON."""
    zh = "".join(fault.zh for fault in form.faults)
    en = " ".join(fault.en for fault in form.faults)
    name = form.application_id
    return printable(f"{name} 的表单无法使用：{zh} The form of {name} cannot be used: {en}")


def _less(decision: Decision) -> str:
    """The mark of an outcome that rests on one reader."""
    return " ①" if decision.second_reader_missing else ""


def _due(decision: Decision) -> str:
    return f"\n至 by {decision.answer_by.shown}" if decision.answer_by else ""


def _reasons(decision: Decision) -> str:
    """The titles of everything that weighs, each code once."""
    codes = dict.fromkeys(f.code for f in decision.findings if f.severity is not Severity.INFO)
    if not codes and decision.outcome is not Outcome.APPROVED:
        codes = dict.fromkeys(f.code for f in decision.findings)
    lines = (f"{code.value} {REASONS[code].zh}\n    {REASONS[code].en}" for code in codes)
    return "\n".join(lines) or "—"


def _places(settings: Settings, job: MainJob, results: Path | None) -> list[tuple[str, str]]:
    home = settings.home
    example = printable(job.decisions[0].application_id) if job.decisions else "ID"
    places = [
        ("绑定记录 bindings", settings.object_store or str(home / "objects" / "bindings")),
        ("审计链 audit trail", f"kinbind audit show {example} · kinbind audit verify"),
        ("人工审核 review queue", "kinbind review list"),
        ("运行历史 run history", "kinbind orchestrator"),
    ]
    return ([("结果文件 results", str(results))] if results else []) + places
