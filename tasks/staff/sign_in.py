"""Who acts: somebody of the register who has proven to be that person."""

import datetime as dt
from collections.abc import Collection
from typing import Final

from models.audit.event import Detail, EventTag
from models.errors import KinbindError
from models.staff.staff_member import (
    SignedIn,
    SignInMethod,
    SignInRefusedError,
    StaffError,
    StaffMember,
    StaffRole,
)
from storage.bootstrap import Repositories
from tasks.rounds.row_digests import SESSION, rows_detail
from tasks.staff.staff_events import record_account, record_of

TERMINAL: Final = "terminal"
"""Where tries on a terminal come from, for counting failures."""
_SHARED: Final = frozenset({"root"})
"""Accounts of the operating system that are never one person's."""


class NobodyActsError(KinbindError):
    """Nobody of the register has proven to be the one who acts."""


def sign_in(
    repositories: Repositories,
    name: str,
    password: str,
    address: str,
    *,
    way: SignInMethod = SignInMethod.PASSWORD,
    now: dt.datetime | None = None,
) -> SignedIn:
    """Open a session by name and password, with a line in the audit log.

    A refusal is logged where the name is registered; what else was typed as a name could be a
    password, and is kept nowhere.

    Args:
        repositories: Where everything is kept.
        name: As registered.
        password: As typed.
        address: Where the try comes from, for counting failures.
        way: Whether a browser or a terminal keeps it.
        now: The present.

    Raises:
        SignInRefusedError: Wrong, or too many tries.
    """
    try:
        signed_in = repositories.sessions.sign_in(name, password, address, way=way, now=now)
    except SignInRefusedError as refused:
        if any(member.name == name for member in repositories.staff.list()):
            details: dict[str, Detail] = {"way": way.value, "wait": refused.wait_seconds}
            record_of(repositories, EventTag.SESSION_REFUSED, name, details, actor=name)
        raise
    record_sign_in(repositories, signed_in)
    return signed_in


def record_sign_in(repositories: Repositories, signed_in: SignedIn) -> None:
    """Leave the line of an opened session in the audit log."""
    session = signed_in.session
    name = session.staff.name
    row = repositories.stored_rows.sessions().get(session.session_id, "")
    details: dict[str, Detail] = {"way": session.way.value, **rows_detail({SESSION: row})}
    record_of(repositories, EventTag.SESSION_OPENED, name, details, actor=name)


def who_acts(
    repositories: Repositories,
    token: str | None,
    os_user: str,
    roles: Collection[StaffRole],
) -> StaffMember:
    """The member of staff behind a terminal.

    Args:
        repositories: Where everything is kept.
        token: Of the terminal's session; None where nobody signed in.
        os_user: The account that the process runs under, as the operating system says.
        roles: Those who may do this.

    Raises:
        NobodyActsError: Nobody is registered, nobody has proven who they are, or their role may
            not do this; says what to do.
    """
    if repositories.staff.is_empty():
        raise NobodyActsError(
            "尚未登记任何人员：先运行 kinbind user add NAME --role reviewer，再运行 "
            "kinbind review sign-in NAME。"
            "Nobody is registered: kinbind user add NAME --role reviewer, "
            "then kinbind review sign-in NAME"
        )
    member = _known(repositories, token, os_user)
    if member is None:
        raise NobodyActsError(
            "请先登录：kinbind review sign-in NAME（会话 30 分钟无操作即失效）。"
            "Sign in first: kinbind review sign-in NAME (a session ends after 30 idle minutes)"
        )
    if member.role not in roles:
        wanted = "、".join(role.zh for role in StaffRole if role in roles)
        listed = " or ".join(role.value for role in StaffRole if role in roles)
        msg = (
            f"{member.name} 的角色是{member.role.zh}，不能办理此事；需要：{wanted}。"
            f"{member.name} is {member.role.value} and may not do this; it takes: {listed}"
        )
        raise NobodyActsError(msg)
    return member


def bind_os_user(repositories: Repositories, name: str, os_user: str | None, *, actor: str) -> None:
    """Say which account of the operating system is somebody's alone, or with None forget it.

    Raises:
        StaffError: Nobody has this name, the account is somebody else's, or nobody's alone.
    """
    if os_user in _SHARED:
        raise StaffError(
            "root 不是个人账号，不能绑定。root is nobody's own account and cannot be bound."
        )
    change = f"is {os_user} on a terminal" if os_user else "signs in on a terminal"
    with repositories.unit_of_work():
        repositories.staff.set_os_user(name, os_user)
        record_account(repositories, name, change, actor)


def _known(repositories: Repositories, token: str | None, os_user: str) -> StaffMember | None:
    session = repositories.sessions.resume(token) if token else None
    if session is not None and session.way is SignInMethod.TERMINAL and not session.password_due:
        return session.staff
    return repositories.staff.of_os_user(os_user)
