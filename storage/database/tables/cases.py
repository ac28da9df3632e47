"""The tables about rounds, what was read and found, and bindings."""

import datetime as dt

from sqlalchemy import (
    BigInteger,
    Boolean,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.database.tables.base import Table


class InstallationRow(Table):
    """What this database knows about its installation, e.g. which master key it belongs to."""

    __tablename__ = "installation"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    value: Mapped[str] = mapped_column(String(128))


class RoundRow(Table):
    """One handing-in of one application."""

    __tablename__ = "rounds"
    __table_args__ = (
        UniqueConstraint("application_id", "round"),
        UniqueConstraint("application_id", "content_digest"),
        Index(None, "stage", "outcome"),
        Index(None, "outcome", "decided_at"),
    )

    round_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    application_id: Mapped[str] = mapped_column(String(64))
    round: Mapped[int] = mapped_column(Integer)
    content_digest: Mapped[str] = mapped_column(String(64))
    region: Mapped[str | None] = mapped_column(String(6))
    product: Mapped[str | None] = mapped_column(String(32))
    channel: Mapped[str | None] = mapped_column(String(32))
    submitted_at: Mapped[dt.datetime | None]
    received_at: Mapped[dt.datetime] = mapped_column(index=True)
    stage: Mapped[str] = mapped_column(String(16))
    outcome: Mapped[str | None] = mapped_column(String(16))
    policy_version: Mapped[str | None] = mapped_column(String(128))
    decided_at: Mapped[dt.datetime | None]
    decided_by: Mapped[str | None] = mapped_column(String(128))
    batch_id: Mapped[str | None] = mapped_column(String(128), index=True)
    answer_due_on: Mapped[dt.date | None]
    answer_due_provisional: Mapped[bool | None] = mapped_column(Boolean)
    machine_outcome: Mapped[str | None] = mapped_column(String(16))
    employer_ref: Mapped[str | None] = mapped_column(String(64), index=True)
    pictures_deleted_at: Mapped[dt.datetime | None]
    readings_deleted_at: Mapped[dt.datetime | None]
    records_deleted_at: Mapped[dt.datetime | None]
    retries: Mapped[int] = mapped_column(Integer, server_default="0")


for _name, _moment, _condition in (
    ("undecided", RoundRow.received_at, RoundRow.outcome.is_(None)),
    ("pictures_kept", RoundRow.decided_at, RoundRow.pictures_deleted_at.is_(None)),
    ("readings_kept", RoundRow.decided_at, RoundRow.readings_deleted_at.is_(None)),
    ("records_kept", RoundRow.decided_at, RoundRow.records_deleted_at.is_(None)),
):
    Index(
        f"ix_rounds_{_name}",
        *(_moment, RoundRow.round_id),
        sqlite_where=_condition,
        postgresql_where=_condition,
    )


class AttemptRow(Table):
    """Something that was begun and not finished: the digest of a file, or a round."""

    __tablename__ = "attempts"

    subject: Mapped[str] = mapped_column(String(64), primary_key=True)
    tries: Mapped[int] = mapped_column(Integer)
    cause: Mapped[str] = mapped_column(String(64))
    last_at: Mapped[dt.datetime] = mapped_column(index=True)


class FindingRow(Table):
    """One finding: its code, never its evidence; the machine's stay when a person decides."""

    __tablename__ = "findings"

    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.round_id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(Integer, primary_key=True)
    code: Mapped[str] = mapped_column(String(8), index=True)
    severity: Mapped[str] = mapped_column(String(16))
    verdict: Mapped[str] = mapped_column(String(16))
    subject: Mapped[str | None] = mapped_column(String(16))
    kind: Mapped[str | None] = mapped_column(String(32))
    origin: Mapped[str] = mapped_column(String(8), server_default="machine")


class DocumentRow(Table):
    """One paper that was read: how well, never what it says."""

    __tablename__ = "documents"

    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.round_id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    kind_confidence: Mapped[float] = mapped_column(Float)
    page: Mapped[int] = mapped_column(Integer)
    part: Mapped[int] = mapped_column(Integer)
    blur: Mapped[float | None] = mapped_column(Float)
    glare: Mapped[float | None] = mapped_column(Float)
    glyph_height_px: Mapped[float | None] = mapped_column(Float)
    rotation: Mapped[int | None] = mapped_column(Integer)
    corners_visible: Mapped[int | None] = mapped_column(Integer)
    seal: Mapped[bool | None] = mapped_column(Boolean)
    colour: Mapped[bool | None] = mapped_column(Boolean)
    fields_read: Mapped[int] = mapped_column(Integer)
    mean_confidence: Mapped[float | None] = mapped_column(Float)
    seconds: Mapped[float] = mapped_column(Float)
    engine: Mapped[str] = mapped_column(String(256))


class MatchKeyRow(Table):
    """A keyed hash by which a later application can be recognised."""

    __tablename__ = "traces"
    __table_args__ = (Index(None, "fingerprint", "kind", "trace_id"), Index(None, "round_id"))

    trace_id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.round_id"))
    application_id: Mapped[str] = mapped_column(String(64))
    round: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(32))
    role: Mapped[str | None] = mapped_column(String(16))
    fingerprint: Mapped[str] = mapped_column(String(64))


class BindingRow(Table):
    """A binding in force or ended.

    `claim` is the hash of the pair and the product while the binding is in force, and null after
    it ended: its uniqueness is what makes a second binding of the same pair impossible. `slot` is
    the hash of a child and the sex of the parent: two bindings of one slot name two fathers.
    `look_on` is the night in which it is looked at again, no more than a month ahead: no birthday
    can be told from it; null is the next night.
    """

    __tablename__ = "bindings"
    __table_args__ = (Index(None, "applicant_hash", "product"), Index(None, "member_hash"))

    binding_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.round_id"), unique=True)
    application_id: Mapped[str] = mapped_column(String(64), index=True)
    applicant_hash: Mapped[str] = mapped_column(String(64))
    member_hash: Mapped[str] = mapped_column(String(64))
    product: Mapped[str] = mapped_column(String(32))
    relationship: Mapped[str] = mapped_column(String(16))
    region: Mapped[str] = mapped_column(String(6))
    effective_date: Mapped[dt.date]
    status: Mapped[str] = mapped_column(String(16))
    claim: Mapped[str | None] = mapped_column(String(64), unique=True)
    slot: Mapped[str | None] = mapped_column(String(64), index=True)
    object_digest: Mapped[str | None] = mapped_column(String(64))
    claimed_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]
    ends_on: Mapped[dt.date | None]
    end_reason: Mapped[str | None] = mapped_column(String(16))
    look_on: Mapped[dt.date | None] = mapped_column(index=True)
