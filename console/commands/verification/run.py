"""`kinbind run`: the main job over a folder of applications."""

import os
from pathlib import Path
from typing import Annotated

import typer

from console.commands.output import json_line, say


def run(
    folder: Annotated[
        str | None,
        typer.Argument(
            metavar="[FOLDER]",
            help="A folder of application folders, or s3://…; none: what came in over HTTP.",
            show_default=False,
        ),
    ] = None,
    *,
    results: Annotated[
        Path | None,
        typer.Option(help="Write one outcome a line as JSON Lines.", show_default=False),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(min=1, help="Processes; unset: as many as cores and work allow."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the outcomes as JSON lines, no table.")
    ] = False,
) -> None:
    """办理文件夹中的全部申请。Verify every application of a folder; again changes nothing done."""
    from console.server.verification.main_job import main_job
    from console.summary import print_summary
    from storage.settings import load_settings
    from tasks.reports.outcome_line import outcome_line

    settings = load_settings()
    if results:
        _open_for_writing(results)
    job = main_job(settings, folder, workers=workers or os.cpu_count() or 1, quiet=as_json)
    lines = [json_line(outcome_line(d)) for d in job.decisions]
    if results:
        results.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    if as_json:
        for line in lines:
            say(line)
    else:
        print_summary(settings, job, results)
    if job.stopped_by is not None:
        raise job.stopped_by
    if job.undecided or job.refused:
        raise typer.Exit(1)


def _open_for_writing(results: Path) -> None:
    """Find out before hours of work whether the results will have a place; what is there stays."""
    results.parent.mkdir(parents=True, exist_ok=True)
    with results.open("a", encoding="utf-8"):
        pass
