"""`kinbind employer-results`: the result list of an employer's batch."""

from typing import Annotated

import typer

from console.commands.home import home_repositories
from console.commands.output import print_json, say


def employer_results(
    employer_id: Annotated[str, typer.Argument(help="单位编号 as in batch.json.")],
    batch_id: Annotated[str, typer.Argument(help="批次编号 as in batch.json.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, else CSV.")] = False,
) -> None:
    """单位批量办理结果。Outcome and mendable reasons of each application that an employer listed.

    Nothing about health, faces or other bindings. Exit code 1 while it is not complete.
    """
    from tasks.reports.employer_csv import as_csv
    from tasks.reports.employer_results import employer_ref, employer_result

    with home_repositories() as repositories:
        ref = employer_ref(repositories, employer_id, batch_id)
        result = employer_result(repositories, ref)
    if result is None:
        say(
            "没有这一批次，请按 batch.json 核对两个编号。"
            "There is no such delivery: check both identifiers against its batch.json.",
            err=True,
        )
        raise typer.Exit(1)
    if as_json:
        print_json(result)
    else:
        say(*as_csv(result).rstrip("\n").split("\n"))
    if not result.complete:
        say("尚未全部办结。Not complete yet.", err=True)
        raise typer.Exit(1)
