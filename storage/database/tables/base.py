"""The root of all tables, and how they keep moments."""

import datetime as dt

from sqlalchemy import (
    Date,
    DateTime,
    Dialect,
    MetaData,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase


class Moment(TypeDecorator[dt.datetime]):
    """A point in time: UTC in the database whatever its dialect, aware outside."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Refuse a moment without an offset, and turn the rest into UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs an offset.")
        return value.astimezone(dt.UTC)

    def process_result_value(
        self, value: dt.datetime | None, dialect: Dialect
    ) -> dt.datetime | None:
        """SQLite forgets the offset, PostgreSQL answers in the session's: both become UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class Table(DeclarativeBase):
    """The root of all tables; constraints have names, so that a migration can drop them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {dt.datetime: Moment, dt.date: Date}  # noqa: RUF012
