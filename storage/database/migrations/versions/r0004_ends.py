"""Ends of bindings, and reviews about a binding beside the one about its application."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; a round may be before people once for each subject."""
    op.add_column("bindings", sa.Column("ends_on", sa.Date))
    op.add_column("bindings", sa.Column("end_reason", sa.String(16)))
    # SQLite cannot drop a constraint: the table is made anew and filled from the old one.
    with op.batch_alter_table("reviews") as table:
        table.add_column(
            sa.Column("subject", sa.String(32), nullable=False, server_default="application")
        )
        table.drop_constraint("uq_reviews_round_id", type_="unique")
        table.create_unique_constraint("uq_reviews_round_id_subject", ["round_id", "subject"])
