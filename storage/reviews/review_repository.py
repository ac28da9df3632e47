"""The cases that wait for a person: opened, watched for their terms, settled."""

import datetime as dt
import json
import uuid
from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    and_,
    bindparam,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError as RowTakenError

from models.errors import KinbindError
from models.reviews.review import APPLICATION, ReviewCase, ReviewState
from models.reviews.review_work import Opinion
from storage.database.tables.cases import RoundRow
from storage.database.tables.reviews import ReviewRow
from storage.database.transactions import reading, writing
from storage.keys.keyring import Keyring
from storage.reviews.queue_position import dequeue, enqueue, enqueue_again, requeue

_COLUMNS: Final = tuple(ReviewRow.__table__.columns[name] for name in ReviewCase.model_fields)
_OF_SUBJECT: Final = select(*_COLUMNS).where(
    ReviewRow.round_id == bindparam("round_id"), ReviewRow.subject == bindparam("subject")
)
_DECIDED_COLUMNS: Final = (
    *("holder", "lease_until", "outcome", "decided_codes", "note", "decided_at", "settled_at"),
    *("escalated_at", "settle_after"),
)
"""What a case loses when it is put before people once more; the audit log keeps it."""


class ReviewMissingError(KinbindError):
    """There is no such review case, or no round that one could be about."""

    def __init__(self) -> None:
        """Say where the cases are listed."""
        super().__init__(
            "没有这样的审核案件，请查看列表：kinbind review list --all。"
            "There is no such review case; see: kinbind review list --all"
        )


