"""Who works on which case: claims, opinions, four eyes, and the sample of the machine's own."""

import datetime as dt
import json
from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, Engine, Row, exists, func, insert, select, update

from models.decision import Outcome
from models.desk import DeskCase, DeskKind, DeskState, Opinion, Words
from models.review import ReviewCase, ReviewState
from models.staff import Role
from storage.database.desk_tables import DeskRow, OpinionRow
from storage.database.engine import reading, serialise, writing
from storage.database.tables import ReviewRow, RoundRow
from storage.desk_place import place_on_desk
from storage.desk_queries import (
    COLUMNS,
    Filters,
    Order,
    claimable,
    free_for,
    in_order,
    narrowed,
    on_desk,
    this_turn,
)
from storage.keyring import Keyring
from storage.reviews import NotHolderError, ReviewMissingError

_JOINED: Final = (
    select(*COLUMNS)
    .join(DeskRow, DeskRow.review_id == ReviewRow.review_id)
    .join(RoundRow, RoundRow.round_id == ReviewRow.round_id)
)
MOST: Final = 1000
"""Cases that are counted at most."""

_DESK_FIELDS: Final = tuple(name for name in DeskCase.model_fields if name != "review")


class ReviewDesk:
    """The desks of all reviewers."""

    def __init__(self, engine: Engine, keyring: Keyring) -> None:
        """Open the desks in a database whose tables are up to date."""
        self._engine = engine
        self._keyring = keyring

    def get(self, review_id: str) -> DeskCase:
        """One case.

        Raises:
            ReviewMissingError: There is none of this identifier.
        """
        with reading(self._engine) as connection:
            row = connection.execute(_JOINED.where(ReviewRow.review_id == review_id)).one_or_none()
        if row is None:
            raise ReviewMissingError("There is no such review case.")
        return _case(row)

    def page(
        self,
        filters: Filters,
        order: Order = Order.DUE,
        *,
        offset: int = 0,
        limit: int = 50,
    ) -> tuple[DeskCase, ...]:
        """Some cases of the queue."""
        # Only the identifiers are sorted: whole rows of ten thousand cases would cost much more.
        chosen = (
            narrowed(select(ReviewRow.review_id), filters)
            .order_by(*in_order(order))
            .offset(offset)
            .limit(limit)
        )
        with reading(self._engine) as connection:
            names = list(connection.scalars(chosen))
            rows = connection.execute(_JOINED.where(ReviewRow.review_id.in_(names))).all()
        place = {name: number for number, name in enumerate(names)}
        return tuple(
            sorted((_case(row) for row in rows), key=lambda case: place[case.review.review_id])
        )

    def count(self, filters: Filters) -> int:
        """How many cases a filter leaves; `MOST` for more than that, which nobody pages through."""
        some = narrowed(select(ReviewRow.review_id), filters).limit(MOST).subquery()
        with reading(self._engine) as connection:
            return connection.scalar(select(func.count()).select_from(some)) or 0

    def claim(
        self,
        review_id: str,
        staff: str,
        role: Role,
        lease: dt.timedelta,
        *,
        now: dt.datetime | None = None,
    ) -> DeskCase | None:
        """Take a case onto one's desk, or keep it there longer.

        Returns:
            The case; None when another holds it, it is decided, only a senior may take it, or
            this person gave an opinion on it already.

        Raises:
            ReviewMissingError: There is none of this identifier.
        """
        moment = now or dt.datetime.now(dt.UTC)
        with writing(self._engine) as connection:
            taken = connection.execute(
                update(ReviewRow)
                .where(ReviewRow.review_id == review_id, free_for(staff, role, moment))
                .values(state=ReviewState.CLAIMED, holder=staff, lease_until=moment + lease)
            )
        found = self.get(review_id)
        return found if taken.rowcount else None

    def renew(
        self, review_id: str, staff: str, lease: dt.timedelta, *, now: dt.datetime | None = None
    ) -> dt.datetime | None:
        """Keep a case on one's desk; None when it is not there any more."""
        until = (now or dt.datetime.now(dt.UTC)) + lease
        with writing(self._engine) as connection:
            kept = connection.execute(
                update(ReviewRow).where(on_desk(review_id, staff)).values(lease_until=until)
            )
        return until if kept.rowcount else None

    def claim_next(
        self,
        staff: str,
        role: Role,
        lease: dt.timedelta,
        *,
        order: Order = Order.DUE,
        now: dt.datetime | None = None,
    ) -> DeskCase | None:
        """Take the first case of the queue that this person may take; None when none waits."""
        moment = now or dt.datetime.now(dt.UTC)
        first = (
            select(ReviewRow.review_id)
            .join(DeskRow, DeskRow.review_id == ReviewRow.review_id)
            .where(claimable(staff, role, moment))
            .order_by(*in_order(order))
            .limit(1)
            .with_for_update(skip_locked=True, of=ReviewRow)
        )
        with writing(self._engine) as connection:
            review_id = connection.scalar(first)
            if review_id is None:
                return None
            connection.execute(
                update(ReviewRow)
                .where(ReviewRow.review_id == review_id)
                .values(state=ReviewState.CLAIMED, holder=staff, lease_until=moment + lease)
            )
        return self.get(review_id)

    def release(self, review_id: str, staff: str) -> None:
        """Put a case back for anybody.

        Raises:
            NotHolderError: It is not on this person's desk.
        """
        with writing(self._engine) as connection:
            _put_back(connection, review_id, staff)

    def postpone(self, review_id: str, staff: str, until: dt.datetime) -> None:
        """Put a case back and hand it out to nobody before a moment.

        Raises:
            NotHolderError: It is not on this person's desk.
        """
        with writing(self._engine) as connection:
            _put_back(connection, review_id, staff)
            _mark(connection, review_id, postponed_until=until)

    def escalate(self, review_id: str, staff: str) -> None:
        """Put a case back for a senior.

        Raises:
            NotHolderError: It is not on this person's desk.
        """
        with writing(self._engine) as connection:
            _put_back(connection, review_id, staff)
            _mark(connection, review_id, senior=True)

    def ask_second(self, review_id: str, staff: str) -> None:
        """Ask for a second person's opinion after one's own, though no policy does.

        Raises:
            NotHolderError: It is not on this person's desk.
        """
        with writing(self._engine) as connection:
            if connection.scalar(select(exists().where(on_desk(review_id, staff)))) is not True:
                raise NotHolderError("The case is not on your desk any more.")
            _mark(connection, review_id, second=True)

    def decide(
        self,
        review_id: str,
        staff: str,
        outcome: Outcome,
        codes: Sequence[str],
        words: Words,
        *,
        four_eyes: bool,
        at: dt.datetime,
    ) -> DeskState:
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
            row = connection.execute(_JOINED.where(on_desk(review_id, staff))).one_or_none()
            if row is None:
                raise NotHolderError("The case is not on your desk any more.")
            earlier = _opinions(connection, review_id)
            state = _weigh(_case(row), [o.outcome for o in earlier], outcome, four_eyes=four_eyes)
            self._write(connection, review_id, staff, outcome, codes, words, at, state)
            if state is DeskState.DECIDED:
                self._close(connection, _case(row), outcome, codes, words, at)
            else:
                _put_back(connection, review_id, staff)
                _mark(connection, review_id, second=True, senior=state is DeskState.NEEDS_SENIOR)
        return state

    def opinions(self, review_id: str) -> tuple[Opinion, ...]:
        """Every opinion about a case as it lies now, the first one first."""
        with reading(self._engine) as connection:
            return tuple(self._opinion(row) for row in _opinions(connection, review_id))

    def words_of(self, review_id: str) -> Words:
        """The words of the opinion that became the decision; none where there is none."""
        binding = [o for o in self.opinions(review_id) if o.binding]
        return binding[-1].words if binding else Words()

    def place_missing(self) -> int:
        """Give a place to cases that a process of an older version opened; say how many."""
        query = (
            select(ReviewRow.review_id, ReviewRow.codes)
            .outerjoin(DeskRow, DeskRow.review_id == ReviewRow.review_id)
            .where(DeskRow.review_id.is_(None))
        )
        with writing(self._engine) as connection:
            missing = connection.execute(query).all()
            for row in missing:
                place_on_desk(connection, row.review_id, json.loads(row.codes))
        return len(missing)

    def open_sample(
        self, round_id: str, *, opened_at: dt.datetime, due_at: dt.datetime
    ) -> ReviewCase | None:
        """Put a round that the machine approved before people, as a case like any other.

        Nothing follows from what they say but the figure of false approvals.

        Returns:
            The case; None where the round is in the queue or was.
        """
        review_id = self._keyring.fingerprint("sample", round_id)[:32]
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
                    codes="[]",
                    opened_at=opened_at,
                    due_at=due_at,
                )
            )
            place_on_desk(connection, review_id, (), DeskKind.SAMPLE)
        return self.get(review_id).review

    def _write(
        self,
        connection: Connection,
        review_id: str,
        staff: str,
        outcome: Outcome,
        codes: Sequence[str],
        words: Words,
        at: dt.datetime,
        state: DeskState,
    ) -> None:
        last = select(func.max(OpinionRow.ordinal)).where(OpinionRow.review_id == review_id)
        ordinal = (connection.scalar(last) or 0) + 1
        connection.execute(
            insert(OpinionRow).values(
                review_id=review_id,
                ordinal=ordinal,
                staff=staff,
                outcome=outcome,
                codes=json.dumps(list(codes)),
                words=self._keyring.seal(words.model_dump_json().encode(), _context(review_id)),
                given_at=at,
                binding=state is DeskState.DECIDED,
            )
        )

    def _close(
        self,
        connection: Connection,
        case: DeskCase,
        outcome: Outcome,
        codes: Sequence[str],
        words: Words,
        at: dt.datetime,
    ) -> None:
        """A sample is settled with its decision: nothing is to be carried out."""
        review_id, sample = case.review.review_id, case.kind is DeskKind.SAMPLE
        connection.execute(
            update(ReviewRow)
            .where(ReviewRow.review_id == review_id)
            .values(
                state=ReviewState.SETTLED if sample else ReviewState.DECIDED,
                lease_until=None,
                outcome=outcome,
                decided_codes=json.dumps(list(codes)),
                note=self._keyring.seal(words.note.encode(), f"reviews/{review_id}/note"),
                decided_at=at,
                settled_at=at if sample else None,
            )
        )

    def _opinion(self, row: Row[tuple[object, ...]]) -> Opinion:
        values = dict(row._mapping)
        plain = self._keyring.unseal(values["words"], _context(values["review_id"]))
        values["words"] = Words.model_validate_json(plain)
        values["codes"] = tuple(json.loads(values["codes"]))
        return Opinion.model_validate(values)


