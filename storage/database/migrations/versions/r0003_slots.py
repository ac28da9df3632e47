"""Slots: a person has one spouse, one father and one mother."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; bindings from before it stand in no slot."""
    op.add_column("bindings", sa.Column("slot", sa.String(64)))
    op.create_index("ix_bindings_slot", "bindings", ["slot"])
