"""Answers to requests of programs, kept for those that repeat them."""

import datetime as dt
from typing import NamedTuple

from sqlalchemy import Engine, delete, insert, select

from storage.database.tables.reviews import KeptAnswerRow
from storage.database.transactions import serialise, writing


class KeptAnswer(NamedTuple):
    """An answer, and a keyed hash of the request that got it."""

    digest: str
    answer: str


class KeptAnswerRepository:
    """The answers of the last days, by person and key."""

    def __init__(self, engine: Engine) -> None:
        """Use a database whose tables are up to date."""
        self._engine = engine

    def find(self, staff: str, key: str, *, not_before: dt.datetime) -> KeptAnswer | None:
        """The answer to a key; until the unit of work ends nobody else asks for the same.

        Args:
            staff: Whose key.
            key: The key.
            not_before: Older answers are deleted.
        """
        mine = (KeptAnswerRow.staff == staff, KeptAnswerRow.key == key)
        with writing(self._engine) as connection:
            serialise(connection, f"idempotency key {staff}:{key}")
            connection.execute(delete(KeptAnswerRow).where(KeptAnswerRow.made_at < not_before))
            query = select(KeptAnswerRow.digest, KeptAnswerRow.answer).where(*mine)
            row = connection.execute(query).one_or_none()
        return KeptAnswer(row.digest, row.answer) if row else None

    def keep(self, staff: str, key: str, digest: str, answer: str, at: dt.datetime) -> None:
        """Keep an answer."""
        row = {"staff": staff, "key": key, "digest": digest, "answer": answer, "made_at": at}
        with writing(self._engine) as connection:
            connection.execute(insert(KeptAnswerRow).values(row))
