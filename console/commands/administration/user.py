"""`kinbind user`: the people who work with the console."""

from typing import Annotated

import typer

from console.commands.choices import one_of
from console.commands.home import ACTOR, home_repositories
from console.commands.output import AsJson, print_json, say

user_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="人员。The people who work with the console.",
)
Name = Annotated[str, typer.Argument(help="Small letters, digits and ._-", show_default=False)]


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
    from tasks.staff.staff_accounts import add_known_member, add_member

    chosen = one_of(StaffRole, role, "--role")
    with home_repositories() as repositories:
        if oidc is None:
            _print_password(name, add_member(repositories, name, chosen, actor=ACTOR))
            return
        add_known_member(repositories, name, chosen, oidc, actor=ACTOR)
    say(f"{name} 用单位账号登录 signs in with the organisation's account")


@user_app.command("list")
def list_people(*, as_json: AsJson = False) -> None:
    """人员列表。Everybody, with role and state."""
    with home_repositories() as repositories:
        everybody = repositories.staff.list()
    for person in everybody:
        if as_json:
            print_json(person)
            continue
        state = "正常 active" if person.active else "停用 shut out"
        last = f"{person.signed_in_at:%Y-%m-%d %H:%M}Z" if person.signed_in_at else "—"
        say(f"{person.name:<20} {person.role.value:<9} {state:<14} 最近登录 last {last}")


@user_app.command("oidc")
def bind_identity(
    name: Name,
    identity: Annotated[
        str | None, typer.Argument(help="Unset: not any more.", show_default=False)
    ] = None,
) -> None:
    """单位账号。Say what the sign-in service calls somebody; ends the person's sessions."""
    from tasks.staff.staff_accounts import set_identity

    with home_repositories() as repositories:
        set_identity(repositories, name, identity, actor=ACTOR)
    say(
        f"{name} 可用单位账号登录 signs in through the service"
        if identity
        else f"{name} 不再用单位账号登录 does not sign in through the service any more"
    )


@user_app.command("os-user")
def bind_os_account(
    name: Name,
    os_user: Annotated[
        str | None, typer.Argument(help="Unset: not any more.", show_default=False)
    ] = None,
) -> None:
    """系统账号。Say which account of the operating system is somebody's alone, for the terminal."""
    from tasks.staff.sign_in import bind_os_user

    with home_repositories() as repositories:
        bind_os_user(repositories, name, os_user, actor=ACTOR)
    say(
        f"{name} 在终端上即系统账号 is the account {os_user} on a terminal"
        if os_user
        else f"{name} 在终端上须登录 signs in on a terminal"
    )


@user_app.command("role")
def change_role(
    name: Name,
    role: Annotated[str, typer.Argument(help="reviewer · senior · auditor · operator · admin")],
) -> None:
    """调整角色。Give somebody another role; ends their sessions."""
    from models.staff.staff_member import StaffRole
    from tasks.staff.staff_accounts import change_role as give_role

    chosen = one_of(StaffRole, role, "ROLE")
    with home_repositories() as repositories:
        give_role(repositories, name, chosen, actor=ACTOR)
    say(f"{name} 现为{chosen.zh} is now {chosen.value}")


@user_app.command("disable")
def disable(name: Name) -> None:
    """停用。Shut somebody out and end their sessions."""
    _set_active(name, active=False)
    say(f"{name} 已停用 is shut out")


@user_app.command("enable")
def enable(name: Name) -> None:
    """启用。Let somebody in again."""
    _set_active(name, active=True)
    say(f"{name} 已启用 may sign in again")


@user_app.command("password")
def password(name: Name) -> None:
    """重置密码。Give out a new one-time password and end the person's sessions."""
    from tasks.staff.staff_accounts import reset_password

    with home_repositories() as repositories:
        _print_password(name, reset_password(repositories, name, actor=ACTOR))


def _set_active(name: str, *, active: bool) -> None:
    from tasks.staff.staff_accounts import set_active

    with home_repositories() as repositories:
        set_active(repositories, name, active=active, actor=ACTOR)


def _print_password(name: str, given: str) -> None:
    say(f"{name} 的一次性密码（只显示这一次） one-time password, shown this once: {given}")
