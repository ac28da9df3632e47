"""`kinbind drift`: which daily shares left their limits."""

import datetime as dt
from typing import Annotated

import typer

from console.commands.home import home_repositories
from console.commands.output import AsJson, print_json, say


def drift(
    day: Annotated[
        str | None, typer.Option(help="The day, YYYY-MM-DD; without it, yesterday.")
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """查看漂移。What left its limits on a day; exit code 1 where something did."""
    from models.clock import CHINA
    from tasks.reports.watch_drift import watch_drift

    try:
        asked = dt.date.fromisoformat(day) if day else None
    except ValueError:
        raise typer.BadParameter("日期应为 YYYY-MM-DD。A day is YYYY-MM-DD.") from None
    when = asked or dt.datetime.now(CHINA).date() - dt.timedelta(days=1)
    with home_repositories() as repositories:
        found = watch_drift(repositories, when)
    for one in found:
        if as_json:
            print_json(one)
        else:
            say(f"{one.zh}{one.en}")
    if not found and not as_json:
        say(f"{when} 各项指标在控制限内。Every share is within its limits.")
    raise typer.Exit(1 if found else 0)
