"""Which form a round was handed in with; rounds of before do not say."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("round_figures", sa.Column("form_version", sa.Text, nullable=True))
