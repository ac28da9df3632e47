"""Who acts on a terminal: a session kept in KINBIND_HOME, or the operating system's account."""

import os
import pwd
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.staff.staff_member import StaffMember, StaffRole
    from storage.bootstrap import Repositories


def acting_member(
    repositories: "Repositories", roles: "Iterable[StaffRole] | None" = None
) -> "StaffMember":
    """The member of staff who runs this command.

    Args:
        repositories: Where everything is kept.
        roles: Those who may do this; None: those who decide cases.

    Raises:
        NobodyActsError: Nobody has proven who they are, or their role may not; says what to do.
    """
    from models.staff.staff_member import StaffRole
    from tasks.staff.sign_in import who_acts

    wanted = frozenset(roles or (StaffRole.REVIEWER, StaffRole.SENIOR))
    return who_acts(repositories, read_token(repositories), os_account(), wanted)


def os_account() -> str:
    """The account that this process runs under: the system's word, not the environment's."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid-{os.getuid()}"


def keep_token(repositories: "Repositories", token: str) -> None:
    """Keep a session's token where only this account can read it."""
    file = _token_file(repositories)
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        opened.write(token)


def read_token(repositories: "Repositories") -> str | None:
    """The token that was kept; None where there is none, or where others could read it too."""
    file = _token_file(repositories)
    try:
        state = file.lstat()
    except OSError:
        return None
    if state.st_uid != os.getuid() or state.st_mode & 0o077 or file.is_symlink():
        return None
    return file.read_text()


def forget_token(repositories: "Repositories") -> None:
    """Delete it."""
    _token_file(repositories).unlink(missing_ok=True)


def _token_file(repositories: "Repositories") -> Path:
    return repositories.settings.home / f"terminal-session-{os.getuid()}"
