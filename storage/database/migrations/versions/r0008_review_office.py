"""The review office: its people, their sessions, their work on cases."""

import datetime as dt

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and a place on the desk for every case that waits already."""
    _create_staff_tables()
    _create_desk_tables()
    op.execute(
        "INSERT INTO desk (review_id, kind, risk, senior, second) "
        "SELECT review_id, 'doubt', 50, false, false FROM reviews"
    )


def _create_staff_tables() -> None:
    op.create_table(
        "staff",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("password", sa.String(256), nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("must_change", sa.Boolean, nullable=False),
        _moment("created_at"),
        sa.Column("signed_in_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("name", name="pk_staff"),
    )
    op.create_table(
        "sessions",
        sa.Column("session_id", sa.String(64), nullable=False),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("csrf", sa.String(64), nullable=False),
        _moment("opened_at"),
        _moment("seen_at"),
        _moment("expires_at"),
        sa.PrimaryKeyConstraint("session_id", name="pk_sessions"),
        sa.ForeignKeyConstraint(["name"], ["staff.name"], name="fk_sessions_name"),
    )
    op.create_index("ix_sessions_name", "sessions", ["name"])
    op.create_table(
        "sign_in_failures",
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        _moment("last_at"),
        sa.PrimaryKeyConstraint("mark", name="pk_sign_in_failures"),
    )
    op.create_table(
        "views",
        sa.Column("view_id", _big(), nullable=False, autoincrement=True),
        _moment("at"),
        sa.Column("staff", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("application_id", sa.String(64), nullable=False),
        sa.Column("round_id", sa.String(32)),
        sa.Column("detail", sa.String(128), nullable=False),
        sa.PrimaryKeyConstraint("view_id", name="pk_views"),
    )
    op.create_index("ix_views_application_id_view_id", "views", ["application_id", "view_id"])
    op.create_index("ix_views_staff_view_id", "views", ["staff", "view_id"])


def _create_desk_tables() -> None:
    op.create_table(
        "desk",
        sa.Column("review_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("risk", sa.Integer, nullable=False),
        sa.Column("senior", sa.Boolean, nullable=False),
        sa.Column("second", sa.Boolean, nullable=False),
        sa.Column("postponed_until", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("review_id", name="pk_desk"),
        _of_review("desk"),
    )
    op.create_index("ix_desk_risk", "desk", ["risk"])
    op.create_table(
        "opinions",
        sa.Column("review_id", sa.String(32), nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("staff", sa.String(128), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("codes", sa.Text, nullable=False),
        sa.Column("words", sa.LargeBinary, nullable=False),
        _moment("given_at"),
        sa.Column("binding", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("review_id", "ordinal", name="pk_opinions"),
        _of_review("opinions"),
    )
    op.create_index("ix_opinions_staff_given_at", "opinions", ["staff", "given_at"])
    op.create_table(
        "corrections",
        sa.Column("correction_id", _big(), nullable=False, autoincrement=True),
        sa.Column("round_id", sa.String(32), nullable=False),
        sa.Column("paper", sa.Integer, nullable=False),
        sa.Column("field", sa.String(64), nullable=False),
        sa.Column("value", sa.LargeBinary, nullable=False),
        sa.Column("staff", sa.String(128), nullable=False),
        _moment("made_at"),
        sa.PrimaryKeyConstraint("correction_id", name="pk_corrections"),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.round_id"], name="fk_corrections_round_id"),
    )
    op.create_index("ix_corrections_round_id", "corrections", ["round_id"])


def _moment(name: str) -> sa.Column[dt.datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _of_review(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["review_id"], ["reviews.review_id"], name=f"fk_{table}_review_id"
    )


def _big() -> sa.types.TypeEngine[int]:
    """SQLite counts up only a plain INTEGER."""
    return sa.BigInteger().with_variant(sa.Integer, "sqlite")
