"""What people decided about cases: opinions, four eyes, and how one becomes the decision."""

import datetime as dt
import json
from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, Engine, Row, bindparam, func, insert, select, update
from sqlalchemy.orm import aliased

from models.decision.decision import Outcome
from models.reviews.review import APPLICATION, ReviewState
from models.reviews.review_work import ClaimedReview, ClaimState, Opinion, ReviewKind, ReviewNote
from storage.database.engine import reading, serialise, writing
from storage.database.review_tables import NO_WORDS, OpinionRow
from storage.database.tables import ReviewRow
from storage.keys.keyring import Keyring
from storage.reviews.queue_position import dequeue
from storage.reviews.queue_queries import this_turn
from storage.reviews.review_repository import note_context
from storage.reviews.review_rows import give_up_claim, held_case, mark

_OF_ONE: Final = (
    select(*OpinionRow.__table__.columns)
    .join(ReviewRow, ReviewRow.review_id == OpinionRow.review_id)
    .where(OpinionRow.review_id == bindparam("review_id"), this_turn())
    .order_by(OpinionRow.ordinal)
)


class OpinionRepository:
    """Every opinion that a person gave about a case."""

    def __init__(self, engine: Engine, keyring: Keyring) -> None:
        """Open the book in a database whose tables are up to date."""
        self._engine = engine
        self._keyring = keyring

    def give(
        self,
        review_id: str,
        staff: str,
        outcome: Outcome,
        codes: Sequence[str],
        words: ReviewNote,
        *,
        four_eyes: bool,
        at: dt.datetime,
    ) -> ClaimState:
        """Give an opinion; it becomes the decision when no other one is needed.

        The first of two opinions binds nobody and is shown to nobody; two that differ go to a
        senior, whose opinion counts alone. Nobody gives two opinions about one case.

        Args:
            review_id: The case.
            staff: Who has it on the desk.
            outcome: Approved, returned or rejected.
            codes: The reasons.
            words: A note, and advice to the applicant; kept encrypted.
            four_eyes: Whether policy wants a second person.
            at: When.

        Raises:
            NotHolderError: It is not on this person's desk.
            ValueError: The outcome is no decision.
        """
        if outcome is Outcome.IN_REVIEW:
            raise ValueError("A review cannot end in review.")
        with writing(self._engine) as connection:
            serialise(connection, review_id)
            case = held_case(connection, review_id, staff)
            earlier = _opinions(connection, review_id)
            state = _weigh(case, [o.outcome for o in earlier], outcome, four_eyes=four_eyes)
            opinion = Opinion(
                review_id=review_id,
                ordinal=_next_ordinal(connection, review_id),
                staff=staff,
                outcome=outcome,
                codes=tuple(codes),
                words=words,
                given_at=at,
                binding=state is ClaimState.DECIDED,
            )
            self._write(connection, opinion)
            if opinion.binding:
                self._close(connection, case.kind, opinion)
                if case.kind is ReviewKind.SECOND_LOOK:
                    mark(connection, review_id, senior=_differs(connection, opinion))
            else:
                give_up_claim(connection, review_id, staff)
                mark(connection, review_id, second=True, senior=state is ClaimState.NEEDS_SENIOR)
        return state

    def of(self, review_id: str) -> tuple[Opinion, ...]:
        """Every opinion about a case as it lies now, the first one first."""
        with reading(self._engine) as connection:
            return tuple(self._opinion(row) for row in _opinions(connection, review_id))

    def words_of(self, review_id: str) -> ReviewNote:
        """The words of the opinion that became the decision; none where there is none."""
        binding = [o for o in self.of(review_id) if o.binding]
        return binding[-1].words if binding else ReviewNote()

    def _write(self, connection: Connection, opinion: Opinion) -> None:
        words = opinion.words.model_dump_json().encode()
        row = opinion.model_dump() | {
            "codes": json.dumps(opinion.codes),
            "words": self._keyring.seal(words, _context(opinion.review_id)),
        }
        connection.execute(insert(OpinionRow).values(row))

    def _close(self, connection: Connection, kind: ReviewKind, opinion: Opinion) -> None:
        """What is said after the fact is settled with it: nothing is to be carried out."""
        over = kind.after_the_fact
        note = self._keyring.seal(opinion.words.note.encode(), note_context(opinion.review_id))
        connection.execute(
            update(ReviewRow)
            .where(ReviewRow.review_id == opinion.review_id)
            .values(
                state=ReviewState.SETTLED if over else ReviewState.DECIDED,
                lease_until=None,
                outcome=opinion.outcome,
                decided_codes=json.dumps(opinion.codes),
                note=note,
                decided_at=opinion.given_at,
                settled_at=opinion.given_at if over else None,
            )
        )
        dequeue(connection, opinion.review_id)

    def _opinion(self, row: Row[tuple[object, ...]]) -> Opinion:
        values = dict(row._mapping)
        values["words"] = self._words(values["review_id"], values["words"])
        values["codes"] = tuple(json.loads(values["codes"]))
        return Opinion.model_validate(values)

    def _words(self, review_id: str, sealed: bytes) -> ReviewNote:
        if sealed == NO_WORDS:
            return ReviewNote()
        return ReviewNote.model_validate_json(self._keyring.unseal(sealed, _context(review_id)))


def _differs(connection: Connection, opinion: Opinion) -> bool:
    """Whether a second look says otherwise than the decision; then a senior has to see both."""
    second = aliased(ReviewRow)
    decided = (
        select(ReviewRow.outcome)
        .join(second, second.round_id == ReviewRow.round_id)
        .where(second.review_id == opinion.review_id, ReviewRow.subject == APPLICATION)
    )
    return connection.scalar(decided) != opinion.outcome


def _weigh(
    case: ClaimedReview, earlier: Sequence[str], outcome: Outcome, *, four_eyes: bool
) -> ClaimState:
    """What becomes of an opinion, given those before it."""
    if len(earlier) >= 2:
        return ClaimState.DECIDED
    if len(earlier) == 1:
        return ClaimState.DECIDED if earlier[0] == outcome else ClaimState.NEEDS_SENIOR
    return ClaimState.NEEDS_SECOND if four_eyes or case.second else ClaimState.DECIDED


def _next_ordinal(connection: Connection, review_id: str) -> int:
    last = select(func.max(OpinionRow.ordinal)).where(OpinionRow.review_id == review_id)
    return (connection.scalar(last) or 0) + 1


def _opinions(connection: Connection, review_id: str) -> Sequence[Row[tuple[object, ...]]]:
    return connection.execute(_OF_ONE, {"review_id": review_id}).all()


def _context(review_id: str) -> str:
    return f"opinions/{review_id}"
