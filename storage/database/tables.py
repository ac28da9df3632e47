"""The tables. No personal value stands in any of them: only keyed hashes, codes and identifiers.

A change here needs a migration beside it; a test compares the two.
"""

import datetime as dt

from sqlalchemy import (
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    and_,
    false,
    true,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Moment(TypeDecorator[dt.datetime]):
    """A point in time: UTC in the database whatever its dialect, aware outside."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Refuse a moment without an offset, and turn the rest into UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs an offset.")
        return value.astimezone(dt.UTC)

    def process_result_value(
        self, value: dt.datetime | None, dialect: Dialect
    ) -> dt.datetime | None:
        """SQLite forgets the offset, PostgreSQL answers in the session's: both become UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class Table(DeclarativeBase):
    """The root of all tables; constraints have names, so that a migration can drop them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {dt.datetime: Moment, dt.date: Date}  # noqa: RUF012


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


class ReviewRow(Table):
    """A case that waits for a person, or waited; the person's note is sealed.

    It waits as long as it has no outcome: the orders of the queue are indexes over those alone.
    """

    __tablename__ = "reviews"
    __table_args__ = (
        UniqueConstraint("round_id", "subject"),
        Index(None, "state", "due_at"),
        Index(None, "kind", "opened_at"),
    )

    review_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.round_id"))
    application_id: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16))
    codes: Mapped[str] = mapped_column(Text)
    opened_at: Mapped[dt.datetime]
    due_at: Mapped[dt.datetime]
    due_provisional: Mapped[bool] = mapped_column(Boolean, server_default=false())
    escalated_at: Mapped[dt.datetime | None]
    turn: Mapped[int] = mapped_column(Integer, server_default="1")
    subject: Mapped[str] = mapped_column(String(32), server_default="application")
    holder: Mapped[str | None] = mapped_column(String(128))
    lease_until: Mapped[dt.datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(16))
    decided_codes: Mapped[str | None] = mapped_column(Text)
    note: Mapped[bytes | None] = mapped_column(LargeBinary)
    decided_at: Mapped[dt.datetime | None]
    settled_at: Mapped[dt.datetime | None]
    kind: Mapped[str] = mapped_column(String(16), server_default="doubt")
    product: Mapped[str | None] = mapped_column(String(32))
    risk: Mapped[int] = mapped_column(Integer, server_default="50")
    senior: Mapped[bool] = mapped_column(Boolean, server_default=false())
    second: Mapped[bool] = mapped_column(Boolean, server_default=false())
    postponed_until: Mapped[dt.datetime | None]
    settle_after: Mapped[dt.datetime | None]
    assigned_to: Mapped[str | None] = mapped_column(String(32))


_WAITS = ReviewRow.outcome.is_(None)
_BY_DUE = (ReviewRow.due_at, ReviewRow.risk.desc(), ReviewRow.review_id)
for _name, _keys, _where in (
    ("by_due", _BY_DUE, _WAITS),
    ("by_risk", (ReviewRow.risk.desc(), ReviewRow.due_at, ReviewRow.review_id), _WAITS),
    ("by_age", (ReviewRow.opened_at, ReviewRow.review_id), _WAITS),
    ("holder", (ReviewRow.holder,), _WAITS),
    ("product", (ReviewRow.product,), _WAITS),
    ("senior", _BY_DUE, and_(_WAITS, ReviewRow.senior == true())),
    ("second", _BY_DUE, and_(_WAITS, ReviewRow.second == true())),
    ("postponed_until", (ReviewRow.postponed_until,), _WAITS),
    ("done", (ReviewRow.decided_at.desc(), ReviewRow.review_id), ~_WAITS),
    ("to_settle", (ReviewRow.due_at, ReviewRow.review_id), ReviewRow.state == "decided"),
):
    Index(f"ix_reviews_{_name}", *_keys, sqlite_where=_where, postgresql_where=_where)


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
