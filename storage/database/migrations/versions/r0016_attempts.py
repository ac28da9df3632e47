"""What the machine began in vain: files that end their readers, rounds it failed on."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; what failed before is not in it, and no round was given back."""
    op.create_table(
        "attempts",
        sa.Column("subject", sa.String(64), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("cause", sa.String(64), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("subject", name="pk_attempts"),
    )
    op.add_column("rounds", sa.Column("retries", sa.Integer, nullable=False, server_default="0"))
    op.create_index("ix_attempts_last_at", "attempts", ["last_at"])
