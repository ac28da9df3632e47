"""`kinbind api-key`: keys of the programs that hand applications in."""

import json
import uuid
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from storage.bootstrap import Repositories

api_key_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="接口密钥。Keys of the programs that hand applications in over HTTP.",
)
_ACTOR = "command line"


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

    known = set(Channel)
    if any(one not in known for one in channel or ()):
        raise typer.BadParameter(", ".join(Channel), param_hint="channel")
    with _repositories() as repositories:
        issued = repositories.api_keys.new(name, [Channel(one) for one in channel or ()])
        _note(repositories, issued.key.key_id, name, "given out")
    typer.echo(
        f"{name} 的密钥 {issued.key.key_id}（只显示这一次） key, shown this once: {issued.secret}"
    )


@api_key_app.command("list")
def list_keys(
    *, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> None:
    """密钥列表。Every key that was given out, never in clear."""
    with _repositories() as repositories:
        keys = repositories.api_keys.list()
    for key in keys:
        if as_json:
            typer.echo(json.dumps(key.model_dump(mode="json"), ensure_ascii=False))
            continue
        state = "已停用 revoked" if key.revoked_at else "有效 in force"
        used = f"{key.last_used_at:%Y-%m-%d %H:%M}Z" if key.last_used_at else "—"
        where = " ".join(key.channels) or "全部渠道 all channels"
        typer.echo(f"{key.key_id}  {key.client:<20} {state:<14} 最近使用 used {used:<18} {where}")


@api_key_app.command("revoke")
def revoke(
    name: Annotated[str, typer.Argument(help="A key's identifier, or a client for all its keys.")],
) -> None:
    """停用密钥。End a key, or every key of a client."""
    import datetime as dt

    with _repositories() as repositories:
        ended = repositories.api_keys.revoke(name, dt.datetime.now(dt.UTC))
        for key_id in ended:
            _note(repositories, key_id, name, "revoked")
    typer.echo(f"已停用 revoked: {' '.join(ended)}")


def _repositories() -> "AbstractContextManager[Repositories]":
    from storage.bootstrap import using_repositories
    from storage.settings import load_settings

    return using_repositories(load_settings())


def _note(repositories: "Repositories", key_id: str, name: str, what: str) -> None:
    from models.audit.event import EventTag

    repositories.audit.append(
        EventTag.API_KEY_CHANGED,
        application_id=None,
        round_id=None,
        actor=_ACTOR,
        details={"key": key_id, "name": name, "change": what},
        idempotency_key=f"api-key:{uuid.uuid4().hex}",
    )
