"""`kinbind audit`: histories, the check of the whole chain, evidence files."""

from collections.abc import Iterator
from typing import Annotated

import typer

from console.commands.audit import evidence, oversight
from console.commands.home import home_repositories
from console.commands.output import AsJson, print_json, say
from models.audit.event import ChainReport
from models.audit.event_wording import event_words
from models.clock import CHINA

audit_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="审计。Histories, the check of their chain, evidence files.",
)
audit_app.command(short_help="导出证据 one signed evidence file")(evidence.export)
audit_app.command(short_help="核验证据 check an evidence file")(evidence.check)
audit_app.command(short_help="检索申请 rounds that fit what is asked")(oversight.search)
audit_app.command(short_help="运行历史 runs, also those that failed half way")(oversight.runs)
audit_app.command(short_help="按人按日的意见 opinions by person and day")(oversight.decisions)
audit_app.command(short_help="抽检与复查 what was looked at again, with results")(oversight.samples)
audit_app.command(short_help="签名证书 the certificate that signs them")(evidence.key)


@audit_app.command("show")
def show(
    application_id: Annotated[str, typer.Argument(help="申请编号 application id.")],
    *,
    as_json: AsJson = False,
) -> None:
    """一份申请的全过程。Everything that happened to one application, in order, in China's time."""
    with home_repositories() as repositories:
        events = repositories.audit.events(application_id)
    if not events:
        say(
            f"没有申请 {application_id} 的记录，请核对编号。"
            f"Nothing is recorded about {application_id}: check the identifier.",
            err=True,
        )
        raise typer.Exit(1)
    for event in events:
        if as_json:
            print_json(event)
            continue
        zh, en = event_words(event.tag)
        say(
            f"{event.sequence:>6}  {event.recorded_at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"
            f"  {zh} {en}  {event.actor}  {event.hash[:12]}"
        )
        for key, value in event.details.items():
            say(f"        {key}: {' '.join(value) if isinstance(value, list) else value}")


@audit_app.command("verify")
def verify(
    *,
    whole: Annotated[
        bool, typer.Option("--whole", help="从头逐条重算。Every event, from the first one.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """校验审计链。Recompute the chain; exit code 1 where it was touched.

    It goes on from the last check, and recomputes 20,000 of the older events again, in turn.
    """
    with home_repositories() as repositories:
        audit, archive = repositories.audit, repositories.archive
        report = audit.verify(archive) if whole else audit.verify_onward(archive)
    if as_json:
        print_json(report)
    elif report.intact:
        say(
            f"审计链完整 intact: {report.events} 条记录 events, {report.bindings} 份绑定 bindings"
            f" 与之相符 agree, 链头 head {report.head[:16]}",
            *_part_checked(report),
            f"树根 root {report.root}",
        )
    else:
        say(
            f"审计链不完整 NOT intact: 第 {report.first_broken} 条起 from event"
            f" {report.first_broken}: {report.problem_zh} {report.problem}"
        )
    if not report.intact:
        raise typer.Exit(1)


def _part_checked(report: ChainReport) -> Iterator[str]:
    """What was recomputed, where that was not everything."""
    if report.whole or report.whole_since is None:
        return
    first = report.checked_before + 1
    since = f"{report.whole_since.astimezone(CHINA):%Y-%m-%d %H:%M}"
    yield (
        f"本次重算第 {first} 条起的全部记录和此前的 {report.checked_again} 条；"
        f"其余记录均在 {since} 之后重算过，从头重算请加 --whole。"
        f" Recomputed: from event {first} on, and {report.checked_again} older ones; all others"
        f" since {since}. --whole recomputes every one."
    )


@audit_app.command("accept")
def accept(
    *,
    why: Annotated[str, typer.Option(help="原因，将存档。The reason, for the record.")],
) -> None:
    """接受审计链现状。Go on with a log that ends before what was kept of it outside.

    After an older case database was restored nothing is written until this says why.
    """
    from console.commands.home import ACTOR
    from tasks.upkeep.accept_log import accept_log

    with home_repositories() as repositories:
        events, kept = accept_log(repositories, why, actor=ACTOR)
    if kept == events:
        say("库外留存与审计链相符，无需接受。What was kept agrees with the log: nothing to do.")
        return
    say(
        f"已接受：审计链 {events} 条，库外留存 {kept} 条；请用 kinbind reconcile 核对其间的绑定。"
        f" Accepted: {events} events in the log, {kept} kept outside; kinbind reconcile shows what"
        " was bound in between."
    )
