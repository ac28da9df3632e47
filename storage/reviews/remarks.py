"""Why people did something with a case, in their own words; sealed."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Engine, bindparam, insert, select

from models.reviews.remark import Remark
from storage.database.tables.reviews import NO_WORDS, RemarkRow
from storage.database.transactions import reading, writing
from storage.keys.keyring import Keyring

_OF_ONE: Final = (
    select(*(c for c in RemarkRow.__table__.columns if c.name != "remark_id"))
    .where(RemarkRow.review_id == bindparam("review_id"))
    .order_by(RemarkRow.remark_id)
)


class RemarkRepository:
    """Every remark that was ever made."""

    def __init__(self, engine: Engine, keyring: Keyring) -> None:
        """Use a database whose tables are up to date."""
        self._engine = engine
        self._keyring = keyring

    def add(self, remark: Remark) -> None:
        """Keep a remark."""
        sealed = self._keyring.seal(remark.words.encode(), remark_context(remark.review_id))
        row = remark.model_dump() | {"words": sealed}
        with writing(self._engine) as connection:
            connection.execute(insert(RemarkRow).values(row))

    def of(self, review_id: str) -> Sequence[Remark]:
        """The remarks about a case, the first one first."""
        with reading(self._engine) as connection:
            rows = connection.execute(_OF_ONE, {"review_id": review_id}).all()
        return tuple(self._remark(dict(row._mapping)) for row in rows)

    def _remark(self, row: dict[str, object]) -> Remark:
        sealed, review_id = row["words"], str(row["review_id"])
        if not isinstance(sealed, bytes):
            raise TypeError("sealed words are bytes")
        plain = (
            self._keyring.unseal(sealed, remark_context(review_id)) if sealed != NO_WORDS else b""
        )
        return Remark.model_validate(row | {"words": plain.decode()})


def remark_context(review_id: str) -> str:
    """What the words of a case's remarks are sealed for."""
    return f"remarks/{review_id}"
