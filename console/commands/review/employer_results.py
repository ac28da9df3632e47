"""`kinbind employer-results`: what an employer is told about its delivery."""

from typing import Annotated

import typer


def employer_results(
    employer_id: Annotated[str, typer.Argument(help="单位编号 as in batch.json.")],
    batch_id: Annotated[str, typer.Argument(help="批次编号 as in batch.json.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, else CSV.")] = False,
) -> None:
    """单位批量办理结果。Outcome and mendable reasons of each application that an employer listed.

    Nothing about health, faces or other bindings. Exit code 1 while it is not complete.
    """
    from storage.bootstrap import using_repositories
    from storage.settings import load_settings
    from tasks.reports.employer_csv import as_csv
    from tasks.reports.employer_results import employer_ref, employer_result

    with using_repositories(load_settings()) as opened:
        result = employer_result(opened, employer_ref(opened, employer_id, batch_id))
    if result is None:
        typer.echo("没有这一批次。There is no such delivery.", err=True)
        raise typer.Exit(1)
    if as_json:
        typer.echo(result.model_dump_json())
    else:
        typer.echo(as_csv(result), nl=False)
    if not result.complete:
        typer.echo("尚未全部办结。Not complete yet.", err=True)
        raise typer.Exit(1)
