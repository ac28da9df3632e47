"""Keys of API clients, parcels handed in over HTTP, notices and their deliveries."""

import datetime as dt

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; outcomes of before are not announced."""
    _widen_kinds_of_traces()
    _create_api_keys()
    _create_parcels()
    _create_notices()


def _widen_kinds_of_traces() -> None:
    """`certificate_child` did not fit where the database looks at lengths."""
    with op.batch_alter_table("traces") as traces:
        traces.alter_column(
            "kind", type_=sa.String(32), existing_type=sa.String(16), existing_nullable=False
        )


def _create_api_keys() -> None:
    op.create_table(
        "api_keys",
        sa.Column("key_id", sa.String(16), nullable=False),
        sa.Column("client", sa.String(32), nullable=False),
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("channels", sa.Text, nullable=False),
        _moment("created_at"),
        _moment("last_used_at", nullable=True),
        _moment("revoked_at", nullable=True),
        sa.PrimaryKeyConstraint("key_id", name="pk_api_keys"),
        sa.UniqueConstraint("key_hash", name="uq_api_keys_key_hash"),
    )
    op.create_index("ix_api_keys_client", "api_keys", ["client"])


def _create_parcels() -> None:
    op.create_table(
        "parcels",
        sa.Column("parcel_id", sa.String(40), nullable=False),
        sa.Column("client", sa.String(32), nullable=False),
        sa.Column("application_id", sa.String(64), nullable=False),
        sa.Column("files", sa.LargeBinary),
        _moment("received_at"),
        sa.Column("round_id", sa.String(32)),
        _moment("taken_at", nullable=True),
        sa.PrimaryKeyConstraint("parcel_id", name="pk_parcels"),
        _of_round("parcels"),
    )
    for column in ("application_id", "taken_at", "round_id"):
        op.create_index(f"ix_parcels_{column}", "parcels", [column])


def _create_notices() -> None:
    op.create_table(
        "notices",
        sa.Column("notice_id", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("application_id", sa.String(64), nullable=False),
        sa.Column("round_id", sa.String(32), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        _moment("happened_at"),
        sa.Column("body", sa.LargeBinary),
        sa.PrimaryKeyConstraint("notice_id", name="pk_notices"),
        _of_round("notices"),
    )
    for column in ("happened_at", "application_id", "round_id"):
        op.create_index(f"ix_notices_{column}", "notices", [column])
    op.create_table(
        "deliveries",
        sa.Column("notice_id", sa.String(40), nullable=False),
        sa.Column("destination", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        _moment("first_tried_at", nullable=True),
        _moment("next_try_at"),
        _moment("delivered_at", nullable=True),
        sa.Column("problem", sa.String(128), nullable=False),
        sa.PrimaryKeyConstraint("notice_id", "destination", name="pk_deliveries"),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.notice_id"], name="fk_deliveries_notice_id"
        ),
    )
    op.create_index(
        "ix_deliveries_destination_state_next_try_at",
        "deliveries",
        ["destination", "state", "next_try_at"],
    )


def _moment(name: str, *, nullable: bool = False) -> sa.Column[dt.datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _of_round(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["round_id"], ["rounds.round_id"], name=f"fk_{table}_round_id")
