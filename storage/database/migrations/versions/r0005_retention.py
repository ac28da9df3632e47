"""Retention: when a round's pictures, readings and records were deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    for name in ("pictures_deleted_at", "readings_deleted_at", "records_deleted_at"):
        op.add_column("rounds", sa.Column(name, sa.DateTime(timezone=True)))
