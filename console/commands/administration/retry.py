"""`kinbind retry`: give the machine back what the system failed on."""

import datetime as dt
from typing import Annotated

import typer

from console.commands.home import ACTOR, home_repositories
from console.commands.output import AsJson, print_json, say


def retry(
    *,
    since: Annotated[
        dt.datetime | None,
        typer.Option(
            formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"],
            help="Only what failed at that time (of this machine) or later; unset: everything.",
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """取回系统故障件。Take back what failed on the system, not on the papers, and nobody has begun.

    The next run verifies it; exit code 1 where people keep some of it.
    """
    from tasks.upkeep.retry_failed import retry_failed

    with home_repositories() as repositories:
        done = retry_failed(
            repositories,
            dt.datetime.now(dt.UTC),
            since=since.astimezone() if since else None,
            actor=ACTOR,
        )
    if as_json:
        print_json(done._asdict())
    else:
        say(
            f"取回 {done.rounds} 份申请，解除搁置 {done.files} 个文件；"
            f"{done.with_people} 份已由人员处理，不再取回。请再次执行 kinbind run。",
            f"{done.rounds} applications taken back, {done.files} files may be tried again;"
            f" {done.with_people} are with people and stay there. Now: kinbind run",
        )
    if done.with_people:
        raise typer.Exit(1)
