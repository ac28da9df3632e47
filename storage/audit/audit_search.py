"""What auditors ask the case database."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Engine,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
)

from models.audit.event import EventTag
from models.cases.case_round import ApplicationRound, MatchKeyKind
from models.decision.decision import Outcome
from models.intake.employer import EmployerDelivery
from models.record import Record
from models.reviews.review import APPLICATION
from storage.audit.audit_log import AuditLog
from storage.audit.current_run import RUN
from storage.cases.round_rows import decided_after
from storage.database.tables.audit import AuditEventRow
from storage.database.tables.cases import FindingRow, MatchKeyRow, RoundRow
from storage.database.tables.reviews import OpinionRow, ReviewRow
from storage.database.transactions import reading
from storage.keys.keyring import Keyring
from storage.keys.match_hash import name_hash, person_hash

_ROUND: Final = tuple(RoundRow.__table__.columns)
_RUNS: Final = 100_000
_PORTION: Final = 1000
"""Runs that are looked through for one: a year of a batch every five minutes."""
_LAST_CHARACTER: Final = chr(0x10FFFF)
_ORIGIN_IN_FORCE: Final = case(
    (func.coalesce(RoundRow.decided_by, "machine") == "machine", "machine"), else_="person"
)
"""A person's findings count once a person decided, the machine's until then."""

_OBJECTIONS: Final = select(AuditEventRow.round_id).where(
    AuditEventRow.application_id.in_(bindparam("applications", expanding=True)),
    AuditEventRow.tag == EventTag.OBJECTION_RECEIVED,
)

_OVERRULED: Final = and_(
    func.coalesce(RoundRow.decided_by, "machine") != "machine",
    func.coalesce(RoundRow.outcome, "") == Outcome.APPROVED,
)
"""A person who approves overrules every reason, also those that the decision still lists."""


class AuditQuery(Record):
    """What an auditor looks for; what is left empty narrows nothing.

    Attributes:
        application: An identifier, or its beginning.
        reviewer: Who gave an opinion about it.
        code: A reason of the decision in force; one that a person overruled does not count.
        batch: The batch that it was taken in with.
        run: The orchestrator's run that decided it, also one that never came to its end.
        start: Taken in then or later.
        end: Taken in before.
    """

    application: str = ""
    reviewer: str = ""
    code: str = ""
    outcome: Outcome | None = None
    batch: str = ""
    run: str = ""
    start: dt.datetime | None = None
    end: dt.datetime | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing at all is asked."""
        return self == AuditQuery()


