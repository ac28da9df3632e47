"""`kinbind outbox`: what the outside was told, what still waits, and sending it again."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from console.commands.choices import one_of
from console.commands.home import home_repositories
from console.commands.output import AsJson, print_json, say

if TYPE_CHECKING:
    from models.notices.exchange import NoticeDelivery

outbox_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="结果通知。Outcomes on their way out: a signed webhook, a folder of files.",
)


@outbox_app.command("list")
def list_notices(
    *,
    state: Annotated[
        str | None, typer.Option(help="waiting · delivered · given_up", show_default=False)
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="The latest so many.")] = 50,
    as_json: AsJson = False,
) -> None:
    """通知列表。Every notice's way to each destination. Exit code 1 where one was given up."""
    from models.notices.exchange import DeliveryState

    chosen = one_of(DeliveryState, state, "--state") if state is not None else None
    with home_repositories() as repositories:
        deliveries = repositories.outbox.list(chosen, limit)
        counts = repositories.outbox.counts()
    for one in deliveries:
        if as_json:
            print_json(one)
        else:
            say(_line(one))
    summary = " · ".join(f"{s.zh} {s.value} {number}" for s, number in counts.items())
    say(summary, err=True)
    if counts[DeliveryState.GIVEN_UP]:
        raise typer.Exit(1)


@outbox_app.command("resend")
def resend(
    notice: Annotated[
        list[str] | None, typer.Argument(help="Notices (msg_…).", show_default=False)
    ] = None,
    *,
    given_up: Annotated[
        bool, typer.Option("--given-up", help="Everything that was given up.")
    ] = False,
) -> None:
    """重新发送。Send notices again, with the same identifiers, when it is next due."""
    if bool(notice) == given_up:
        raise typer.BadParameter(
            "请给出通知编号，或用 --given-up。Name notices, or give --given-up; not both."
        )
    now = dt.datetime.now(dt.UTC)
    with home_repositories() as repositories:
        if given_up:
            number = repositories.outbox.resend_given_up(now)
        else:
            number = sum(repositories.outbox.resend(one, now) for one in notice or ())
    say(f"{number} 条将重新发送 will be sent again")
    if not number:
        raise typer.Exit(1)


@outbox_app.command("deliver")
def deliver(
    *, seconds: Annotated[float, typer.Option(min=1, help="Begin nothing new after.")] = 60
) -> None:
    """立即发送。Send what is due, now. Exit code 1 where something did not arrive."""
    from tasks.notices.deliver_notices import deliver_notices

    with home_repositories() as repositories:
        settings = repositories.settings
        if not (settings.webhook_url or settings.outcome_folder):
            from models.errors import SettingError

            raise SettingError(
                "没有发送目的地：请先设置 KINBIND_WEBHOOK_URL 或 KINBIND_OUTCOME_FOLDER。"
                "Nothing to send to: set KINBIND_WEBHOOK_URL or KINBIND_OUTCOME_FOLDER first."
            )
        done = deliver_notices(repositories, seconds=seconds)
    say(
        f"已送达 delivered {done.delivered} · 未送达 failed {done.failed}"
        f" · 已放弃 given up {done.given_up}"
    )
    if done.failed or done.given_up:
        raise typer.Exit(1)


def _line(one: "NoticeDelivery") -> str:
    when = one.delivered_at or one.next_try_at
    word = "送达 at" if one.delivered_at else "下次 next"
    return (
        f"{one.notice_id}  {one.application_id:<24} {one.outcome:<10} {one.destination.value:<8}"
        f" {one.state.zh} {one.state.value:<10} {one.tries} 次 tries  {word} {when:%m-%d %H:%M:%S}Z"
        f"  {one.problem}"
    ).rstrip()
