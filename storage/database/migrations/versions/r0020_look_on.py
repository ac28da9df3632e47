"""In which night a binding is looked at again, so that not all of them are every night."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column: all that are in force are looked at in the next night, ended ones never."""
    op.add_column("bindings", sa.Column("look_on", sa.Date(), nullable=True))
    op.execute("UPDATE bindings SET look_on = '9999-12-31' WHERE status = 'ended'")
    op.create_index("ix_bindings_look_on", "bindings", ["look_on"])
