"""Opinions about review cases, as rows; the words are sealed.

How opinions become a decision is in `models.reviews.opinion_rules`.
"""

import datetime as dt
import json
from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, Engine, Row, bindparam, func, insert, select, update
from sqlalchemy.orm import aliased

from models.decision.decision import Outcome
from models.reviews.opinion_rules import ReasonedOutcome
from models.reviews.review import APPLICATION
from models.reviews.review_work import Opinion, ReviewNote
from storage.database.tables.reviews import NO_WORDS, OpinionRow, ReviewRow
from storage.database.transactions import reading, writing
from storage.keys.keyring import Keyring
from storage.reviews.queue_queries import this_turn

_OF_ONE: Final = (
    select(*(c for c in OpinionRow.__table__.columns if c.name != "withdrawn_at"))
    .join(ReviewRow, ReviewRow.review_id == OpinionRow.review_id)
    .where(OpinionRow.review_id == bindparam("review_id"), this_turn())
    .order_by(OpinionRow.ordinal)
)


class OpinionRepository:
    """Every opinion that a person gave about a case."""

    def __init__(self, engine: Engine, keyring: Keyring) -> None:
        """Use a database whose tables are up to date."""
        self._engine = engine
        self._keyring = keyring

    def add(self, opinion: Opinion) -> None:
        """Write an opinion."""
        words = opinion.words.model_dump_json().encode()
        row = opinion.model_dump() | {
            "codes": json.dumps(opinion.codes),
            "words": self._keyring.seal(words, _context(opinion.review_id)),
        }
        with writing(self._engine) as connection:
            connection.execute(insert(OpinionRow).values(row))

    def of(self, review_id: str) -> tuple[Opinion, ...]:
        """Every opinion since the case was put before people last, the first one first."""
        with reading(self._engine) as connection:
            return tuple(self._opinion(row) for row in _opinions(connection, review_id))

    def outcomes_of(self, review_id: str) -> tuple[ReasonedOutcome, ...]:
        """The outcomes of the same opinions with their reasons; no words are unsealed."""
        with reading(self._engine) as connection:
            return tuple(
                _reasoned(row.outcome, row.codes) for row in _opinions(connection, review_id)
            )

    def given(self, review_id: str) -> tuple[tuple[str, str], ...]:
        """Who said which way, over all times the case was opened, the first one first."""
        query = (
            select(OpinionRow.staff, OpinionRow.outcome)
            .where(OpinionRow.review_id == review_id)
            .order_by(OpinionRow.ordinal)
        )
        with reading(self._engine) as connection:
            return tuple((row.staff, row.outcome) for row in connection.execute(query))

    def spoken_of(self, review_ids: Sequence[str], staff: str) -> frozenset[str]:
        """Of these cases those about which this person has given an opinion that counts."""
        query = (
            select(OpinionRow.review_id)
            .join(ReviewRow, ReviewRow.review_id == OpinionRow.review_id)
            .where(OpinionRow.review_id.in_(review_ids), OpinionRow.staff == staff, this_turn())
        )
        with reading(self._engine) as connection:
            return frozenset(connection.scalars(query))

    def all_of(self, review_id: str) -> tuple[Opinion, ...]:
        """Every opinion over all times the case was opened, withdrawn ones too, in order.

        Raises:
            IntegrityError: Words are not what was sealed.
        """
        columns = (c for c in OpinionRow.__table__.columns if c.name != "withdrawn_at")
        query = select(*columns).where(OpinionRow.review_id == review_id)
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(OpinionRow.ordinal)).all()
        return tuple(self._opinion(row) for row in rows)

    def withdraw(self, review_id: str, ordinal: int, at: dt.datetime) -> None:
        """Let an opinion that its giver took back count no longer; it stays in the book."""
        mine = (OpinionRow.review_id == review_id, OpinionRow.ordinal == ordinal)
        with writing(self._engine) as connection:
            connection.execute(update(OpinionRow).where(*mine).values(withdrawn_at=at))

    def next_ordinal(self, review_id: str) -> int:
        """The number of the next opinion about a case, from 1, over all times it was opened."""
        last = select(func.max(OpinionRow.ordinal)).where(OpinionRow.review_id == review_id)
        with reading(self._engine) as connection:
            return (connection.scalar(last) or 0) + 1

    def decision_looked_at(self, review_id: str) -> ReasonedOutcome | None:
        """What people had decided about the application that a second look (复查) is about."""
        second = aliased(ReviewRow)
        decided = (
            select(ReviewRow.outcome, ReviewRow.decided_codes)
            .join(second, second.round_id == ReviewRow.round_id)
            .where(second.review_id == review_id, ReviewRow.subject == APPLICATION)
        )
        with reading(self._engine) as connection:
            row = connection.execute(decided).one_or_none()
        return _reasoned(row.outcome, row.decided_codes) if row and row.outcome else None

    def words_of(self, review_id: str) -> ReviewNote:
        """The words of the opinion that became the decision; none where there is none."""
        binding = [o for o in self.of(review_id) if o.binding]
        return binding[-1].words if binding else ReviewNote()

    def _opinion(self, row: Row[tuple[object, ...]]) -> Opinion:
        values = dict(row._mapping)
        values["words"] = self._words(values["review_id"], values["words"])
        values["codes"] = tuple(json.loads(values["codes"]))
        return Opinion.model_validate(values)

    def _words(self, review_id: str, sealed: bytes) -> ReviewNote:
        if sealed == NO_WORDS:
            return ReviewNote()
        return ReviewNote.model_validate_json(self._keyring.unseal(sealed, _context(review_id)))


def _opinions(connection: Connection, review_id: str) -> Sequence[Row[tuple[object, ...]]]:
    return connection.execute(_OF_ONE, {"review_id": review_id}).all()


def _reasoned(outcome: str, codes: str | None) -> ReasonedOutcome:
    return ReasonedOutcome(Outcome(outcome), tuple(json.loads(codes or "[]")))


def _context(review_id: str) -> str:
    return f"opinions/{review_id}"
