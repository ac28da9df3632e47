"""What people do with cases: take a decision back, drafts, skipping, assigning, remarks."""

import datetime as dt

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and tables; what is decided already takes effect at once, as before."""
    op.add_column("reviews", sa.Column("settle_after", sa.DateTime(timezone=True)))
    op.add_column("reviews", sa.Column("assigned_to", sa.String(32)))
    op.add_column("opinions", sa.Column("withdrawn_at", sa.DateTime(timezone=True)))
    op.add_column("staff", sa.Column("os_user", sa.String(64)))
    op.create_index("ix_staff_os_user", "staff", ["os_user"], unique=True)
    op.create_table(
        "review_drafts",
        sa.Column("review_id", sa.String(32), nullable=False),
        sa.Column("staff", sa.String(32), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        _moment("saved_at"),
        sa.PrimaryKeyConstraint("review_id", "staff", name="pk_review_drafts"),
        _of_review("review_drafts"),
    )
    op.create_table(
        "review_skips",
        sa.Column("review_id", sa.String(32), nullable=False),
        sa.Column("staff", sa.String(32), nullable=False),
        _moment("until"),
        sa.PrimaryKeyConstraint("review_id", "staff", name="pk_review_skips"),
        _of_review("review_skips"),
    )
    op.create_table(
        "review_remarks",
        sa.Column(
            "remark_id",
            sa.BigInteger().with_variant(sa.Integer, "sqlite"),
            nullable=False,
            autoincrement=True,
        ),
        sa.Column("review_id", sa.String(32), nullable=False),
        sa.Column("staff", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("words", sa.LargeBinary, nullable=False),
        _moment("made_at"),
        sa.PrimaryKeyConstraint("remark_id", name="pk_review_remarks"),
        _of_review("review_remarks"),
    )
    op.create_index("ix_review_remarks_review_id", "review_remarks", ["review_id"])


def _moment(name: str) -> sa.Column[dt.datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _of_review(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["review_id"], ["reviews.review_id"], name=f"fk_{table}_review_id"
    )
