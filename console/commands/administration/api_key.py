"""`kinbind api-key`: keys of the programs that hand applications in."""

from typing import Annotated

import typer

from console.commands.choices import one_of
from console.commands.home import ACTOR, home_repositories
from console.commands.output import AsJson, print_json, say

api_key_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="接口密钥。Keys of the programs that hand applications in over HTTP.",
)


@api_key_app.command("new")
def new(
    name: Annotated[str, typer.Argument(help="The client: small letters, digits and ._-")],
    *,
    channel: Annotated[
        list[str] | None,
        typer.Option(help="Only for this channel, e.g. local_app; may be repeated."),
    ] = None,
) -> None:
    """发放密钥。Give a client a key; it is shown this once. Earlier ones stay good."""
    from models.intake.application import Channel
    from tasks.staff.api_keys import issue_key

    channels = [one_of(Channel, given, "--channel") for given in channel or ()]
    with home_repositories() as repositories:
        issued = issue_key(repositories, name, channels, actor=ACTOR)
    say(f"{name} 的密钥 {issued.key.key_id}（只显示这一次） key, shown this once: {issued.secret}")


@api_key_app.command("list")
def list_keys(*, as_json: AsJson = False) -> None:
    """密钥列表。Every key that was given out, never in clear."""
    with home_repositories() as repositories:
        keys = repositories.api_keys.list()
    for key in keys:
        if as_json:
            print_json(key)
            continue
        state = "已停用 revoked" if key.revoked_at else "有效 in force"
        used = f"{key.last_used_at:%Y-%m-%d %H:%M}Z" if key.last_used_at else "—"
        where = " ".join(key.channels) or "全部渠道 all channels"
        say(f"{key.key_id}  {key.client:<20} {state:<14} 最近使用 used {used:<18} {where}")


@api_key_app.command("revoke")
def revoke(
    name: Annotated[str, typer.Argument(help="A key's identifier, or a client for all its keys.")],
) -> None:
    """停用密钥。End a key, or every key of a client."""
    import datetime as dt

    from tasks.staff.api_keys import revoke_keys

    with home_repositories() as repositories:
        ended = revoke_keys(repositories, name, dt.datetime.now(dt.UTC), actor=ACTOR)
    say(f"已停用 revoked: {' '.join(ended)}")
