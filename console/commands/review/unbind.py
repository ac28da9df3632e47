"""`kinbind unbind`: undo a binding."""

import datetime as dt
from typing import Annotated

import typer

from console.commands.acting import acting_member
from console.commands.choices import bad_choice, one_of
from console.commands.home import home_repositories
from console.commands.output import AsJson, print_json, say


def unbind(
    name: Annotated[
        str, typer.Argument(metavar="BINDING", help="绑定编号或申请编号 binding or application.")
    ],
    *,
    reason: Annotated[str, typer.Option(help="requested · divorced · deceased · error")],
    consent: Annotated[
        list[str] | None, typer.Option(help="applicant · member; give it twice for both.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """解除绑定。Announce the end of a binding; from when it counts, the policy says.

    A tombstone is written beside the binding. Exit code 1 where the policy refuses.
    """
    from models.bindings.unbinding import EndReason
    from models.intake.application import PersonRole
    from tasks.bindings.unbind import unbind as end_binding

    reasons = [r.value for r in EndReason if r is not EndReason.REVERIFIED]
    if reason not in reasons:
        raise bad_choice(reason, tuple(reasons), "--reason")
    consents = [one_of(PersonRole, given, "--consent") for given in consent or ()]
    with home_repositories() as repositories:
        done = end_binding(
            repositories,
            name,
            by=acting_member(repositories).name,
            reason=EndReason(reason),
            consents=consents,
            now=dt.datetime.now(dt.UTC),
        )
    if done.refused is not None:
        refusal = {"code": done.refused.code.value, "message": done.refused.message.model_dump()}
        if as_json:
            print_json(refusal)
        else:
            message = done.refused.message
            say(f"{done.refused.code.value} {message.zh}", message.en, err=True)
        raise typer.Exit(1)
    if done.unbinding is not None:
        end = done.unbinding
        if as_json:
            print_json(end)
            return
        say(
            f"{end.binding_id} 自 {end.effective_date} 起解除 ends on {end.effective_date}"
            f"（{end.reason.zh} {end.reason.value}）"
        )
