"""Fields as people read them; beside the machine's reading, never in its place."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from sqlalchemy import Engine, bindparam, insert, select

from models.reviews.review_work import Correction
from storage.database.tables.reviews import CorrectionRow
from storage.database.transactions import reading, writing
from storage.keys.keyring import Keyring

_VALUE: Final = b"="
"""Before a value: an empty sealed text means that nothing stands on the paper."""

_OF_ROUND: Final = (
    select(*(c for c in CorrectionRow.__table__.columns if c.name != "correction_id"))
    .where(CorrectionRow.round_id == bindparam("round_id"))
    .order_by(CorrectionRow.correction_id)
)


class CorrectionRepository:
    """Every correction that was ever made."""

    def __init__(self, engine: Engine, keyring: Keyring) -> None:
        """Open the book in a database whose tables are up to date."""
        self._engine = engine
        self._keyring = keyring

    def add(self, correction: Correction) -> None:
        """Keep a correction; earlier ones of the same field stay in the book."""
        text = b"" if correction.value is None else _VALUE + correction.value.encode()
        with writing(self._engine) as connection:
            connection.execute(
                insert(CorrectionRow).values(
                    **correction.model_dump(exclude={"value"}),
                    value=self._keyring.seal(text, _context(correction.round_id)),
                )
            )

    def all_of(self, round_id: str) -> tuple[Correction, ...]:
        """Every correction of a round, the first one first."""
        with reading(self._engine) as connection:
            rows = connection.execute(_OF_ROUND, {"round_id": round_id})
            return tuple(self._correction(dict(row._mapping)) for row in rows)

    def in_force(
        self, round_id: str, *, since: dt.datetime | None = None
    ) -> Mapping[tuple[int, str], Correction]:
        """The last correction of each field, by the paper's place and the field's name.

        Args:
            round_id: Whose papers.
            since: Leave out what was corrected before.
        """
        return {
            (made.paper, made.field): made
            for made in self.all_of(round_id)
            if since is None or made.made_at >= since
        }

    def _correction(self, row: dict[str, object]) -> Correction:
        sealed, round_id = row["value"], str(row["round_id"])
        if not isinstance(sealed, bytes):
            raise TypeError("a sealed value is bytes")
        text = self._keyring.unseal(sealed, _context(round_id))
        value = text.removeprefix(_VALUE).decode() if text else None
        return Correction.model_validate(row | {"value": value})


def _context(round_id: str) -> str:
    return f"corrections/{round_id}"
