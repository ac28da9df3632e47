"""Indexes for finished second looks and samples: no page reads all there ever were."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_INDEXES: Final = (
    (
        "looked_again",
        ("senior", "decided_at DESC", "review_id"),
        "kind = 'second_look' AND outcome IS NOT NULL",
    ),
    ("sampled", ("outcome",), "kind = 'sample' AND outcome IS NOT NULL"),
)


def upgrade() -> None:
    """Make the indexes."""
    for name, keys, where in _INDEXES:
        op.create_index(
            f"ix_reviews_{name}",
            "reviews",
            [sa.text(key) for key in keys],
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )
