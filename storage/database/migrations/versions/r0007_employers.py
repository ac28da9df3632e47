"""Employers' deliveries: which of them a round came with, by keyed hash."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("rounds", sa.Column("employer_ref", sa.String(64)))
    op.create_index("ix_rounds_employer_ref", "rounds", ["employer_ref"])
