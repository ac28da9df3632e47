"""The tables about the people of the office; a change here needs a migration beside it."""

import datetime as dt

from sqlalchemy import BigInteger, Boolean, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.database.tables.base import Table


class StaffRow(Table):
    """A member of staff; the password as an argon2 hash."""

    __tablename__ = "staff"
    __table_args__ = (
        Index(None, "identity", unique=True),
        Index(None, "os_user", unique=True),
    )

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    role: Mapped[str] = mapped_column(String(16))
    password: Mapped[str] = mapped_column(String(256))
    active: Mapped[bool] = mapped_column(Boolean)
    must_change: Mapped[bool] = mapped_column(Boolean)
    created_at: Mapped[dt.datetime]
    signed_in_at: Mapped[dt.datetime | None]
    identity: Mapped[str | None] = mapped_column(String(255))
    os_user: Mapped[str | None] = mapped_column(String(64))


class SessionRow(Table):
    """A signed-in browser, by the hash of its token."""

    __tablename__ = "sessions"
    __table_args__ = (Index(None, "name"),)

    session_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(ForeignKey("staff.name"))
    csrf: Mapped[str] = mapped_column(String(64))
    opened_at: Mapped[dt.datetime]
    seen_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    way: Mapped[str] = mapped_column(String(16), server_default="password")


class SignInFailureRow(Table):
    """Failed tries to sign in, by the keyed hash of a name, of an address, or of both."""

    __tablename__ = "sign_in_failures"
    __table_args__ = (Index(None, "first_at"),)

    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int] = mapped_column(Integer)
    first_at: Mapped[dt.datetime]
    last_at: Mapped[dt.datetime]


class SignInPlaceRow(Table):
    """An address from which a person signed in, by the keyed hash of both."""

    __tablename__ = "sign_in_places"
    __table_args__ = (Index(None, "last_at"),)

    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    last_at: Mapped[dt.datetime]


class ViewRow(Table):
    """One look of one member of staff at one application."""

    __tablename__ = "views"
    __table_args__ = (Index(None, "application_id", "view_id"), Index(None, "staff", "view_id"))

    view_id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    at: Mapped[dt.datetime]
    staff: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(16))
    application_id: Mapped[str] = mapped_column(String(64))
    round_id: Mapped[str | None] = mapped_column(String(32))
    detail: Mapped[str] = mapped_column(String(128))
