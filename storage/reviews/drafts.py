"""What people have written about cases and not sent yet; sealed, one for each person and case."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import ColumnElement, Engine, bindparam, delete, insert, select

from storage.database.tables.reviews import DraftRow
from storage.database.transactions import reading, writing
from storage.keys.keyring import Keyring

_ONE: Final = select(DraftRow.content).where(
    DraftRow.review_id == bindparam("review_id"), DraftRow.staff == bindparam("staff")
)


class DraftRepository:
    """All drafts of one installation."""

    def __init__(self, engine: Engine, keyring: Keyring) -> None:
        """Use a database whose tables are up to date."""
        self._engine = engine
        self._keyring = keyring

    def save(
        self, review_id: str, staff: str, fields: Mapping[str, Sequence[str]], at: dt.datetime
    ) -> None:
        """Keep what stands in a form, in place of what stood there before."""
        content = json.dumps({name: list(values) for name, values in fields.items()}).encode()
        row = {
            "review_id": review_id,
            "staff": staff,
            "content": self._keyring.seal(content, draft_context(review_id, staff)),
            "saved_at": at,
        }
        with writing(self._engine) as connection:
            connection.execute(delete(DraftRow).where(*_of(review_id, staff)))
            connection.execute(insert(DraftRow).values(row))

    def get(self, review_id: str, staff: str) -> Mapping[str, tuple[str, ...]] | None:
        """The fields of a form as they were kept; None where nothing is."""
        with reading(self._engine) as connection:
            sealed = connection.scalar(_ONE, {"review_id": review_id, "staff": staff})
        if sealed is None:
            return None
        content = json.loads(self._keyring.unseal(sealed, draft_context(review_id, staff)))
        return {name: tuple(values) for name, values in content.items()}

    def delete(self, review_id: str, staff: str) -> None:
        """Forget one draft."""
        with writing(self._engine) as connection:
            connection.execute(delete(DraftRow).where(*_of(review_id, staff)))

    def delete_all(self, review_id: str) -> None:
        """Forget everybody's drafts about a case."""
        with writing(self._engine) as connection:
            connection.execute(delete(DraftRow).where(DraftRow.review_id == review_id))

    def delete_before(self, moment: dt.datetime) -> int:
        """Forget drafts that were saved before a moment, and say how many there were."""
        with writing(self._engine) as connection:
            return connection.execute(delete(DraftRow).where(DraftRow.saved_at < moment)).rowcount


def _of(review_id: str, staff: str) -> tuple[ColumnElement[bool], ...]:
    return DraftRow.review_id == review_id, DraftRow.staff == staff


def draft_context(review_id: str, staff: str) -> str:
    """What a draft is sealed for."""
    return f"drafts/{review_id}/{staff}"
