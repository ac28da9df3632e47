"""Indexes by which what is due is found without looking at everything that ever was."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_ROUNDS_WHERE = {
    "undecided": (["received_at", "round_id"], "outcome IS NULL"),
    "pictures_kept": (["decided_at", "round_id"], "pictures_deleted_at IS NULL"),
    "readings_kept": (["decided_at", "round_id"], "readings_deleted_at IS NULL"),
    "records_kept": (["decided_at", "round_id"], "records_deleted_at IS NULL"),
}


def upgrade() -> None:
    """Make them; that of match keys also tells who came first."""
    for name, (columns, condition) in _ROUNDS_WHERE.items():
        where = sa.text(condition)
        op.create_index(
            f"ix_rounds_{name}", "rounds", columns, sqlite_where=where, postgresql_where=where
        )
    op.create_index("ix_rounds_outcome_decided_at", "rounds", ["outcome", "decided_at"])
    where = sa.text("state = 'decided'")
    op.create_index(
        "ix_reviews_to_settle",
        "reviews",
        ["due_at", "review_id"],
        sqlite_where=where,
        postgresql_where=where,
    )
    where = sa.text("application_id IS NULL")
    op.create_index(
        "ix_audit_events_system",
        "audit_events",
        ["tag", "sequence"],
        sqlite_where=where,
        postgresql_where=where,
    )
    op.drop_index("ix_traces_fingerprint_kind", "traces")
    op.create_index(
        "ix_traces_fingerprint_kind_trace_id", "traces", ["fingerprint", "kind", "trace_id"]
    )