def _weigh(
    case: DeskCase, earlier: Sequence[str], outcome: Outcome, *, four_eyes: bool
) -> DeskState:
    """What becomes of an opinion, given those before it."""
    if len(earlier) >= 2:
        return DeskState.DECIDED
    if len(earlier) == 1:
        return DeskState.DECIDED if earlier[0] == outcome else DeskState.NEEDS_SENIOR
    return DeskState.NEEDS_SECOND if four_eyes or case.second else DeskState.DECIDED


def _put_back(connection: Connection, review_id: str, staff: str) -> None:
    freed = connection.execute(
        update(ReviewRow)
        .where(on_desk(review_id, staff))
        .values(state=ReviewState.OPEN, holder=None, lease_until=None)
    )
    if freed.rowcount == 0:
        raise NotHolderError("The case is not on your desk any more.")


def _mark(connection: Connection, review_id: str, **values: object) -> None:
    connection.execute(update(DeskRow).where(DeskRow.review_id == review_id).values(**values))


def _opinions(connection: Connection, review_id: str) -> Sequence[Row[tuple[object, ...]]]:
    query = (
        select(*OpinionRow.__table__.columns)
        .join(ReviewRow, ReviewRow.review_id == OpinionRow.review_id)
        .where(OpinionRow.review_id == review_id, this_turn())
        .order_by(OpinionRow.ordinal)
    )
    return connection.execute(query).all()


def _case(row: Row[tuple[object, ...]]) -> DeskCase:
    values = dict(row._mapping)
    desk = {name: values.pop(name) for name in _DESK_FIELDS}
    values["codes"] = tuple(json.loads(values["codes"]))
    values["decided_codes"] = tuple(json.loads(values["decided_codes"] or "[]"))
    return DeskCase.model_validate(desk | {"review": ReviewCase.model_validate(values)})


def _context(review_id: str) -> str:
    return f"opinions/{review_id}"
