"""`kinbind reconcile`: do database, object store and audit chain tell the same?"""

import datetime as dt
import json
from typing import Annotated

import typer


def reconcile(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON lines.")] = False,
) -> None:
    """对账。Everything lost, doubled or changed between database, objects and audit chain.

    Exit code 1 where something is.
    """
    from storage.bootstrap import using_repositories
    from storage.settings import load_settings
    from tasks.upkeep.reconcile import reconcile as compare

    with using_repositories(load_settings()) as opened:
        found = compare(opened, dt.datetime.now(dt.UTC))
    for item in found:
        told = json.dumps(item.model_dump(mode="json")) if as_json else None
        typer.echo(told or f"✗ {item.fault.zh} {item.fault.value}: {item.subject}")
    if found:
        raise typer.Exit(1)
    if not as_json:
        typer.echo("✓ 账实相符 the books agree")
