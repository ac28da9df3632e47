"""`kinbind drift`: which daily shares left their limits."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from console.commands.home import home_repositories
from console.commands.output import AsJson, print_json, say

if TYPE_CHECKING:
    from models.reports.version_change import VersionChange


def drift(
    day: Annotated[
        str | None, typer.Option(help="The day, YYYY-MM-DD; without it, yesterday.")
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """查看漂移。What left its limits on a day; exit code 1 where something did.

    Below it: how the machine decided before and after each policy, form and engine of the 90 days
    before.
    """
    from models.clock import CHINA
    from tasks.reports.watch_drift import recent_changes, watch_drift

    try:
        asked = dt.date.fromisoformat(day) if day else None
    except ValueError:
        raise typer.BadParameter("日期应为 YYYY-MM-DD。A day is YYYY-MM-DD.") from None
    when = asked or dt.datetime.now(CHINA).date() - dt.timedelta(days=1)
    with home_repositories() as repositories:
        found = watch_drift(repositories, when)
        changes = recent_changes(repositories, dt.datetime.combine(when, dt.time.max, CHINA))
    for one in found:
        if as_json:
            print_json(one)
        else:
            say(f"{one.zh}{one.en}")
    if not found and not as_json:
        say(f"{when} 各项指标在控制限内。Every share is within its limits.")
    for change in changes:
        if as_json:
            print_json(change)
        else:
            _print_change(change)
    raise typer.Exit(1 if found else 0)


def _print_change(change: "VersionChange") -> None:
    sides = zip(("前 before", "后 after"), (change.before, change.after), strict=True)
    steps = " → ".join(
        f"{name} {side.returned / max(side.rounds, 1):.1%} (n = {side.rounds})"
        for name, side in sides
    )
    mark = " 差别超出偶然 more than chance" if change.apart else ""
    say(
        f"{change.first_at.astimezone():%Y-%m-%d} {change.part.zh} {change.part.value}"
        f" {change.version}：机器退回 returned by machine {steps}{mark}"
    )
