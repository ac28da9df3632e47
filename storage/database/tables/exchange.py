"""The tables about what comes in and goes out by machine; a change here needs a migration."""

import datetime as dt

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.database.tables.base import Table


class ApiKeyRow(Table):
    """A client's key, as a keyed hash."""

    __tablename__ = "api_keys"
    __table_args__ = (Index(None, "client"),)

    key_id: Mapped[str] = mapped_column(String(16), primary_key=True)
    client: Mapped[str] = mapped_column(String(32))
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    channels: Mapped[str] = mapped_column(Text)
    created_at: Mapped[dt.datetime]
    last_used_at: Mapped[dt.datetime | None]
    revoked_at: Mapped[dt.datetime | None]


class SubmissionRow(Table):
    """One handing-in over HTTP; the list of its files is sealed, and goes when it is taken in."""

    __tablename__ = "parcels"
    __table_args__ = (Index(None, "application_id"), Index(None, "taken_at"))

    submission_id: Mapped[str] = mapped_column(
        "parcel_id", String(40), key="submission_id", primary_key=True
    )
    client: Mapped[str] = mapped_column(String(32))
    application_id: Mapped[str] = mapped_column(String(64))
    files: Mapped[bytes | None] = mapped_column(LargeBinary)
    received_at: Mapped[dt.datetime]
    round_id: Mapped[str | None] = mapped_column(ForeignKey("rounds.round_id"), index=True)
    taken_at: Mapped[dt.datetime | None]


class NoticeRow(Table):
    """What the outside is to be told; the words are sealed, and go when retention says so."""

    __tablename__ = "notices"
    __table_args__ = (Index(None, "happened_at"),)

    notice_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    application_id: Mapped[str] = mapped_column(String(64), index=True)
    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.round_id"), index=True)
    outcome: Mapped[str] = mapped_column(String(16))
    happened_at: Mapped[dt.datetime]
    body: Mapped[bytes | None] = mapped_column(LargeBinary)


class DeliveryRow(Table):
    """A notice's way to one destination."""

    __tablename__ = "deliveries"
    __table_args__ = (Index(None, "destination", "state", "next_try_at"),)

    notice_id: Mapped[str] = mapped_column(ForeignKey("notices.notice_id"), primary_key=True)
    destination: Mapped[str] = mapped_column(String(16), primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    tries: Mapped[int] = mapped_column(Integer)
    first_tried_at: Mapped[dt.datetime | None]
    next_try_at: Mapped[dt.datetime]
    delivered_at: Mapped[dt.datetime | None]
    problem: Mapped[str] = mapped_column(String(128))
