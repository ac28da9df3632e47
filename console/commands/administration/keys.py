"""`kinbind keys`: the master key and the data keys that it wraps."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from console.commands.home import ACTOR, home_repositories
from console.commands.output import AsJson, print_json, say

if TYPE_CHECKING:
    from storage.settings import Settings

keys_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="密钥。The master key, and the data keys that it wraps.",
)


@keys_app.command("status")
def status(*, as_json: AsJson = False) -> None:
    """密钥状态。Where the master key comes from, and how many data keys live; shows no key."""
    from storage.key_places import outer_key_folder

    with home_repositories() as repositories:
        counts = repositories.keyring.counts()
        settings, master = repositories.settings, repositories.keyring.master_id
    source, inside = _source(settings), _is_inside(settings)
    if as_json:
        shown = {"master_key": source, "master_key_id": master, "in_home": inside}
        print_json(shown | counts._asdict())
        return
    say(f"主密钥 master key      {source} ({master})")
    say(f"数据密钥 data keys     {counts.living} 有效 living, {counts.destroyed} 已销毁 destroyed")
    if inside:
        target = outer_key_folder(settings.home)
        say(
            "! 主密钥在 KINBIND_HOME 内：得到该目录副本的人可打开一切。停止各进程后移出："
            " The master key lies in the home: whoever has a copy of that opens everything. Stop"
            " all processes and move it out:"
        )
        say(f"  mkdir -p -m 700 {target.parent} && mv {settings.key_folder} {target}")


@keys_app.command("rotate")
def rotate_master_key(
    *,
    to: Annotated[
        Path | None,
        typer.Option(
            help="A file of 32 bytes that is the new key, where the old one comes from the"
            " environment or a command.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """更换主密钥。Wrap every key with a new master key; nothing else is written again.

    Processes that run have to be started again. The old key opens nothing of this installation any
    more; backups of the keys made before this need it.
    """
    from tasks.upkeep.rotate_keys import rotate_keys

    with home_repositories() as repositories:
        count = rotate_keys(repositories, to, actor=ACTOR)
        master = repositories.keyring.master_id
    say(f"主密钥已更换 the master key is now {master}; {count} data keys 已重新加密 wrapped anew")
    say("请重新启动所有进程，并备份新密钥。Start every process again, and back the new key up.")


def _source(settings: "Settings") -> str:
    if settings.master_key_command:
        return "KINBIND_MASTER_KEY_COMMAND"
    return "KINBIND_MASTER_KEY" if settings.master_key else str(settings.key_file)


def _is_inside(settings: "Settings") -> bool:
    from_file = not (settings.master_key or settings.master_key_command)
    return from_file and settings.key_file.is_relative_to(settings.home)
