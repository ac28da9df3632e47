"""`kinbind reconcile`: do database, object store and audit chain agree?"""

import datetime as dt
from typing import Annotated

import typer

from console.commands.home import home_repositories
from console.commands.output import print_json, say


def reconcile(
    *,
    pictures: Annotated[
        bool,
        typer.Option(help="Open every upload; without, only look whether it is there (quicker)."),
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON lines.")] = False,
) -> None:
    """对账。Everything lost, doubled or changed, held against what the audit log says happened.

    Exit code 1 where something is.
    """
    from tasks.reconciliation.reconcile import reconcile as compare

    with home_repositories() as repositories:
        differences = compare(repositories, dt.datetime.now(dt.UTC), pictures=pictures)
    for item in differences:
        if as_json:
            print_json(item)
        else:
            fault = f"{item.fault.zh} {item.fault.value}"
            say(f"✗ {fault}: {item.subject} {item.detail}".rstrip())
    if differences:
        raise typer.Exit(1)
    if not as_json:
        say("✓ 账实相符 database, objects and audit chain agree")
