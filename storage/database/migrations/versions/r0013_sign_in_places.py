"""Failures to sign in count within a window; addresses from which people sign in are known."""

import datetime as dt

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def _moment(name: str) -> sa.Column[dt.datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def upgrade() -> None:
    """Failures so far are forgotten."""
    op.drop_table("sign_in_failures")
    op.create_table(
        "sign_in_failures",
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        _moment("first_at"),
        _moment("last_at"),
        sa.PrimaryKeyConstraint("mark", name="pk_sign_in_failures"),
    )
    op.create_index("ix_sign_in_failures_first_at", "sign_in_failures", ["first_at"])
    op.create_table(
        "sign_in_places",
        sa.Column("mark", sa.String(64), nullable=False),
        _moment("last_at"),
        sa.PrimaryKeyConstraint("mark", name="pk_sign_in_places"),
    )
    op.create_index("ix_sign_in_places_last_at", "sign_in_places", ["last_at"])