class AuditSearch:
    """Questions over all applications."""

    def __init__(self, engine: Engine, keyring: Keyring, audit: AuditLog) -> None:
        """Ask a database whose tables are up to date, and its log."""
        self._audit = audit
        self._engine = engine
        self._keyring = keyring

    def find(self, asked: AuditQuery, limit: int = 100) -> tuple[ApplicationRound, ...]:
        """Rounds that fit everything that was asked, the newest first."""
        return self._rounds(select(*_ROUND).where(*self._conditions(asked)), limit)

    def by_person(self, number: str, limit: int = 100) -> tuple[ApplicationRound, ...]:
        """Rounds in which a person applied or was to be bound, by their number's keyed hash."""
        return self._by_match_key(MatchKeyKind.NUMBER, person_hash(self._keyring, number), limit)

    def by_name(self, name: str, limit: int = 100) -> tuple[ApplicationRound, ...]:
        """Rounds on whose forms somebody bears exactly this name, by its keyed hash."""
        return self._by_match_key(MatchKeyKind.NAME, name_hash(self._keyring, name), limit)

    def _by_match_key(
        self, kind: MatchKeyKind, fingerprint: str, limit: int
    ) -> tuple[ApplicationRound, ...]:
        mine = select(MatchKeyRow.round_id).where(
            MatchKeyRow.fingerprint == fingerprint, MatchKeyRow.kind == kind
        )
        return self._rounds(select(*_ROUND).where(RoundRow.round_id.in_(mine)), limit)

    def decided(self, outcome: Outcome, since: dt.datetime) -> Iterator[ApplicationRound]:
        """Rounds that had this outcome since a moment and that no person has or had.

        By the time of the outcome, in portions: what is done with one may be written meanwhile.
        """
        seen = select(ReviewRow.round_id).where(ReviewRow.round_id == RoundRow.round_id)
        query = (
            select(*_ROUND)
            .where(RoundRow.outcome == outcome, ~seen.correlate(RoundRow).exists())
            .order_by(RoundRow.decided_at, RoundRow.round_id)
            .limit(_PORTION)
        )
        place = RoundRow.decided_at >= since
        while True:
            with reading(self._engine) as connection:
                rows = connection.execute(query.where(place)).all()
            found = [ApplicationRound.model_validate(dict(row._mapping)) for row in rows]
            yield from found
            if len(found) < _PORTION:
                return
            place = decided_after(found[-1].decided_at, found[-1].round_id)

    def objections_among(self, application_ids: Sequence[str]) -> frozenset[str]:
        """The rounds of these applications that object to an outcome."""
        asked = {"applications": list(application_ids)}
        with reading(self._engine) as connection:
            return frozenset(filter(None, connection.scalars(_OBJECTIONS, asked)))

    def _conditions(self, asked: AuditQuery) -> Iterator[ColumnElement[bool]]:
        yield from self._of_intake(asked)
        yield from self._of_decision(asked)

    def _of_intake(self, asked: AuditQuery) -> Iterator[ColumnElement[bool]]:
        if asked.application:
            name = self._keyring.public_id(asked.application)
            yield RoundRow.application_id.startswith(name, autoescape=True)
            if self._engine.dialect.name == "sqlite":  # whose LIKE asks no index
                yield RoundRow.application_id >= name
                yield RoundRow.application_id < f"{name}{_LAST_CHARACTER}"
        if asked.batch:
            yield RoundRow.batch_id == asked.batch
        if asked.start is not None:
            yield RoundRow.received_at >= asked.start
        if asked.end is not None:
            yield RoundRow.received_at < asked.end

    def _of_decision(self, asked: AuditQuery) -> Iterator[ColumnElement[bool]]:
        if asked.reviewer:
            said = (
                select(ReviewRow.round_id)
                .join(OpinionRow, OpinionRow.review_id == ReviewRow.review_id)
                .where(OpinionRow.staff == asked.reviewer)
            )
            yield RoundRow.round_id.in_(said)
        if asked.code:
            yield ~_OVERRULED
            # Which rounds have the reason at all is asked once, and of each of them whose it is:
            # one question for both would read all that have it again for every round.
            has = FindingRow.code == asked.code
            yield RoundRow.round_id.in_(select(FindingRow.round_id).where(has))
            mine = (FindingRow.round_id == RoundRow.round_id, has)
            yield exists().where(*mine, FindingRow.origin == _ORIGIN_IN_FORCE)
        if asked.outcome:
            yield RoundRow.outcome == asked.outcome
        if asked.run:
            yield RoundRow.round_id.in_(self._decided_in(asked.run))

    def _decided_in(self, run: str) -> list[str]:
        """Rounds that one run decided: those of its batches whose decision names it."""
        started = self._audit.system_events((EventTag.BATCH_STARTED,), _RUNS)
        batches = {str(e.details.get("batch")) for e in started if e.details.get(RUN) == run}
        own = select(RoundRow.application_id).where(RoundRow.batch_id.in_(batches))
        decided = self._audit.decided_by_runs(own)
        return sorted(round_id for round_id, decider in decided.items() if decider == run)

    def deliveries(self, limit: int = 50) -> tuple[EmployerDelivery, ...]:
        """The latest deliveries of employers, the last one first."""
        unsettled = or_(RoundRow.outcome.is_(None), RoundRow.outcome == Outcome.IN_REVIEW)
        last = func.max(RoundRow.received_at)
        query = (
            select(
                RoundRow.employer_ref.label("ref"),
                last.label("received_at"),
                func.count(RoundRow.application_id.distinct()).label("applications"),
                func.sum(case((unsettled, 1), else_=0)).label("open"),
            )
            .where(RoundRow.employer_ref.is_not(None))
            .group_by(RoundRow.employer_ref)
            .order_by(last.desc())
            .limit(limit)
        )
        with reading(self._engine) as connection:
            return tuple(
                EmployerDelivery.model_validate(dict(row._mapping))
                for row in connection.execute(query)
            )

    def reviews_of(self, application_id: str) -> Mapping[str, str]:
        """The review of each round of an application that has one."""
        query = select(ReviewRow.round_id, ReviewRow.review_id).where(
            ReviewRow.application_id == application_id, ReviewRow.subject == APPLICATION
        )
        with reading(self._engine) as connection:
            return {row.round_id: row.review_id for row in connection.execute(query)}

    def _rounds(
        self, query: Select[tuple[object, ...]], limit: int
    ) -> tuple[ApplicationRound, ...]:
        ordered = query.order_by(RoundRow.received_at.desc(), RoundRow.round_id).limit(limit)
        with reading(self._engine) as connection:
            return tuple(
                ApplicationRound.model_validate(dict(row._mapping))
                for row in connection.execute(ordered)
            )
