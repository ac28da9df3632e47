"""What an administrator does with an account; the pages and the command line call the same."""

from models.staff.staff_member import StaffError, StaffRole
from storage.bootstrap import Repositories
from storage.staff.staff_register import FIRST
from tasks.staff.staff_events import record_account


class LastAdministratorError(StaffError):
    """Nobody would be left to administer."""

    def __init__(self) -> None:
        """Say what to do first."""
        super().__init__(
            "至少须保留一名可登录的管理员；请先新增一名。"
            "One administrator has to remain; add another one first."
        )


def add_first(repositories: Repositories) -> str | None:
    """Register the first administrator where there is nobody, and give the one-time password."""
    with repositories.unit_of_work():
        password = repositories.staff.first()
        if password is not None:
            record_account(repositories, FIRST, f"added as {StaffRole.ADMIN.value}", "setup")
    return password


def add_member(repositories: Repositories, name: str, role: StaffRole, *, actor: str) -> str:
    """Register a member of staff and give the one-time password.

    Raises:
        StaffError: The name is taken or badly formed.
    """
    with repositories.unit_of_work():
        password = repositories.staff.add(name, role)
        record_account(repositories, name, f"added as {role.value}", actor)
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
    change = f"added as {role.value}, signs in through the service"
    with repositories.unit_of_work():
        repositories.staff.add_known(name, role, identity)
        record_account(repositories, name, change, actor)


def set_identity(
    repositories: Repositories, name: str, identity: str | None, *, actor: str
) -> None:
    """Set what the sign-in service calls somebody, or with None forget it; ends their sessions.

    Raises:
        StaffError: Nobody has this name, or somebody else has the identity.
    """
    change = "signs in through the service" if identity else "not through the service any more"
    with repositories.unit_of_work():
        repositories.staff.set_identity(name, identity)
        record_account(repositories, name, change, actor)


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
        record_account(repositories, name, "let in" if active else "shut out", actor)


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
        record_account(repositories, name, f"{before.value} became {role.value}", actor)


def _is_administered(repositories: Repositories) -> bool:
    """Whether somebody can add people and let them in."""
    return any(m.role is StaffRole.ADMIN and m.active for m in repositories.staff.list())


def reset_password(repositories: Repositories, name: str, *, actor: str) -> str:
    """Give a new one-time password and end the person's sessions.

    Raises:
        StaffError: Nobody has this name.
    """
    with repositories.unit_of_work():
        password = repositories.staff.reset_password(name)
        record_account(repositories, name, "password reset", actor)
    return password


def choose_password(repositories: Repositories, name: str, password: str) -> None:
    """Set a password of somebody's own choice; every session of theirs ends.

    Raises:
        StaffError: It is too weak, or there is nobody of this name.
    """
    with repositories.unit_of_work():
        repositories.staff.choose_password(name, password)
        record_account(repositories, name, "password chosen", name)


def end_sessions(repositories: Repositories, name: str, *, actor: str) -> None:
    """End every session of somebody."""
    repositories.sessions.end_all(name)
    record_account(repositories, name, "signed out", actor)
