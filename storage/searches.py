"""What auditors ask the case database."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from sqlalchemy import Engine, Select, select

from models.case import CaseRound, TraceKind
from models.decision import Outcome
from storage.database.desk_tables import OpinionRow
from storage.database.engine import reading
from storage.database.tables import FindingRow, ReviewRow, RoundRow, TraceRow
from storage.keyring import Keyring
from storage.traces import person_hash

_ROUND: Final = tuple(RoundRow.__table__.columns)


class Searches:
    """Questions over all applications."""

    def __init__(self, engine: Engine, keyring: Keyring) -> None:
        """Ask a database whose tables are up to date."""
        self._engine = engine
        self._keyring = keyring

    def by_application(self, text: str, limit: int = 100) -> tuple[CaseRound, ...]:
        """Rounds of an application, or of all whose identifier begins so."""
        name = self._keyring.public_id(text)
        return self._rounds(
            select(*_ROUND).where(RoundRow.application_id.startswith(name, autoescape=True)), limit
        )

    def by_person(self, number: str, limit: int = 100) -> tuple[CaseRound, ...]:
        """Rounds in which a person applied or was to be bound, by their number's keyed hash."""
        mine = select(TraceRow.round_id).where(
            TraceRow.fingerprint == person_hash(self._keyring, number),
            TraceRow.kind == TraceKind.NUMBER,
        )
        return self._rounds(select(*_ROUND).where(RoundRow.round_id.in_(mine)), limit)

    def by_reviewer(self, staff: str, limit: int = 100) -> tuple[CaseRound, ...]:
        """Rounds about which a member of staff gave an opinion."""
        mine = (
            select(ReviewRow.round_id)
            .join(OpinionRow, OpinionRow.review_id == ReviewRow.review_id)
            .where(OpinionRow.staff == staff)
        )
        return self._rounds(select(*_ROUND).where(RoundRow.round_id.in_(mine)), limit)

    def by_code(self, code: str, limit: int = 100) -> tuple[CaseRound, ...]:
        """Rounds whose decision names a reason."""
        mine = select(FindingRow.round_id).where(FindingRow.code == code)
        return self._rounds(select(*_ROUND).where(RoundRow.round_id.in_(mine)), limit)

    def by_time(
        self, start: dt.datetime, end: dt.datetime, limit: int = 100
    ) -> tuple[CaseRound, ...]:
        """Rounds that came in from `start` to before `end`."""
        within = (RoundRow.received_at >= start, RoundRow.received_at < end)
        return self._rounds(select(*_ROUND).where(*within), limit)

    def decided(
        self, outcome: Outcome, since: dt.datetime, limit: int = 10_000
    ) -> tuple[CaseRound, ...]:
        """Rounds that had this outcome since a moment and that no person has or had."""
        seen = select(ReviewRow.round_id).where(ReviewRow.round_id == RoundRow.round_id)
        return self._rounds(
            select(*_ROUND).where(
                RoundRow.outcome == outcome,
                RoundRow.decided_at >= since,
                ~seen.correlate(RoundRow).exists(),
            ),
            limit,
        )

    def reviews_of(self, application_id: str) -> Mapping[str, str]:
        """The review of each round of an application that has one."""
        query = select(ReviewRow.round_id, ReviewRow.review_id).where(
            ReviewRow.application_id == application_id
        )
        with reading(self._engine) as connection:
            return {row.round_id: row.review_id for row in connection.execute(query)}

    def _rounds(self, query: Select[tuple[object, ...]], limit: int) -> tuple[CaseRound, ...]:
        ordered = query.order_by(RoundRow.received_at.desc(), RoundRow.round_id).limit(limit)
        with reading(self._engine) as connection:
            return tuple(
                CaseRound.model_validate(dict(row._mapping)) for row in connection.execute(ordered)
            )
