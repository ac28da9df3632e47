"""The register of the people of the office, and their passwords."""

import datetime as dt
import functools
import re
import secrets
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import Engine, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError as RowTakenError

from models.staff.password_strength import require_strong
from models.staff.staff_member import StaffError, StaffMember, StaffRole
from storage.database.tables.staff import SessionRow, StaffRow
from storage.database.transactions import reading, serialise, writing
from storage.staff.password_checks import PasswordChecks

_NAME: Final = re.compile(r"[a-z][a-z0-9._-]{1,31}")
FIRST: Final = "admin"
"""The name of the first administrator."""
_COLUMNS: Final = (
    StaffRow.name,
    StaffRow.role,
    StaffRow.active,
    StaffRow.must_change,
    StaffRow.created_at,
    StaffRow.signed_in_at,
    StaffRow.identity,
    StaffRow.os_user,
)
_LONGEST_IDENTITY: Final = 255
_HASHER: Final = PasswordHasher()
_NOBODY: Final = (
    "该用户名未登记，请查看 kinbind user list。"
    " Nobody of this name is registered: see kinbind user list."
)


class StaffRegister:
    """All members of staff of one installation."""

    def __init__(self, engine: Engine) -> None:
        """Open the register in a database whose tables are up to date."""
        self._engine = engine
        self._checks = PasswordChecks()

    def first(self) -> str | None:
        """Register the first administrator where there is nobody yet.

        Returns:
            The one-time password of `admin`; None where somebody is registered already.
        """
        password = _one_time()
        with writing(self._engine) as connection:
            serialise(connection, "kinbind first member of staff")
            if connection.scalar(select(func.count()).select_from(StaffRow)):
                return None
            connection.execute(insert(StaffRow).values(**_row(FIRST, StaffRole.ADMIN, password)))
        return password

    def add(self, name: str, role: StaffRole) -> str:
        """Register a member of staff and give the one-time password.

        Raises:
            StaffError: The name is taken, or not of small letters, digits and `._-`.
        """
        password = _one_time()
        self._add(name, _row(name, role, password))
        return password

    def add_known(self, name: str, role: StaffRole, identity: str) -> None:
        """Register a member of staff whom the sign-in service knows; there is no password.

        Args:
            name: As `add` takes it.
            role: The service never gives one.
            identity: What the service calls the person.

        Raises:
            StaffError: The name or the identity is taken or badly formed.
        """
        row = _row(name, role, _one_time())
        self._add(name, row | {"identity": _fit(identity), "must_change": False})

    def set_identity(self, name: str, identity: str | None) -> None:
        """Say what the sign-in service calls a person; every session of theirs ends.

        Raises:
            StaffError: There is nobody of this name, or the identity is somebody else's.
        """
        try:
            self._set(name, identity=_fit(identity) if identity is not None else None)
        except RowTakenError:
            raise StaffError(
                "该身份已登记给他人。Somebody is known by this identity already."
            ) from None

    def set_os_user(self, name: str, os_user: str | None) -> None:
        """Say which account of the operating system is this person's alone; None: none is.

        Raises:
            StaffError: There is nobody of this name, or the account is somebody else's.
        """
        try:
            self._set(name, os_user=os_user)
        except RowTakenError:
            raise StaffError(
                "该系统账号已绑定他人。This account of the operating system is somebody else's."
            ) from None

    def of_os_user(self, os_user: str) -> StaffMember | None:
        """Who may sign in and has this account of the operating system; None: nobody."""
        query = select(*_COLUMNS).where(StaffRow.os_user == os_user, StaffRow.active)
        with reading(self._engine) as connection:
            row = connection.execute(query).one_or_none()
        return StaffMember.model_validate(dict(row._mapping)) if row else None

    def set_role(self, name: str, role: StaffRole) -> None:
        """Give a person another role; every session of theirs ends.

        Raises:
            StaffError: There is nobody of this name.
        """
        self._set(name, role=role)

    def is_empty(self) -> bool:
        """Whether nobody at all is registered."""
        with reading(self._engine) as connection:
            return not connection.scalar(select(func.count()).select_from(StaffRow))

    def _add(self, name: str, row: dict[str, object]) -> None:
        if not _NAME.fullmatch(name):
            raise StaffError(
                "用户名为 2 至 32 个小写字母、数字或 ._-，以字母开头。"
                " A name has 2 to 32 small letters, digits and ._- after a letter."
            )
        try:
            with writing(self._engine) as connection:
                connection.execute(insert(StaffRow).values(**row))
        except RowTakenError:
            msg = (
                f"{name} 或该身份已登记，请换一个用户名。"
                f" {name}, or the identity, is registered already: choose another name."
            )
            raise StaffError(msg) from None

    def list(self) -> tuple[StaffMember, ...]:
        """Everybody, by name."""
        query = select(*_COLUMNS).order_by(StaffRow.name)
        with reading(self._engine) as connection:
            return tuple(
                StaffMember.model_validate(dict(row._mapping)) for row in connection.execute(query)
            )

    def get(self, name: str) -> StaffMember:
        """One member of staff.

        Raises:
            StaffError: There is none of this name.
        """
        with reading(self._engine) as connection:
            row = connection.execute(select(*_COLUMNS).where(StaffRow.name == name)).one_or_none()
        if row is None:
            raise StaffError(_NOBODY)
        return StaffMember.model_validate(dict(row._mapping))

    def knows(self, name: str, password: str) -> bool:
        """Whether an active member of staff has this password; as slow for a no as for a yes.

        Raises:
            SignInRefusedError: So many are looked at already that this one would wait long.
        """
        query = select(StaffRow.password).where(StaffRow.name == name, StaffRow.active)
        with reading(self._engine) as connection:
            kept = connection.scalar(query)
        with self._checks:
            try:
                _HASHER.verify(kept or _password_of_nobody(_HASHER), password)
            except VerificationError:
                return False
        return kept is not None

    def choose_password(self, name: str, password: str) -> None:
        """Set a password of the person's own choice; every session of theirs ends.

        Raises:
            StaffError: It is too weak (`password_strength`), or there is nobody of this name.
        """
        require_strong(name, password)
        self._set(name, password=_HASHER.hash(password), must_change=False)

    def reset_password(self, name: str) -> str:
        """Give out a new one-time password; every session of the person ends.

        Raises:
            StaffError: There is nobody of this name.
        """
        password = _one_time()
        self._set(name, password=_HASHER.hash(password), must_change=True)
        return password

    def allow(self, name: str, *, active: bool) -> None:
        """Let a person in again, or shut them out and end every session of theirs.

        Raises:
            StaffError: There is nobody of this name.
        """
        self._set(name, active=active)

    def _set(self, name: str, **values: object) -> None:
        with writing(self._engine) as connection:
            known = connection.execute(
                update(StaffRow).where(StaffRow.name == name).values(**values)
            )
            connection.execute(delete(SessionRow).where(SessionRow.name == name))
        if known.rowcount == 0:
            raise StaffError(_NOBODY)


def _fit(identity: str) -> str:
    """An identity as it is compared: whole, no blanks around it."""
    plain = identity.strip()
    if not 0 < len(plain) <= _LONGEST_IDENTITY:
        raise StaffError("身份标识为 1 至 255 个字符。An identity has 1 to 255 characters.")
    return plain


def _one_time() -> str:
    return secrets.token_urlsafe(12)


def _row(name: str, role: StaffRole, password: str) -> dict[str, object]:
    return {
        "name": name,
        "role": role,
        "password": _HASHER.hash(password),
        "active": True,
        "must_change": True,
        "created_at": dt.datetime.now(dt.UTC),
    }


@functools.cache
def _password_of_nobody(hasher: PasswordHasher) -> str:
    """Checked where there is no such name: an answer must take as long as for a wrong password."""
    return hasher.hash(secrets.token_hex(16))
