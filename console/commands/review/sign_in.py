"""`kinbind review sign-in` and `sign-out`: proving on a terminal who one is."""

import sys
from typing import TYPE_CHECKING, Annotated, Final

import typer

from console.commands.acting import forget_token, keep_token, read_token
from console.commands.home import home_repositories
from console.commands.output import say

if TYPE_CHECKING:
    from storage.bootstrap import Repositories

_TOO_SHORT: Final = "新密码不能为空。The new password is empty."


def sign_in(
    name: Annotated[str, typer.Argument(help="登记的人员名 as registered.", show_default=False)],
) -> None:
    """登录。Sign in on this terminal; a session ends after 30 idle minutes and after ten hours.

    The password is asked for; where standard input is no terminal, it is its first line, and a
    new one in place of a one-time password the second.
    """
    from models.staff.staff_member import SignInMethod
    from tasks.staff.sign_in import TERMINAL
    from tasks.staff.sign_in import sign_in as open_session

    with home_repositories() as repositories:
        password = _ask("密码 password")
        opened = open_session(repositories, name, password, TERMINAL, way=SignInMethod.TERMINAL)
        if opened.session.password_due:
            password = _choose(repositories, name)
            opened = open_session(repositories, name, password, TERMINAL, way=SignInMethod.TERMINAL)
        keep_token(repositories, opened.token)
        role = opened.session.staff.role
    say(f"已登录 signed in: {name}（{role.zh} {role.value}）")


def sign_out() -> None:
    """退出。End this terminal's session."""
    with home_repositories() as repositories:
        token = read_token(repositories)
        session = repositories.sessions.resume(token) if token else None
        if session is not None:
            repositories.sessions.end(session.session_id)
        forget_token(repositories)
    say("已退出 signed out")


def _choose(repositories: "Repositories", name: str) -> str:
    """A password of the person's own, in place of the one that was given out."""
    say("一次性密码须更换。A one-time password has to be replaced.")
    chosen = _ask("新密码 new password")
    if sys.stdin.isatty() and _ask("再输一次 once more") != chosen:
        raise typer.BadParameter("两次输入不同。The two are different.", param_hint="PASSWORD")
    if not chosen:
        raise typer.BadParameter(_TOO_SHORT, param_hint="PASSWORD")
    from tasks.staff.staff_accounts import choose_password

    choose_password(repositories, name, chosen)
    return chosen


def _ask(what: str) -> str:
    if sys.stdin.isatty():
        answer: str = typer.prompt(what, hide_input=True)
        return answer
    return sys.stdin.readline().rstrip("\n")
