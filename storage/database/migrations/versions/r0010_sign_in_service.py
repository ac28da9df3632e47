"""People whom a sign-in service of their organisation knows; how each session was opened."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Everybody so far signs in with a password."""
    op.add_column("staff", sa.Column("identity", sa.String(255)))
    op.create_index("ix_staff_identity", "staff", ["identity"], unique=True)
    op.add_column(
        "sessions", sa.Column("way", sa.String(16), nullable=False, server_default="password")
    )
