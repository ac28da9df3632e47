"""Roots of full tiles of the audit log, so that a proof reads few of its events."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; it fills as proofs are asked for, events of long ago included."""
    op.create_table(
        "audit_tiles",
        sa.Column(
            "tile",
            sa.BigInteger().with_variant(sa.Integer, "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("root", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("tile", name="pk_audit_tiles"),
    )
