"""What is counted about each round; rounds of before have no figures."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and an index by which a month's rounds are found."""
    op.create_table(
        "round_figures",
        sa.Column("round_id", sa.String(32), nullable=False),
        sa.Column("relationship", sa.String(16)),
        sa.Column("route", sa.String(24)),
        sa.Column("age_band", sa.String(8)),
        sa.Column("sex", sa.String(8)),
        sa.Column("ethnicity_group", sa.String(16)),
        sa.Column("proof_class", sa.String(16)),
        sa.Column("figures", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("round_id", name="pk_round_figures"),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.round_id"], name="fk_round_figures_round_id"
        ),
    )
    op.create_index("ix_rounds_received_at", "rounds", ["received_at"])
