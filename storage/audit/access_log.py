"""Who looked at whose papers."""

import datetime as dt
from typing import Final

from sqlalchemy import ColumnElement, Engine, insert, select

from models.audit.event import NewEvent
from models.reviews.review_work import PaperView, ViewKind
from storage.audit.audit_log import AuditLog
from storage.database.tables.staff import ViewRow
from storage.database.transactions import reading, writing

_COLUMNS: Final = tuple(column for column in ViewRow.__table__.columns if column.name != "view_id")

_NOTE: Final = insert(ViewRow)


class AccessLog:
    """Every look of every member of staff at an application's papers."""

    def __init__(self, engine: Engine, audit: AuditLog) -> None:
        """Open the log in a database whose tables are up to date."""
        self._engine = engine
        self._audit = audit

    def note(
        self,
        staff: str,
        kind: ViewKind,
        application_id: str,
        round_id: str | None = None,
        detail: str = "",
        *,
        event: NewEvent | None = None,
    ) -> None:
        """Write one look down before it is granted.

        Args:
            staff: Who looks.
            kind: What they look at.
            application_id: Whose papers; the public identifier.
            round_id: Which handing-in.
            detail: Place and name of the field or picture; never what stands there.
            event: What the chain keeps of it, in the same transaction.
        """
        row = {
            "at": dt.datetime.now(dt.UTC),
            "staff": staff,
            "kind": kind,
            "application_id": application_id,
            "round_id": round_id,
            "detail": detail,
        }
        with writing(self._engine) as connection:
            connection.execute(_NOTE, row)
            if event is not None:
                self._audit.append_within(connection, (event,))

    def of_application(self, application_id: str, limit: int = 500) -> tuple[PaperView, ...]:
        """Everybody who looked at an application, the last look first."""
        return self._views(ViewRow.application_id == application_id, limit)

    def of_staff(self, staff: str, limit: int = 500) -> tuple[PaperView, ...]:
        """Everything that a member of staff looked at, the last look first."""
        return self._views(ViewRow.staff == staff, limit)

    def _views(self, condition: ColumnElement[bool], limit: int) -> tuple[PaperView, ...]:
        query = select(*_COLUMNS).where(condition).order_by(ViewRow.view_id.desc()).limit(limit)
        with reading(self._engine) as connection:
            return tuple(
                PaperView.model_validate(dict(row._mapping)) for row in connection.execute(query)
            )
