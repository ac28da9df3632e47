"""The tables of the audit log."""

from sqlalchemy import (
    BigInteger,
    Index,
    Integer,
    String,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.database.tables.base import Table


class AuditEventRow(Table):
    """One event of the log; triggers refuse to change or delete it, the chain shows it."""

    __tablename__ = "audit_events"
    __table_args__ = (Index(None, "application_id", "sequence"),)

    sequence: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    tag: Mapped[str] = mapped_column(String(64))
    application_id: Mapped[str | None] = mapped_column(String(64))
    round_id: Mapped[str | None] = mapped_column(String(32))
    actor: Mapped[str] = mapped_column(String(128))
    details: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[str] = mapped_column(String(32))
    idempotency_key: Mapped[str] = mapped_column("once", String(256), unique=True)
    previous_hash: Mapped[str] = mapped_column(String(64))
    previous_application_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


_OF_SYSTEM = AuditEventRow.application_id.is_(None)
Index(
    "ix_audit_events_system",
    AuditEventRow.tag,
    AuditEventRow.sequence,
    sqlite_where=_OF_SYSTEM,
    postgresql_where=_OF_SYSTEM,
)


class AuditTileRow(Table):
    """Root of the tree over one full tile of the log's events, so that no proof reads them all."""

    __tablename__ = "audit_tiles"

    tile: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    root: Mapped[str] = mapped_column(String(64))


class AuditCheckpointRow(Table):
    """The one row that says up to where the log was recomputed, with a keyed seal."""

    __tablename__ = "audit_checkpoints"

    checkpoint_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    content: Mapped[str] = mapped_column(Text)
    seal: Mapped[str] = mapped_column(String(64))


class AuditHeadRow(Table):
    """The one row that says how long the log is, with a keyed seal: a cut tail shows."""

    __tablename__ = "audit_head"

    head_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    events: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str] = mapped_column(String(64))
    seal: Mapped[str] = mapped_column(String(64))
