"""`kinbind backup` and `kinbind restore`: a copy of the whole installation, and one from a copy."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from console.commands.home import ACTOR, home_repositories
from console.commands.output import AsJson, print_json, say

if TYPE_CHECKING:
    from storage.backup.restore_backup import RestoreReport

Folder = Annotated[Path, typer.Argument(help="备份目录 the backup's folder.", show_default=False)]


def backup(
    folder: Folder,
    *,
    keys: Annotated[
        Path | None,
        typer.Option(
            help="A file for the wrapped data keys, in place of its predecessor; keep it apart.",
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """备份。Database, objects and roots in one consistent copy; never the master key.

    Into the same folder again it adds what is new. People may go on working.
    """
    from tasks.upkeep.back_up import back_up_installation

    with home_repositories() as repositories:
        made = back_up_installation(repositories, folder.absolute(), keys, actor=ACTOR)
    if as_json:
        print_json(made)
        return
    say(f"已备份 backed up: {made.events} 条记录 events, {made.objects} 个对象 objects")
    if keys is None:
        say(
            "! 未含数据密钥，仅凭此备份无法恢复；请加 --keys 文件，并与备份分开保管。"
            " Without data keys this backup cannot be opened elsewhere: add --keys FILE, and keep"
            " that file apart."
        )


def restore(
    folder: Folder,
    *,
    keys: Annotated[
        Path | None,
        typer.Option(help="The file of the wrapped data keys.", show_default=False),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Try it in a folder that is thrown away.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """恢复。Make the installation of KINBIND_HOME from a backup and open everything in it.

    The home is empty, and the master key is in place. Exit code 1 where something does not open.
    """
    from storage.backup import restore_backup
    from storage.settings import load_settings

    work = restore_backup.check_backup if check else restore_backup.restore
    report = work(folder.absolute(), load_settings(), keys)
    if as_json:
        print_json(report)
    else:
        _tell(report)
    if not report.sound:
        raise typer.Exit(1)


def _tell(report: "RestoreReport") -> None:
    chain = report.chain
    state = (
        "完整 intact" if chain.intact else f"不完整 NOT intact: {chain.problem_zh} {chain.problem}"
    )
    say(f"审计链 audit chain {state}, {chain.events} 条 events, {chain.bindings} 份绑定 bindings")
    say(f"可打开的对象 objects that open: {report.opened}; 已删除 deleted: {report.deleted}")
    for key in report.broken:
        say(f"打不开 does not open: {key}")
