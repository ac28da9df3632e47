"""Cases put before people blind, after the fact: the machine's approvals, people's decisions."""

import datetime as dt
import json
import uuid
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Engine,
    Select,
    and_,
    exists,
    insert,
    select,
    update,
)
from sqlalchemy.orm import aliased

from models.decision.decision import Outcome
from models.reviews.opinion_rules import ReasonedOutcome
from models.reviews.review import APPLICATION, SECOND_LOOK, ReviewCase, ReviewState
from models.reviews.review_work import ReviewKind, SecondLook
from storage.database.installation_values import remember, value_of
from storage.database.tables.cases import RoundRow
from storage.database.tables.reviews import DISAGREES, LOOKED_AGAIN, ReviewRow
from storage.database.transactions import reading, serialise, writing
from storage.keys.keyring import Keyring
from storage.reviews.queue_position import enqueue

_DRAWN: Final = "samples_drawn_until"


class SampleRepository:
    """The cases that were drawn."""

    def __init__(self, engine: Engine, keyring: Keyring) -> None:
        """Draw into a database whose tables are up to date."""
        self._engine = engine
        self._keyring = keyring

    def open(
        self,
        round_id: str,
        codes: Sequence[str],
        *,
        opened_at: dt.datetime,
        due_at: dt.datetime,
    ) -> str | None:
        """Put a round that the machine approved before people, as a case like any other.

        Nothing follows from what they say but the figure of false approvals.

        Args:
            round_id: The round.
            codes: The reasons that stand beside it as if they had brought it there.
            opened_at: When it was put there.
            due_at: The end of the working-day term.

        Returns:
            The case's identifier; None where the round is in the queue or was.
        """
        review_id = self._identifier("sample", round_id)
        with writing(self._engine) as connection:
            serialise(connection, round_id)
            known = select(exists().where(ReviewRow.round_id == round_id))
            if connection.scalar(known):
                return None
            application = select(RoundRow.application_id).where(RoundRow.round_id == round_id)
            connection.execute(
                insert(ReviewRow).values(
                    review_id=review_id,
                    round_id=round_id,
                    application_id=application.scalar_subquery(),
                    state=ReviewState.OPEN,
                    codes=json.dumps(list(codes)),
                    opened_at=opened_at,
                    due_at=due_at,
                )
            )
            enqueue(connection, review_id, codes, ReviewKind.SAMPLE)
        return review_id

    def drawn_until(self) -> dt.datetime | None:
        """Up to when samples were drawn; None before the first time."""
        with reading(self._engine) as connection:
            value = value_of(connection, _DRAWN)
        return dt.datetime.fromisoformat(value) if value else None

    def note_drawn(self, until: dt.datetime) -> None:
        """Remember up to when samples were drawn."""
        with writing(self._engine) as connection:
            remember(connection, _DRAWN, until.isoformat())

    def decided_by_people(self, since: dt.datetime) -> tuple[str, ...]:
        """Decided reviews of applications since a moment that nobody looks at a second time."""
        again = aliased(ReviewRow)
        looked = exists().where(again.round_id == ReviewRow.round_id, again.subject == SECOND_LOOK)
        query = select(ReviewRow.review_id).where(
            ReviewRow.outcome.is_not(None),
            ReviewRow.decided_at >= since,
            ReviewRow.state == ReviewState.SETTLED,
            ReviewRow.subject == APPLICATION,
            ReviewRow.kind == ReviewKind.DOUBT,
            ~looked.correlate(ReviewRow),
        )
        with reading(self._engine) as connection:
            return tuple(connection.scalars(query.order_by(ReviewRow.review_id)))

    def open_second_look(
        self, decided: ReviewCase, *, opened_at: dt.datetime, due_at: dt.datetime
    ) -> str | None:
        """Put a case that people decided before another person, as it lay before the first.

        Returns:
            The new case's identifier; None where there is one already.
        """
        review_id = self._identifier("second-look", decided.review_id)
        with writing(self._engine) as connection:
            serialise(connection, decided.round_id)
            mine = (ReviewRow.round_id == decided.round_id, ReviewRow.subject == SECOND_LOOK)
            if connection.scalar(select(exists().where(*mine))):
                return None
            connection.execute(
                insert(ReviewRow).values(
                    review_id=review_id,
                    round_id=decided.round_id,
                    application_id=decided.application_id,
                    state=ReviewState.OPEN,
                    subject=SECOND_LOOK,
                    codes=json.dumps(list(decided.codes)),
                    opened_at=opened_at,
                    due_at=due_at,
                    kind=ReviewKind.SECOND_LOOK,
                )
            )
            enqueue(connection, review_id, decided.codes, ReviewKind.SECOND_LOOK)
        return review_id

    def second_looks(self, limit: int = 200) -> tuple[SecondLook, ...]:
        """Finished second looks, those that differ and wait for a senior first, then the newest."""
        others = (LOOKED_AGAIN, ReviewRow.senior.is_(False))
        with reading(self._engine) as connection:
            rows = connection.execute(_finished(DISAGREES).limit(limit)).all()
            if len(rows) < limit:
                rest = _finished(*others).limit(limit - len(rows))
                rows = [*rows, *connection.execute(rest)]
        return tuple(_second_look(dict(row._mapping)) for row in rows)

    def close_disagreement(self, review_id: str) -> bool:
        """A senior has seen it; False where none is open."""
        with writing(self._engine) as connection:
            closed = connection.execute(
                update(ReviewRow)
                .where(ReviewRow.review_id == review_id, DISAGREES)
                .values(senior=False)
            )
        return closed.rowcount == 1

    def _identifier(self, purpose: str, name: str) -> str:
        """Always the same for the same name, and of the form that every other case's has."""
        fingerprint = self._keyring.fingerprint(purpose, name)[:32]
        return uuid.UUID(hex=fingerprint, version=4).hex


def _finished(*which: ColumnElement[bool]) -> Select[Any]:
    """Second looks beside what they looked at, the newest first."""
    first = aliased(ReviewRow)
    return (
        select(
            ReviewRow.review_id,
            first.review_id.label("first_review_id"),
            ReviewRow.application_id,
            *_said(first, "first"),
            *_said(ReviewRow, "second"),
            ReviewRow.senior.label("open"),
        )
        .join(first, and_(first.round_id == ReviewRow.round_id, first.subject == APPLICATION))
        .where(*which, first.outcome.is_not(None))
        .order_by(ReviewRow.decided_at.desc(), ReviewRow.review_id)
    )


def _said(review: type[ReviewRow], name: str) -> tuple[ColumnElement[Any], ...]:
    """Who decided a review, how and when."""
    return (
        review.holder.label(f"{name}_staff"),
        review.outcome.label(f"{name}_outcome"),
        review.decided_codes.label(f"{name}_codes"),
        review.decided_at.label(f"{name}_at"),
    )


def _second_look(row: dict[str, object]) -> SecondLook:
    said = {}
    for who in ("first", "second"):
        codes = tuple(json.loads(str(row[f"{who}_codes"] or "[]")))
        row[f"{who}_codes"] = codes
        said[who] = ReasonedOutcome(Outcome(str(row[f"{who}_outcome"])), codes)
    return SecondLook.model_validate(row | {"agreed": said["second"].agrees_with(said["first"])})
