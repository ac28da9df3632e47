"""`kinbind audit`: histories, the check of the whole chain, evidence files."""

from typing import Annotated

import typer

from console.commands.audit import evidence
from console.commands.home import home_repositories
from console.commands.output import AsJson, print_json

audit_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="审计。Histories, the check of their chain, evidence files.",
)
audit_app.command(short_help="导出证据 one signed evidence file")(evidence.export)
audit_app.command(short_help="核验证据 check an evidence file")(evidence.check)
audit_app.command(short_help="签名证书 the certificate that signs them")(evidence.key)


@audit_app.command("show")
def show(
    application_id: Annotated[str, typer.Argument(help="申请编号 application id.")],
    *,
    as_json: AsJson = False,
) -> None:
    """一份申请的全过程。Everything that happened to one application, in order."""
    with home_repositories() as repositories:
        events = repositories.audit.events(application_id)
    if not events:
        typer.echo(
            f"没有申请 {application_id} 的记录，请核对编号。"
            f"Nothing is recorded about {application_id}: check the identifier.",
            err=True,
        )
        raise typer.Exit(1)
    for event in events:
        if as_json:
            typer.echo(event.model_dump_json())
            continue
        typer.echo(
            f"{event.sequence:>6}  {event.recorded_at:%Y-%m-%d %H:%M:%S}  {event.tag.value}"
            f"  {event.actor}  {event.hash[:12]}"
        )
        for key, value in event.details.items():
            typer.echo(f"        {key}: {' '.join(value) if isinstance(value, list) else value}")


@audit_app.command("verify")
def verify(*, as_json: AsJson = False) -> None:
    """校验审计链。Recompute the whole chain; exit code 1 where it was touched."""
    with home_repositories() as repositories:
        report = repositories.audit.verify(repositories.archive)
    if as_json:
        print_json(report)
    elif report.intact:
        typer.echo(
            f"审计链完整 intact: {report.events} 条记录 events, {report.bindings} 份绑定 bindings"
            f" 与之相符 agree, 链头 head {report.head[:16]}\n树根 root {report.root}"
        )
    else:
        typer.echo(
            f"审计链不完整 NOT intact: 第 {report.first_broken} 条起 from event"
            f" {report.first_broken}: {report.problem_zh} {report.problem}"
        )
    if not report.intact:
        raise typer.Exit(1)
