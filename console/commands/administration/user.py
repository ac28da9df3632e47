"""`kinbind user`: the people who work with the console."""

import json
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from storage.bootstrap import Repositories

user_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="人员。The people who work with the console.",
)
Name = Annotated[str, typer.Argument(help="Small letters, digits and ._-", show_default=False)]
_ACTOR = "command line"


@user_app.command("add")
def add(
    name: Name,
    *,
    role: Annotated[
        str, typer.Option(help="reviewer · senior · auditor · operator · admin")
    ] = "reviewer",
    oidc: Annotated[
        str | None,
        typer.Option(
            help="What the sign-in service calls them (KINBIND_OIDC_CLAIM); no password then.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """新增人员。Register somebody; prints a one-time password, this once."""
    from models.staff.staff_member import StaffRole

    if role not in set(StaffRole):
        raise typer.BadParameter("reviewer, senior, auditor, operator or admin", param_hint="role")
    with _repositories() as repositories:
        if oidc is None:
            password = repositories.staff.add(name, StaffRole(role))
            _note(repositories, name, f"added as {role}")
        else:
            repositories.staff.add_known(name, StaffRole(role), oidc)
            _note(repositories, name, f"added as {role}, signs in through the service")
    if oidc is None:
        _tell(name, password)
    else:
        typer.echo(f"{name} 用单位账号登录 signs in with the organisation's account")


@user_app.command("list")
def list_people(
    *, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> None:
    """人员列表。Everybody, with role and state."""
    with _repositories() as repositories:
        everybody = repositories.staff.list()
    for person in everybody:
        if as_json:
            typer.echo(json.dumps(person.model_dump(mode="json"), ensure_ascii=False))
            continue
        state = "正常 active" if person.active else "停用 shut out"
        last = f"{person.signed_in_at:%Y-%m-%d %H:%M}Z" if person.signed_in_at else "—"
        typer.echo(f"{person.name:<20} {person.role.value:<9} {state:<14} 最近登录 last {last}")


@user_app.command("oidc")
def know_as(
    name: Name,
    identity: Annotated[
        str | None, typer.Argument(help="Unset: not any more.", show_default=False)
    ] = None,
) -> None:
    """单位账号。Say what the sign-in service calls somebody; ends the person's sessions."""
    with _repositories() as repositories:
        repositories.staff.know_as(name, identity)
        change = "signs in through the service" if identity else "not through the service any more"
        _note(repositories, name, change)
    typer.echo(f"{name}: {change}")


@user_app.command("disable")
def disable(name: Name) -> None:
    """停用。Shut somebody out and end their sessions."""
    with _repositories() as repositories:
        repositories.staff.allow(name, active=False)
        _note(repositories, name, "shut out")
    typer.echo(f"{name} 已停用 is shut out")


@user_app.command("enable")
def enable(name: Name) -> None:
    """启用。Let somebody in again."""
    with _repositories() as repositories:
        repositories.staff.allow(name, active=True)
        _note(repositories, name, "let in")
    typer.echo(f"{name} 已启用 may sign in again")


@user_app.command("password")
def password(name: Name) -> None:
    """重置密码。Give out a new one-time password and end the person's sessions."""
    with _repositories() as repositories:
        given = repositories.staff.reset_password(name)
        _note(repositories, name, "password reset")
    _tell(name, given)


def _tell(name: str, given: str) -> None:
    typer.echo(f"{name} 的一次性密码（只显示这一次） one-time password, shown this once: {given}")


def _repositories() -> "AbstractContextManager[Repositories]":
    from storage.bootstrap import using_repositories
    from storage.settings import load_settings

    return using_repositories(load_settings())


def _note(repositories: "Repositories", name: str, what: str) -> None:
    from console.web.auth.staff_events import note_staff

    note_staff(repositories, _ACTOR, name, what)
