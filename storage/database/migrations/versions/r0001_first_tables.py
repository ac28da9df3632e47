"""The first tables."""

import sqlalchemy as sa
from alembic import op

from storage.database.append_only import append_only

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables, and the triggers that keep the audit log append-only."""
    _create_case_tables()
    _create_work_tables()
    _create_audit_tables()
    for statement in append_only(op.get_bind().dialect.name, "audit_events"):
        op.execute(statement)


def _create_case_tables() -> None:
    op.create_table(
        "installation",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("value", sa.String(128), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_installation"),
    )
    op.create_table(
        "rounds",
        sa.Column("round_id", sa.String(32), nullable=False),
        sa.Column("application_id", sa.String(64), nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("content_digest", sa.String(64), nullable=False),
        sa.Column("region", sa.String(6)),
        sa.Column("product", sa.String(32)),
        sa.Column("channel", sa.String(32)),
        sa.Column("submitted_at", sa.DateTime(timezone=True)),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stage", sa.String(16), nullable=False),
        sa.Column("outcome", sa.String(16)),
        sa.Column("policy_version", sa.String(128)),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("decided_by", sa.String(128)),
        sa.Column("batch_id", sa.String(128)),
        sa.PrimaryKeyConstraint("round_id", name="pk_rounds"),
        sa.UniqueConstraint("application_id", "round", name="uq_rounds_application_id_round"),
        sa.UniqueConstraint(
            "application_id", "content_digest", name="uq_rounds_application_id_content_digest"
        ),
    )
    op.create_index("ix_rounds_stage_outcome", "rounds", ["stage", "outcome"])
    op.create_index("ix_rounds_batch_id", "rounds", ["batch_id"])
    op.create_table(
        "findings",
        _round_id("findings"),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("code", sa.String(8), nullable=False),
        sa.Column("severity", sa.String(16), nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("subject", sa.String(16)),
        sa.Column("kind", sa.String(32)),
        sa.PrimaryKeyConstraint("round_id", "ordinal", name="pk_findings"),
    )
    op.create_index("ix_findings_code", "findings", ["code"])
    op.create_table(
        "documents",
        _round_id("documents"),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("kind_confidence", sa.Float, nullable=False),
        sa.Column("page", sa.Integer, nullable=False),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("blur", sa.Float),
        sa.Column("glare", sa.Float),
        sa.Column("glyph_height_px", sa.Float),
        sa.Column("rotation", sa.Integer),
        sa.Column("corners_visible", sa.Integer),
        sa.Column("seal", sa.Boolean),
        sa.Column("colour", sa.Boolean),
        sa.Column("fields_read", sa.Integer, nullable=False),
        sa.Column("mean_confidence", sa.Float),
        sa.Column("seconds", sa.Float, nullable=False),
        sa.Column("engine", sa.String(256), nullable=False),
        sa.PrimaryKeyConstraint("round_id", "ordinal", name="pk_documents"),
    )


def _create_work_tables() -> None:
    op.create_table(
        "traces",
        sa.Column("trace_id", _big(), nullable=False, autoincrement=True),
        _round_id("traces"),
        sa.Column("application_id", sa.String(64), nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("role", sa.String(16)),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("trace_id", name="pk_traces"),
    )
    op.create_index("ix_traces_fingerprint_kind", "traces", ["fingerprint", "kind"])
    op.create_index("ix_traces_round_id", "traces", ["round_id"])
    op.create_table(
        "bindings",
        sa.Column("binding_id", sa.String(36), nullable=False),
        _round_id("bindings"),
        sa.Column("application_id", sa.String(64), nullable=False),
        sa.Column("applicant_hash", sa.String(64), nullable=False),
        sa.Column("member_hash", sa.String(64), nullable=False),
        sa.Column("product", sa.String(32), nullable=False),
        sa.Column("relationship", sa.String(16), nullable=False),
        sa.Column("region", sa.String(6), nullable=False),
        sa.Column("effective_date", sa.Date, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("claim", sa.String(64)),
        sa.Column("object_digest", sa.String(64)),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("binding_id", name="pk_bindings"),
        sa.UniqueConstraint("round_id", name="uq_bindings_round_id"),
        sa.UniqueConstraint("claim", name="uq_bindings_claim"),
    )
    op.create_index("ix_bindings_application_id", "bindings", ["application_id"])
    op.create_index("ix_bindings_applicant_hash_product", "bindings", ["applicant_hash", "product"])
    op.create_index("ix_bindings_member_hash", "bindings", ["member_hash"])
    op.create_table(
        "reviews",
        sa.Column("review_id", sa.String(32), nullable=False),
        _round_id("reviews"),
        sa.Column("application_id", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("codes", sa.Text, nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("holder", sa.String(128)),
        sa.Column("lease_until", sa.DateTime(timezone=True)),
        sa.Column("outcome", sa.String(16)),
        sa.Column("decided_codes", sa.Text),
        sa.Column("note", sa.LargeBinary),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("settled_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("review_id", name="pk_reviews"),
        sa.UniqueConstraint("round_id", name="uq_reviews_round_id"),
    )
    op.create_index("ix_reviews_state_due_at", "reviews", ["state", "due_at"])


def _create_audit_tables() -> None:
    op.create_table(
        "audit_events",
        sa.Column("sequence", _big(), nullable=False, autoincrement=False),
        sa.Column("tag", sa.String(64), nullable=False),
        sa.Column("application_id", sa.String(64)),
        sa.Column("round_id", sa.String(32)),
        sa.Column("actor", sa.String(128), nullable=False),
        sa.Column("details", sa.Text, nullable=False),
        sa.Column("recorded_at", sa.String(32), nullable=False),
        sa.Column("once", sa.String(256), nullable=False),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("previous_application_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_audit_events"),
        sa.UniqueConstraint("once", name="uq_audit_events_once"),
    )
    op.create_index(
        "ix_audit_events_application_id_sequence", "audit_events", ["application_id", "sequence"]
    )
    op.create_table(
        "audit_head",
        sa.Column("head_id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("events", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("head_id", name="pk_audit_head"),
    )


def _round_id(table: str) -> sa.Column[str]:
    return sa.Column(
        "round_id",
        sa.String(32),
        sa.ForeignKey("rounds.round_id", name=f"fk_{table}_round_id"),
        nullable=False,
    )


def _big() -> sa.types.TypeEngine[int]:
    """SQLite counts up only a plain INTEGER."""
    return sa.BigInteger().with_variant(sa.Integer, "sqlite")
