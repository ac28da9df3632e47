"""`kinbind policy`: check the rule book, show what holds where and when, explain, try out."""

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from models.application import Product
    from tasks.policy.show import PolicyView

policy_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="政策。The rule book: check it, show it, explain a case by it, try out a new one.",
)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@policy_app.command("check")
def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE]...", help="Unset: every file of the policies folder."),
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """检查政策文件。Everything wrong in policy files, with file, line and nearest known key.

    Exit code 2 where something is.
    """
    from storage.policies import PolicyShelf
    from storage.settings import load_settings

    folder = load_settings().policies
    paths = [path.absolute() for path in files or sorted(folder.glob("*.yaml"))]
    faults = PolicyShelf.faults(paths, beside=folder)
    if as_json:
        report = {"files": [str(path) for path in paths], "faults": list(faults)}
        typer.echo(json.dumps(report, ensure_ascii=False))
    else:
        for fault in faults:
            typer.echo(f"✗ {fault}")
        if not faults:
            typer.echo(f"✓ {len(paths)} 个文件无误 files are sound")
    if faults or not paths:
        raise typer.Exit(2)


@policy_app.command("show")
def show(
    *,
    region: Annotated[str, typer.Option(help="地区 GB/T 2260 code, e.g. 410100.")],
    date: Annotated[
        dt.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="日期 day; unset: today.", show_default=False),
    ] = None,
    product: Annotated[
        str | None, typer.Option(help="family_account · mutual_aid; unset: both.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """某地某日的规则。The merged rules in force, with source, file and line of each."""
    from storage.policies import PolicyShelf
    from storage.settings import load_settings
    from tasks.policy.show import view_policy

    if not (region.isdigit() and len(region) == 6):
        raise typer.BadParameter("six digits, e.g. 410100", param_hint="--region")
    day = date.date() if date else dt.datetime.now().astimezone().date()
    shelf = PolicyShelf.load(load_settings().policies)
    view = view_policy(shelf, region, day, _product(product))
    if as_json:
        typer.echo(json.dumps(view.model_dump(mode="json"), ensure_ascii=False))
    else:
        _print_view(view)


def _product(name: str | None) -> "Product | None":
    from models.application import Product

    if name is None:
        return None
    if name not in set(Product):
        raise typer.BadParameter(" · ".join(Product), param_hint="--product")
    return Product(name)


def _print_view(view: "PolicyView") -> None:
    typer.echo(f"政策 policy    {view.version}")
    typer.echo(f"地区 region    {view.region}    日期 on {view.on}")
    typer.echo(f"文件 files     {' ← '.join(view.files)}")
    for group in view.groups:
        until = f" 至 until {group.effective_until}" if group.effective_until else ""
        typer.echo(f"\n{group.zh} {group.group}    [{group.place}]")
        typer.echo(f"  依据 source: {group.source}（自 from {group.effective_from}{until}）")
        for rule in group.rules:
            typer.echo(f"  · {rule.zh}：{rule.value_zh}    {rule.key}    [{rule.place}]")
