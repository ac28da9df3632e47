"""What auditors ask about people: samples and second looks, decisions by day, sign-ins."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Sequence
from typing import Final

from sqlalchemy import Engine, select

from models.clock import CHINA
from models.decision.decision import Outcome
from models.reports.oversight import PersonDay, SampledApproval
from models.reviews.review_work import ReviewKind
from storage.database.tables.reviews import OpinionRow, ReviewRow
from storage.database.transactions import reading

_MOST: Final = 500


class OversightQueries:
    """Questions about the work of people; second looks are asked of the samples themselves."""

    def __init__(self, engine: Engine) -> None:
        """Ask a database whose tables are up to date."""
        self._engine = engine

    def sampled_approvals(self, limit: int = _MOST) -> Sequence[SampledApproval]:
        """Approvals of the machine that were looked at blind, or wait to be; the newest first."""
        query = (
            select(
                ReviewRow.review_id,
                ReviewRow.application_id,
                ReviewRow.opened_at,
                ReviewRow.holder,
                ReviewRow.outcome,
                ReviewRow.decided_codes,
                ReviewRow.decided_at,
            )
            .where(ReviewRow.kind == ReviewKind.SAMPLE)
            .order_by(ReviewRow.opened_at.desc(), ReviewRow.review_id)
            .limit(limit)
        )
        with reading(self._engine) as connection:
            return tuple(
                SampledApproval(
                    review_id=row.review_id,
                    application_id=row.application_id,
                    drawn_at=row.opened_at,
                    looked_by=row.holder if row.outcome else None,
                    outcome=Outcome(row.outcome) if row.outcome else None,
                    codes=tuple(json.loads(row.decided_codes or "[]")),
                    looked_at=row.decided_at,
                )
                for row in connection.execute(query)
            )

    def decisions_by_day(self, start: dt.datetime, end: dt.datetime) -> Sequence[PersonDay]:
        """What each person said on each of the office's days, the last day first.

        Args:
            start: The first moment that counts.
            end: The first moment that counts no longer.
        """
        query = select(
            OpinionRow.staff, OpinionRow.given_at, OpinionRow.outcome, OpinionRow.binding
        ).where(
            OpinionRow.given_at >= start,
            OpinionRow.given_at < end,
            OpinionRow.withdrawn_at.is_(None),
        )
        said: Counter[tuple[dt.date, str, str]] = Counter()
        decided: Counter[tuple[dt.date, str]] = Counter()
        with reading(self._engine) as connection:
            for row in connection.execute(query):
                day = row.given_at.astimezone(CHINA).date()
                said[day, row.staff, row.outcome] += 1
                decided[day, row.staff] += bool(row.binding)
        people = sorted(decided, key=lambda one: (-one[0].toordinal(), one[1]))
        return tuple(
            PersonDay(
                day=day,
                staff=staff,
                approved=said[day, staff, Outcome.APPROVED],
                returned=said[day, staff, Outcome.RETURNED],
                rejected=said[day, staff, Outcome.REJECTED],
                decided=decided[day, staff],
            )
            for day, staff in people
        )
