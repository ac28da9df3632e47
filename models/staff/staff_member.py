"""The people of the office: who they are, what they may do, and their sessions."""

from enum import StrEnum
from typing import Final

from pydantic import AwareDatetime

from models.errors import KinbindError
from models.record import Record

MIN_PASSWORD: Final = 12
"""Characters of the shortest password that is taken."""


class StaffRole(StrEnum):
    """What a member of staff may do; everybody has exactly one."""

    REVIEWER = "reviewer"  # 审核员
    SENIOR = "senior"  # 复核主管
    AUDITOR = "auditor"  # 审计员
    OPERATOR = "operator"  # 运维
    ADMIN = "admin"  # 管理员

    @property
    def zh(self) -> str:
        """The role in Chinese."""
        return {
            "reviewer": "审核员",
            "senior": "复核主管",
            "auditor": "审计员",
            "operator": "运维",
            "admin": "管理员",
        }[self.value]


REVIEWING: Final = frozenset({StaffRole.REVIEWER, StaffRole.SENIOR})
"""Who claims cases and gives opinions."""


class SignInMethod(StrEnum):
    """How somebody signed in."""

    PASSWORD = "password"  # noqa: S105  (a word)
    SERVICE = "service"  # the organisation's own sign-in service, by OpenID Connect
    TERMINAL = "terminal"  # name and password, on a terminal
    PROGRAM = "program"  # name and password, by a program of one's own


class StaffMember(Record):
    """One member of staff.

    Attributes:
        name: The name to sign in with; it stands in the audit log, so it is ASCII.
        must_change: The password was given out by somebody else and has to be replaced.
        identity: What the organisation's sign-in service calls the person; None: it may not
            sign them in.
        os_user: The account of the operating system that is this person's alone, by which they
            are known on a terminal; None: they sign in there.
    """

    name: str
    role: StaffRole
    active: bool = True
    must_change: bool = False
    created_at: AwareDatetime
    signed_in_at: AwareDatetime | None = None
    identity: str | None = None
    os_user: str | None = None


class StaffSession(Record):
    """One signed-in browser.

    Attributes:
        session_id: The hash of its token; the token itself is kept nowhere.
        csrf: What every form of this session has to bring back.
        expires_at: The latest end, whatever the person does.
    """

    session_id: str
    staff: StaffMember
    csrf: str
    opened_at: AwareDatetime
    seen_at: AwareDatetime
    expires_at: AwareDatetime
    way: SignInMethod = SignInMethod.PASSWORD

    @property
    def password_due(self) -> bool:
        """Whether a one-time password has to be replaced before anything else."""
        return self.staff.must_change and self.way is not SignInMethod.SERVICE


class SignedIn(Record):
    """The answer to a right name and password.

    Attributes:
        token: What the browser keeps; given out once.
    """

    token: str
    session: StaffSession


class SignInRefusedError(KinbindError):
    """Wrong name or password, or too many tries; the text never says which of the first two."""

    def __init__(self, wait_seconds: int = 0) -> None:
        """Say how long to wait.

        Args:
            wait_seconds: Until the next try is looked at; 0: at once.
        """
        super().__init__(
            "用户名或密码有误，或尝试次数过多，请核对后稍候再试。"
            " The name or the password is wrong, or there were too many tries:"
            " check them and wait a little."
        )
        self.wait_seconds = wait_seconds


class StaffError(KinbindError):
    """A name that is taken, unknown or badly formed; a password that is too weak."""
