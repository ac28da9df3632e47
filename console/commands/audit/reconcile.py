"""`kinbind reconcile`: do database, object store and audit chain agree?"""

import datetime as dt
import json
from typing import Annotated

import typer

from console.commands.home import home_repositories


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
        line = json.dumps(item.model_dump(mode="json")) if as_json else None
        typer.echo(
            line or f"✗ {item.fault.zh} {item.fault.value}: {item.subject} {item.detail}".rstrip()
        )
    if differences:
        raise typer.Exit(1)
    if not as_json:
        typer.echo("✓ 账实相符 database, objects and audit chain agree")
