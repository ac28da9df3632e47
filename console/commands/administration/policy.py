"""`kinbind policy`: check the rule book, show what holds where and when, explain, try out."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from console.commands.choices import one_of
from console.commands.home import home_repositories
from console.commands.output import print_json, say

if TYPE_CHECKING:
    from models.checks.finding import Evidence
    from models.intake.application import Product
    from tasks.policy.check.check_policies import PolicyCheck
    from tasks.policy.explain import ExplainedCheck, Explanation
    from tasks.policy.replay import Replay
    from tasks.policy.show import PolicyView

policy_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="政策。The rule book: check it, show it, explain a case by it, try out a new one.",
)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@policy_app.command("check")
def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FILE|FOLDER]...",
            help="文件按与现行文件夹一起使用检查，文件夹整体检查。"
            "A file is judged among those in use,"
            " a folder as a whole. Unset: the policies folder.",
        ),
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """检查政策文件。What is wrong in policies, with file, line and how to mend it.

    ✗ cannot hold (overlaps, days without a rule, unknown keys) · ! an auditor would ask (no source,
    a setting without effect) · a point is a note. Exit code 2 where something cannot hold, 1 where
    only an auditor would ask, 0 otherwise.
    """
    from models.policy.policy_fault import FaultLevel
    from storage.settings import load_settings
    from tasks.policy.check.check_policies import check_policies

    checked = check_policies(paths or (), load_settings().policies)
    counts = {level: sum(f.level is level for f in checked.faults) for level in FaultLevel}
    if as_json:
        print_json(_check_report(checked))
    else:
        for fault in checked.faults:
            say(f"{fault.level.mark} {fault.text}")
        wrong, weak = counts[FaultLevel.WRONG], counts[FaultLevel.WEAK]
        mark = "✗" if wrong else "!" if weak else "✓"
        say(
            f"{mark} 已检查 {len(checked.files)} 个文件：错误 {wrong}，待补 {weak}，提示"
            f" {counts[FaultLevel.NOTE]}。{len(checked.files)} files checked: {wrong} wrong,"
            f" {weak} to be completed, {counts[FaultLevel.NOTE]} notes."
        )
    if counts[FaultLevel.WRONG] or not checked.files:
        raise typer.Exit(2)
    if counts[FaultLevel.WEAK]:
        raise typer.Exit(1)


def _check_report(checked: "PolicyCheck") -> dict[str, list[dict[str, str | int]] | list[str]]:
    return {
        "files": [str(path) for path in checked.files],
        "faults": [fault.model_dump(mode="json") for fault in checked.faults],
    }


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
    from storage.policy.policies import PolicyRepository
    from storage.settings import load_settings
    from tasks.policy.show import view_policy

    if not (region.isdigit() and len(region) == 6):
        msg = f"“{region}” 应为六位行政区划代码 must be six digits, e.g. 410100"
        raise typer.BadParameter(msg, param_hint="--region")
    from models.clock import CHINA

    day = date.date() if date else dt.datetime.now(CHINA).date()
    policies = PolicyRepository.load(load_settings().policies)
    view = view_policy(policies, region, day, _product(product))
    if as_json:
        print_json(view)
    else:
        _print_view(view)


@policy_app.command("explain")
def explain(
    application_id: Annotated[str, typer.Argument(help="申请编号 application id.")],
    *,
    as_json: AsJson = False,
) -> None:
    """说明一份申请的依据。Each rule that a decided application was asked, and what met it."""
    from tasks.policy.explain import explain_application

    with home_repositories() as repositories:
        explained = explain_application(repositories, application_id)
    if explained is None:
        say(
            f"没有已决定的申请 {application_id}；请核对编号，或先办理。"
            f"No decided application {application_id}: check the identifier, or run it first.",
            err=True,
        )
        raise typer.Exit(1)
    if as_json:
        print_json(explained)
    else:
        _print_explanation(explained)


@policy_app.command("replay")
def replay(
    *,
    policy: Annotated[Path, typer.Option(help="文件夹 the folder of the policies to try out.")],
    since: Annotated[
        dt.datetime,
        typer.Option(formats=["%Y-%m-%d"], help="起始日 first day of taking in."),
    ],
    table: Annotated[
        Path | None,
        typer.Option(help="另写 Parquet 表。A table of it for notebooks too.", dir_okay=False),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """试行另一套政策。Which past outcomes other policies would change, and by which codes.

    Nothing in the office changes, and no personal data is shown.
    """
    from storage.policy.policies import PolicyRepository
    from tasks.policy.replay import replay_policies
    from tasks.policy.replay_table import write_replay_table

    other = PolicyRepository.load(policy)
    with home_repositories() as repositories:
        replayed = replay_policies(repositories, other, since.date())
    if table:
        write_replay_table(replayed, table)
    if as_json:
        print_json(replayed)
    else:
        _print_replay(replayed)


def _print_replay(found: "Replay") -> None:
    say(
        f"自 since {found.since}：重审 replayed {found.replayed}，结果不变 unchanged"
        f" {found.unchanged}，未能重审 skipped {found.skipped}，无政策 without policy"
        f" {found.without_policy}"
    )
    for flip in found.flips:
        say(
            "",
            f"{flip.was.zh} {flip.was.value} → {flip.becomes.zh} {flip.becomes.value}:"
            f" {len(flip.applications)}",
        )
        for sign, codes in (("+", flip.added), ("-", flip.removed)):
            for code, count in codes.items():
                say(f"  {sign} {code} × {count}")
        say(f"  {' '.join(flip.applications)}")


_MARKS = {"passed": "✓", "failed": "✗", "cannot_tell": "?"}


def _print_explanation(explained: "Explanation") -> None:
    codes = " ".join(explained.codes) or "—"
    say(f"申请 application {explained.application_id}    第 {explained.round} 次 round")
    say(f"结果 outcome    {explained.outcome.zh} {explained.outcome.value}    原因 {codes}")
    say(f"决定 decided by {explained.decided_by}")
    say(f"政策 policy     {explained.policy_version}")
    if explained.relationship:
        say(f"关系 relation   {explained.relationship.zh}")
        say(f"                {explained.relationship.en}")
    if not explained.checks:
        say("", "表单无法核验，未作检查。The form could not be judged; no check was asked.")
    for check in explained.checks:
        _print_check(check)


def _print_check(check: "ExplainedCheck") -> None:
    rules = " ".join(check.rules)
    say("", f"{_MARKS[check.verdict.value]} {check.zh} {check.check}    规则 rules {rules}")
    for item in check.met_by:
        say(f"    依据 met by    {_shown(item)}")
    for found in check.unmet:
        say(f"    {found.code.value} [{found.severity.value}] {found.message.zh}")
        say(f"        {found.message.en}")
        for item in found.evidence:
            say(f"        · {_shown(item)}")


def _shown(item: "Evidence") -> str:
    return " ".join(part for part in (item.document, item.field, item.value) if part)


def _product(name: str | None) -> "Product | None":
    from models.intake.application import Product

    return one_of(Product, name, "--product") if name is not None else None


def _print_view(view: "PolicyView") -> None:
    say(f"政策 policy    {view.version}")
    say(f"地区 region    {view.region}    日期 on {view.on}")
    say(f"文件 files     {' ← '.join(view.files)}")
    for group in view.groups:
        until = f" 至 until {group.effective_until}" if group.effective_until else ""
        say("", f"{group.zh} {group.group}    [{group.place}]")
        say(f"  依据 source: {group.source}（自 from {group.effective_from}{until}）")
        for rule in group.rules:
            say(f"  · {rule.zh}：{rule.value_zh}    {rule.key}    [{rule.place}]")
            if rule.source != group.source:
                say(f"      依据 source: {rule.source}")
            if rule.cited not in {"", "design"}:
                say(f"      出处 cites: {rule.cited}")
