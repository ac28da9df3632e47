"""The queue's orders as indexes over the cases that wait; the desk's columns beside the case."""

import json
from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_WAITS: Final = "outcome IS NULL"
_BY_DUE: Final = ("due_at", "risk DESC", "review_id")
_INDEXES: Final = (
    ("by_due", _BY_DUE, _WAITS),
    ("by_risk", ("risk DESC", "due_at", "review_id"), _WAITS),
    ("by_age", ("opened_at", "review_id"), _WAITS),
    ("holder", ("holder",), _WAITS),
    ("product", ("product",), _WAITS),
    ("senior", _BY_DUE, f"{_WAITS} AND senior = {{yes}}"),
    ("second", _BY_DUE, f"{_WAITS} AND second = {{yes}}"),
    ("postponed_until", ("postponed_until",), _WAITS),
    ("done", ("decided_at DESC", "review_id"), "outcome IS NOT NULL"),
)
_MOVED: Final = ("kind", "risk", "senior", "second", "postponed_until")


def upgrade() -> None:
    """Move what the desk knew of each case to the case, and make the indexes."""
    _add_columns()
    for column in _MOVED:
        op.execute(
            f"UPDATE reviews SET {column} = (SELECT d.{column} FROM desk d"  # noqa: S608
            " WHERE d.review_id = reviews.review_id)"
            " WHERE EXISTS (SELECT 1 FROM desk d WHERE d.review_id = reviews.review_id)"
        )
    op.execute(
        "UPDATE reviews SET product ="
        " (SELECT r.product FROM rounds r WHERE r.round_id = reviews.round_id)"
    )
    op.drop_table("desk")
    yes = "1" if op.get_bind().dialect.name == "sqlite" else "true"
    for name, keys, where in _INDEXES:
        condition = sa.text(where.format(yes=yes))
        op.create_index(
            f"ix_reviews_{name}",
            "reviews",
            [sa.text(key) for key in keys],
            sqlite_where=condition,
            postgresql_where=condition,
        )
    _create_reasons()


def _add_columns() -> None:
    no = sa.false()
    for column in (
        sa.Column("kind", sa.String(16), nullable=False, server_default="doubt"),
        sa.Column("product", sa.String(32)),
        sa.Column("risk", sa.Integer, nullable=False, server_default="50"),
        sa.Column("senior", sa.Boolean, nullable=False, server_default=no),
        sa.Column("second", sa.Boolean, nullable=False, server_default=no),
        sa.Column("postponed_until", sa.DateTime(timezone=True)),
    ):
        op.add_column("reviews", column)


def _create_reasons() -> None:
    reasons = op.create_table(
        "review_reasons",
        sa.Column("code", sa.String(8), nullable=False),
        sa.Column("over", sa.Boolean, nullable=False),
        sa.Column("review_id", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("code", "over", "review_id", name="pk_review_reasons"),
        sa.ForeignKeyConstraint(
            ["review_id"], ["reviews.review_id"], name="fk_review_reasons_review_id"
        ),
    )
    op.create_index("ix_review_reasons_review_id", "review_reasons", ["review_id"])
    known = op.get_bind().execute(sa.text("SELECT review_id, codes, outcome FROM reviews"))
    rows = [
        {"code": code, "over": outcome is not None, "review_id": review_id}
        for review_id, codes, outcome in known
        for code in sorted(set(json.loads(codes)))
    ]
    if rows:
        op.bulk_insert(reasons, rows)
