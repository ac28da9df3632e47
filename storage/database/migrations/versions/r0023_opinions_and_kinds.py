"""Indexes for opinions of a time, cases of a kind and beginnings of names: no page reads all."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the indexes."""
    op.create_index("ix_opinions_given_at", "opinions", ["given_at"])
    op.create_index("ix_reviews_kind_opened_at", "reviews", ["kind", "opened_at"])
    if op.get_bind().dialect.name == "postgresql":  # its other indexes find no beginnings of words
        op.execute(
            "CREATE INDEX ix_rounds_application_beginning"
            " ON rounds (application_id text_pattern_ops)"
        )
