"""`kinbind reconcile`: do database, object store and audit chain agree?"""

import datetime as dt
import json
from typing import Annotated

import typer

from console.commands.home import home_repositories


def reconcile(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON lines.")] = False,
) -> None:
    """对账。Everything lost, doubled or changed between database, objects and audit chain.

    Exit code 1 where something is.
    """
    from tasks.upkeep.reconcile import reconcile as compare

    with home_repositories() as repositories:
        differences = compare(repositories, dt.datetime.now(dt.UTC))
    for item in differences:
        line = json.dumps(item.model_dump(mode="json")) if as_json else None
        typer.echo(line or f"✗ {item.fault.zh} {item.fault.value}: {item.subject}")
    if differences:
        raise typer.Exit(1)
    if not as_json:
        typer.echo("✓ 账实相符 database, objects and audit chain agree")