class ReviewRepository:
    """All review cases of one installation."""

    def __init__(self, engine: Engine, keyring: Keyring) -> None:
        """Use a database whose tables are up to date."""
        self._engine = engine
        self._keyring = keyring

    def open(
        self,
        round_id: str,
        codes: Sequence[str],
        *,
        opened_at: dt.datetime,
        due_at: dt.datetime,
        due_provisional: bool = False,
        subject: str = APPLICATION,
    ) -> ReviewCase:
        """Put a round before a person; a round that is in the queue already stays as it is.

        Args:
            round_id: The round.
            codes: Why the machine did not decide.
            opened_at: When it was put there.
            due_at: The end of the working-day term.
            due_provisional: That day may still move.
            subject: What is to be decided.

        Raises:
            ReviewMissingError: There is no such round.
        """
        draft = {
            "codes": json.dumps(list(codes)),
            "opened_at": opened_at,
            "due_at": due_at,
            "due_provisional": due_provisional,
            "subject": subject,
        }
        wanted = and_(ReviewRow.round_id == round_id, ReviewRow.subject == subject)
        try:
            with writing(self._engine) as connection:
                known = _one(connection, wanted)
                return self._case(known or _insert(connection, round_id, draft))
        except RowTakenError:  # another process opened it at the same moment
            return self._found(wanted)

    def reopen(
        self,
        review_id: str,
        codes: Sequence[str],
        *,
        opened_at: dt.datetime,
        due_at: dt.datetime,
        due_provisional: bool = False,
    ) -> ReviewCase:
        """Put a decided case before people once more; one that still waits stays as it is."""
        over = ReviewRow.state.in_((ReviewState.DECIDED, ReviewState.SETTLED))
        with writing(self._engine) as connection:
            opened = connection.execute(
                update(ReviewRow)
                .where(ReviewRow.review_id == review_id, over)
                .values(
                    **dict.fromkeys(_DECIDED_COLUMNS),
                    state=ReviewState.OPEN,
                    codes=json.dumps(list(codes)),
                    opened_at=opened_at,
                    due_at=due_at,
                    due_provisional=due_provisional,
                    turn=ReviewRow.turn + 1,
                )
            )
            if opened.rowcount:
                requeue(connection, review_id, codes)
        return self.get(review_id)

    def overdue(self, now: dt.datetime) -> tuple[ReviewCase, ...]:
        """Undecided cases whose term is over and that were not escalated yet."""
        query = (
            select(*_COLUMNS)
            .where(
                ReviewRow.outcome.is_(None),
                ReviewRow.state.in_((ReviewState.OPEN, ReviewState.CLAIMED)),
                ReviewRow.due_at < now,
                ReviewRow.escalated_at.is_(None),
            )
            .order_by(ReviewRow.due_at, ReviewRow.review_id)
        )
        with reading(self._engine) as connection:
            return tuple(self._case(row) for row in connection.execute(query))

    def escalate(self, review_id: str, at: dt.datetime) -> None:
        """Mark a case whose term is over; the first mark stays."""
        with writing(self._engine) as connection:
            connection.execute(
                update(ReviewRow)
                .where(ReviewRow.review_id == review_id, ReviewRow.escalated_at.is_(None))
                .values(escalated_at=at)
            )

    def move_due(self, review_id: str, due_at: dt.datetime, *, provisional: bool) -> None:
        """Set another end of the term, when the calendar is known better."""
        with writing(self._engine) as connection:
            connection.execute(
                update(ReviewRow)
                .where(ReviewRow.review_id == review_id)
                .values(due_at=due_at, due_provisional=provisional)
            )

    def list(self, state: ReviewState | None = None) -> tuple[ReviewCase, ...]:
        """Cases by their due time, of one state or of all."""
        query = select(*_COLUMNS).order_by(ReviewRow.due_at, ReviewRow.review_id)
        if state is not None:
            query = query.where(ReviewRow.state == state)
        with reading(self._engine) as connection:
            return tuple(self._case(row) for row in connection.execute(query))

    def provisional(self) -> tuple[ReviewCase, ...]:
        """Undecided cases whose term may still move."""
        query = select(*_COLUMNS).where(
            ReviewRow.outcome.is_(None),
            ReviewRow.state.in_((ReviewState.OPEN, ReviewState.CLAIMED)),
            ReviewRow.due_provisional.is_(True),
        )
        with reading(self._engine) as connection:
            ordered = query.order_by(ReviewRow.due_at, ReviewRow.review_id)
            return tuple(self._case(row) for row in connection.execute(ordered))

    def decided(self, now: dt.datetime | None = None) -> tuple[ReviewCase, ...]:
        """Cases that a person decided and that are not settled yet.

        Args:
            now: Leave out those that can still be taken back at this moment.
        """
        cases = self.list(ReviewState.DECIDED)
        if now is None:
            return cases
        return tuple(c for c in cases if c.settle_after is None or c.settle_after <= now)

    def get(self, review_id: str) -> ReviewCase:
        """One case.

        Raises:
            ReviewMissingError: There is none of this identifier.
        """
        return self._found(ReviewRow.review_id == review_id)

    def find(self, round_id: str, subject: str) -> ReviewCase | None:
        """The case of a round about a subject; None where there is none."""
        asked = {"round_id": round_id, "subject": subject}
        with reading(self._engine) as connection:
            row = connection.execute(_OF_SUBJECT, asked).one_or_none()
        return self._case(row) if row is not None else None

    def of_round(self, round_id: str) -> tuple[ReviewCase, ...]:
        """Every case of a round: about the application, its binding, and second looks."""
        query = select(*_COLUMNS).where(ReviewRow.round_id == round_id).order_by(ReviewRow.subject)
        with reading(self._engine) as connection:
            return tuple(self._case(row) for row in connection.execute(query))

    def close(self, opinion: Opinion, *, settle_after: dt.datetime | None = None) -> None:
        """Make an opinion the decision.

        Args:
            opinion: What was decided; the note is sealed again beside the case.
            settle_after: It is not carried out before; None: at once.
        """
        note = self._keyring.seal(opinion.words.note.encode(), note_context(opinion.review_id))
        with writing(self._engine) as connection:
            connection.execute(
                update(ReviewRow)
                .where(ReviewRow.review_id == opinion.review_id)
                .values(
                    state=ReviewState.DECIDED,
                    lease_until=None,
                    outcome=opinion.outcome,
                    decided_codes=json.dumps(opinion.codes),
                    note=note,
                    decided_at=opinion.given_at,
                    settle_after=settle_after,
                )
            )
            dequeue(connection, opinion.review_id)

    def take_back(self, review_id: str) -> None:
        """Let a decided case wait again as it did before it was decided."""
        with writing(self._engine) as connection:
            connection.execute(
                update(ReviewRow)
                .where(ReviewRow.review_id == review_id, ReviewRow.state == ReviewState.DECIDED)
                .values(
                    state=ReviewState.OPEN,
                    **dict.fromkeys(
                        ("holder", "outcome", "decided_codes", "note", "decided_at", "settle_after")
                    ),
                )
            )
            enqueue_again(connection, review_id)

    def withdraw(self, review_id: str, at: dt.datetime) -> bool:
        """Take a case that nobody has begun out of the queue; False where somebody has it."""
        with writing(self._engine) as connection:
            taken = connection.execute(
                update(ReviewRow)
                .where(ReviewRow.review_id == review_id, ReviewRow.state == ReviewState.OPEN)
                .values(state=ReviewState.SETTLED, settled_at=at)
            )
            if taken.rowcount:
                dequeue(connection, review_id)
            return bool(taken.rowcount)

    def settle(self, review_id: str) -> None:
        """Mark a decided case as carried out; again changes nothing."""
        with writing(self._engine) as connection:
            connection.execute(
                update(ReviewRow)
                .where(ReviewRow.review_id == review_id, ReviewRow.state == ReviewState.DECIDED)
                .values(state=ReviewState.SETTLED, settled_at=dt.datetime.now(dt.UTC))
            )

    def _found(self, condition: ColumnElement[bool]) -> ReviewCase:
        with reading(self._engine) as connection:
            row = _one(connection, condition)
        if row is None:
            raise ReviewMissingError
        return self._case(row)

    def _case(self, row: Row[tuple[object, ...]]) -> ReviewCase:
        values = dict(row._mapping)
        note = values["note"]
        values["note"] = (
            self._keyring.unseal(note, note_context(values["review_id"])).decode() if note else ""
        )
        values["codes"] = tuple(json.loads(values["codes"]))
        values["decided_codes"] = tuple(json.loads(values["decided_codes"] or "[]"))
        return ReviewCase.model_validate(values)


def _one(connection: Connection, condition: ColumnElement[bool]) -> Row[tuple[object, ...]] | None:
    return connection.execute(select(*_COLUMNS).where(condition)).one_or_none()


def _insert(
    connection: Connection, round_id: str, draft: Mapping[str, object]
) -> Row[tuple[object, ...]]:
    application_id = connection.scalar(
        select(RoundRow.application_id).where(RoundRow.round_id == round_id)
    )
    if application_id is None:
        raise ReviewMissingError
    connection.execute(
        insert(ReviewRow).values(
            review_id=uuid.uuid4().hex,
            round_id=round_id,
            application_id=application_id,
            state=ReviewState.OPEN,
            **draft,
        )
    )
    made = and_(ReviewRow.round_id == round_id, ReviewRow.subject == draft["subject"])
    row = connection.execute(select(*_COLUMNS).where(made)).one()
    enqueue(connection, row.review_id, json.loads(row.codes))
    return row


def note_context(review_id: str) -> str:
    """What the note of a case is sealed for."""
    return f"reviews/{review_id}/note"
