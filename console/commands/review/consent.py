"""`kinbind consent`: texts that people agree to, consents taken back, deletion on request."""

import datetime as dt
from typing import Annotated

import typer

from console.commands.acting import acting_member
from console.commands.choices import one_of
from console.commands.home import home_repositories
from console.commands.output import print_json, say

consent_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="同意与个人信息。Consents: their texts, taking one back, deletion on request.",
)
ApplicationId = Annotated[str, typer.Argument(metavar="APPLICATION", help="申请编号.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@consent_app.command("text")
def text(
    kind: Annotated[str, typer.Argument(help="notice · commitment · face.")],
    *,
    region: Annotated[str, typer.Option(help="地区 GB/T 2260 code, e.g. 330100.")] = "000000",
    date: Annotated[
        dt.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="日期 day; unset: today.", show_default=False),
    ] = None,
    version: Annotated[str | None, typer.Option(help="版本; unset: the one in force.")] = None,
    as_json: AsJson = False,
) -> None:
    """查看告知书、承诺书、同意书。The text that is agreed to, in both languages.

    Exit code 1 where there is none of that kind and version.
    """
    from models.intake.application import ConsentKind
    from storage.policy.policies import PolicyRepository
    from storage.settings import load_settings
    from tasks.policy.consent_text import find_consent_text

    wanted = one_of(ConsentKind, kind, "KIND")
    from models.clock import CHINA

    day = date.date() if date else dt.datetime.now(CHINA).date()
    shelf = PolicyRepository.load(load_settings().policies)
    found = find_consent_text(shelf, wanted, region=region, on=day, version=version)
    if found is None:
        say(
            "没有这种文本或版本，请用 kinbind policy show 查看现行版本。"
            "There is no such text; kinbind policy show lists the versions in force.",
            err=True,
        )
        raise typer.Exit(1)
    if as_json:
        print_json(found)
        return
    say(f"{found.title.zh} {found.title.en}    {found.version}    {found.digest}")
    for paragraph in (*found.zh, *found.en):
        say("", *paragraph.split("\n"))


@consent_app.command("withdraw")
def withdraw(
    application_id: ApplicationId,
    *,
    kind: Annotated[str, typer.Option(help="notice · commitment · face · guardian · spouse.")],
    by: Annotated[
        str | None,
        typer.Option(help="applicant · member · guardian · spouse · mother; unset: everybody's."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """撤回同意。Take a consent back; with the consent to faces their pictures are deleted.

    Exit code 1 where there is no such application.
    """
    from models.intake.application import ConsentGiver, ConsentKind
    from tasks.consents.withdraw_consent import withdraw_consent

    taken_back = one_of(ConsentKind, kind, "--kind")
    giver = one_of(ConsentGiver, by, "--by") if by else None
    now = dt.datetime.now(dt.UTC)
    with home_repositories() as repositories:
        actor = acting_member(repositories).name
        done = withdraw_consent(
            repositories, application_id, taken_back, by=giver, actor=actor, now=now
        )
    if done is None:
        say("没有这份申请，请核对编号。No such application; check the identifier.", err=True)
        raise typer.Exit(1)
    if as_json:
        print_json(done._asdict())
        return
    say(
        f"已撤回 withdrawn：{taken_back.value}，{done.rounds} 次提交 rounds；"
        f"删除人脸 faces deleted {done.faces_deleted}；绑定 binding {done.binding or '无 none'}"
    )


@consent_app.command("delete")
def delete(
    application_id: ApplicationId,
    *,
    asked_by: Annotated[str, typer.Option(help="applicant · member.")],
    as_json: AsJson = False,
) -> None:
    """应请求删除。Delete all of an application; the proof stays in the audit log.

    Exit code 1 where that is refused: not decided yet, or its binding is in force.
    """
    from models.intake.application import PersonRole
    from tasks.consents.delete_application import delete_application

    who = one_of(PersonRole, asked_by, "--asked-by")
    with home_repositories() as repositories:
        actor = acting_member(repositories).name
        done = delete_application(
            repositories, application_id, asked_by=who, actor=actor, now=dt.datetime.now(dt.UTC)
        )
    if as_json:
        refused = done.refused.value if done.refused else None
        print_json({"refused": refused, "classes": done.classes, "proof": done.proof})
    elif done.refused is None:
        say(f"已删除 deleted：{done.classes} 类 classes；凭证 proof {done.proof}")
    if done.refused is not None:
        if not as_json:
            say(f"{done.refused.zh}{done.refused.en}", err=True)
        raise typer.Exit(1)
