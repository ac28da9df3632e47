"""Terms: until when a return is answered, whose due day is provisional, what was escalated."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; terms that run already are official ones."""
    op.add_column("rounds", sa.Column("answer_due_on", sa.Date))
    op.add_column("rounds", sa.Column("answer_due_provisional", sa.Boolean))
    op.add_column(
        "reviews",
        sa.Column("due_provisional", sa.Boolean, nullable=False, server_default=sa.false()),
    )
    op.add_column("reviews", sa.Column("escalated_at", sa.DateTime(timezone=True)))
    op.add_column("reviews", sa.Column("turn", sa.Integer, nullable=False, server_default="1"))
