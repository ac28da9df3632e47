"""Origins: the machine's outcome and reasons stay beside those of the person who decided."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; what a person decided before is known to be a person's."""
    op.add_column(
        "findings", sa.Column("origin", sa.String(8), nullable=False, server_default="machine")
    )
    op.add_column("rounds", sa.Column("machine_outcome", sa.String(16)))
    op.execute("UPDATE rounds SET machine_outcome = outcome WHERE decided_by = 'machine'")
    op.execute(
        "UPDATE findings SET origin = 'person' WHERE round_id IN "
        "(SELECT round_id FROM rounds WHERE decided_by <> 'machine')"
    )
