"""What an administrator does with an account; the pages and the command line call the same."""

import uuid

from models.audit.event import EventTag
from models.staff.staff_member import StaffError, StaffRole
from storage.bootstrap import Repositories


class LastAdministratorError(StaffError):
    """Nobody would be left to administer."""

    def __init__(self) -> None:
        """Say what to do first."""
        super().__init__(
            "至少须保留一名可登录的管理员；请先新增一名。"
            "One administrator has to remain; add another one first."
        )


def add_member(repositories: Repositories, name: str, role: StaffRole, *, actor: str) -> str:
    """Register a member of staff and give the one-time password.

    Raises:
        StaffError: The name is taken or badly formed.
    """
    password = repositories.staff.add(name, role)
    _record(repositories, name, f"added as {role.value}", actor)
    return password


def add_known_member(
    repositories: Repositories, name: str, role: StaffRole, identity: str, *, actor: str
) -> None:
    """Register a member of staff who signs in through the organisation's service, without password.

    Args:
        repositories: Where everything is kept.
        name: The name in the register.
        role: What the person may do; the service never gives one.
        identity: What the service calls the person.
        actor: Who registers.

    Raises:
        StaffError: The name or the identity is taken or badly formed.
    """
    repositories.staff.add_known(name, role, identity)
    _record(repositories, name, f"added as {role.value}, signs in through the service", actor)


def set_identity(
    repositories: Repositories, name: str, identity: str | None, *, actor: str
) -> None:
    """Set what the sign-in service calls somebody, or with None forget it; ends their sessions.

    Raises:
        StaffError: Nobody has this name, or somebody else has the identity.
    """
    repositories.staff.know_as(name, identity)
    change = "signs in through the service" if identity else "not through the service any more"
    _record(repositories, name, change, actor)


def set_active(repositories: Repositories, name: str, *, active: bool, actor: str) -> None:
    """Let somebody sign in again, or shut them out and end their sessions.

    Raises:
        StaffError: Nobody has this name, or nobody would be left to administer.
    """
    with repositories.unit_of_work():
        administered = _is_administered(repositories)
        repositories.staff.allow(name, active=active)
        if administered and not _is_administered(repositories):
            raise LastAdministratorError
        _record(repositories, name, "let in" if active else "shut out", actor)


def change_role(repositories: Repositories, name: str, role: StaffRole, *, actor: str) -> None:
    """Give somebody another role, and end their sessions.

    Raises:
        StaffError: Nobody has this name, or nobody would be left to administer.
    """
    with repositories.unit_of_work():
        before, administered = repositories.staff.get(name).role, _is_administered(repositories)
        repositories.staff.set_role(name, role)
        if administered and not _is_administered(repositories):
            raise LastAdministratorError
        _record(repositories, name, f"{before.value} became {role.value}", actor)


def _is_administered(repositories: Repositories) -> bool:
    """Whether somebody can add people and let them in."""
    return any(m.role is StaffRole.ADMIN and m.active for m in repositories.staff.list())


def reset_password(repositories: Repositories, name: str, *, actor: str) -> str:
    """Give a new one-time password and end the person's sessions.

    Raises:
        StaffError: Nobody has this name.
    """
    password = repositories.staff.reset_password(name)
    _record(repositories, name, "password reset", actor)
    return password


def end_sessions(repositories: Repositories, name: str, *, actor: str) -> None:
    """End every session of somebody."""
    repositories.sessions.end_all(name)
    _record(repositories, name, "signed out", actor)


def _record(repositories: Repositories, name: str, change: str, actor: str) -> None:
    repositories.audit.append(
        EventTag.STAFF_CHANGED,
        application_id=None,
        round_id=None,
        actor=actor,
        details={"name": name, "change": change},
        idempotency_key=f"staff:{uuid.uuid4().hex}",
    )
