"""What the data team's tables are made of, read from one snapshot of the case database."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Row, Select, and_, func, select

from models.clock import CHINA
from models.reviews.review_work import ReviewKind
from storage.database.tables.cases import DocumentRow, FindingRow, RoundRow
from storage.database.tables.reports import RoundFiguresRow
from storage.database.tables.reviews import CorrectionRow, OpinionRow, ReviewRow
from storage.reports.version_uses import VersionUse, versions_used

Rows = Sequence[Row[tuple[Any, ...]]]
PORTION: Final = 2000
"""Rounds at a time: 100,000 of them pass in less than 300 MB."""
DOCUMENT_MEASURES: Final = (
    *("kind", "kind_confidence", "page", "part", "blur", "glare", "glyph_height_px", "rotation"),
    *("corners_visible", "seal", "colour", "fields_read", "mean_confidence", "seconds", "engine"),
)
"""What a portion's documents carry after `round_id` and `ordinal`, in this order."""
_FINDING: Final = ("ordinal", "code", "severity", "verdict", "subject", "kind", "origin")
_ENDING: Final = (
    *("round_id", "received_at", "stage", "outcome", "machine_outcome", "decided_at", "decided_by"),
    "policy_version",
)
_GROUPS: Final = ("relationship", "route", "age_band", "sex", "ethnicity_group")


_ROUND: Final = (
    *("round_id", "round", "region", "product", "channel", "employer_ref", "received_at"),
)
ROUND_COLUMNS: Final = (*_ROUND, *_GROUPS)
"""What the rounds of a month carry, in this order."""


class Month(NamedTuple):
    """A month of the office's clock, from its first moment to the next month's."""

    name: str
    start: dt.datetime
    end: dt.datetime


class RoundsOfMonth(NamedTuple):
    """The rounds of a month, and the kinds of paper of each, in the order of receipt.

    Attributes:
        rounds: Rows of `ROUND_COLUMNS`.
        papers: Round to its kinds of paper.
    """

    rounds: Rows
    papers: dict[str, tuple[str, ...]]


class Portion(NamedTuple):
    """Some rounds of a month with everything that the tables tell of them.

    Attributes:
        rounds: Rows of rounds.
        documents: Rows of `round_id`, `ordinal` and `DOCUMENT_MEASURES`, in the order of the first
            two.
        findings: Rows of `round_id`, `ordinal`, `code`, `severity`, `verdict`, `subject`, `kind`,
            `origin`, in the same order.
        figures: Round to its figures as JSON text, and its class of proof.
        corrected: Round, paper and field of each correction.
        reviewed: Round, opening, decision and end of the term of each decided review of it.
    """

    rounds: Rows
    documents: Rows
    findings: Rows
    figures: dict[str, tuple[str, str | None]]
    corrected: frozenset[tuple[str, int, str]]
    reviewed: dict[str, tuple[dt.datetime, dt.datetime, dt.datetime]]


class DatasetSource:
    """Reads one snapshot; a connection of `storage.database.transactions.snapshot` is given."""

    def __init__(self, connection: Connection) -> None:
        """Read in this connection's transaction."""
        self._connection = connection

    def months(self) -> tuple[Month, ...]:
        """Every month from the first receipt to the last receipt or opening of a case."""
        first, last = self._one(
            select(func.min(RoundRow.received_at), func.max(RoundRow.received_at))
        )
        opened = self._one(select(func.max(ReviewRow.opened_at)))[0]
        if first is None:
            return ()
        return tuple(_months(first, max(last, opened or last)))

    def state(self, month: Month) -> tuple[object, ...]:
        """Figures that change whenever anything does that the month's tables tell."""
        rounds = select(
            *(func.count(c) for c in (RoundRow.round_id, RoundRow.outcome)),
            *(func.max(c) for c in (RoundRow.decided_at, RoundRow.records_deleted_at)),
        ).where(_received(month))
        stages = select(RoundRow.stage, func.count()).where(_received(month))
        reviews = select(
            *(
                func.count(c)
                for c in (ReviewRow.review_id, ReviewRow.outcome, ReviewRow.escalated_at)
            ),
            *(func.max(c) for c in (ReviewRow.opened_at, ReviewRow.decided_at)),
            func.sum(ReviewRow.turn),
        )
        opinions = select(func.count(), func.max(OpinionRow.given_at)).join(
            ReviewRow, ReviewRow.review_id == OpinionRow.review_id
        )
        mine = select(func.count(), func.max(CorrectionRow.correction_id)).join(
            RoundRow, RoundRow.round_id == CorrectionRow.round_id
        )
        of_rounds = reviews.join(RoundRow, RoundRow.round_id == ReviewRow.round_id)
        return (
            *self._one(rounds),
            *(
                tuple(row)
                for row in self._all(stages.group_by(RoundRow.stage).order_by(RoundRow.stage))
            ),
            *self._one(of_rounds.where(_received(month))),
            *self._one(reviews.where(_opened(month))),
            *self._one(opinions.where(_opened(month))),
            *self._one(mine.where(_received(month))),
        )

    def rounds(self, month: Month) -> RoundsOfMonth:
        """What is known of each round of a month."""
        columns = (
            *(getattr(RoundRow, n) for n in _ROUND),
            *(getattr(RoundFiguresRow, n) for n in _GROUPS),
        )
        query = (
            select(*columns)
            .outerjoin(RoundFiguresRow, RoundFiguresRow.round_id == RoundRow.round_id)
            .where(_received(month))
            .order_by(RoundRow.received_at, RoundRow.round_id)
        )
        papers: dict[str, tuple[str, ...]] = {}
        kinds = _of_rounds(select(DocumentRow.round_id, DocumentRow.kind), DocumentRow)
        kinds = kinds.where(_received(month)).order_by(DocumentRow.round_id, DocumentRow.ordinal)
        for round_id, kind in self._connection.execute(kinds):
            papers[round_id] = (*papers.get(round_id, ()), kind)
        return RoundsOfMonth(self._all(query), papers)

    def portions(self, month: Month, rounds: Rows) -> Iterator[Portion]:
        """The rounds of a month, some at a time, by moments of receipt.

        Args:
            month: The month.
            rounds: All of its rounds, in the order of receipt.
        """
        if not rounds:
            return
        cuts = sorted({rounds[i].received_at for i in range(0, len(rounds), PORTION)})
        for start, end in zip(cuts, (*cuts[1:], month.end), strict=True):
            yield self._portion(Month(month.name, start, end))

    def _portion(self, span: Month) -> Portion:
        within = _received(span)
        documents = _named(DocumentRow, "round_id", "ordinal", *DOCUMENT_MEASURES)
        findings = _named(FindingRow, "round_id", *_FINDING)
        figures = _of_rounds(
            select(RoundFiguresRow.round_id, RoundFiguresRow.figures, RoundFiguresRow.proof_class),
            RoundFiguresRow,
        ).order_by(RoundRow.received_at, RoundRow.round_id)
        corrected = _of_rounds(
            select(CorrectionRow.round_id, CorrectionRow.paper, CorrectionRow.field), CorrectionRow
        )
        reviewed = _of_rounds(
            select(ReviewRow.round_id, ReviewRow.opened_at, ReviewRow.decided_at, ReviewRow.due_at),
            ReviewRow,
        ).where(ReviewRow.kind == ReviewKind.DOUBT, ReviewRow.decided_at.is_not(None))
        return Portion(
            rounds=self._all(
                select(*(getattr(RoundRow, name) for name in _ENDING))
                .where(within)
                .order_by(RoundRow.received_at, RoundRow.round_id)
            ),
            documents=self._all(
                documents.where(within).order_by(
                    RoundRow.received_at, RoundRow.round_id, DocumentRow.ordinal
                )
            ),
            findings=self._all(
                findings.where(within).order_by(
                    RoundRow.received_at, RoundRow.round_id, FindingRow.ordinal
                )
            ),
            figures={r: (text, proof) for r, text, proof in self._all(figures.where(within))},
            corrected=frozenset((r, p, f) for r, p, f in self._all(corrected.where(within))),
            reviewed={r: (o, d, e) for r, o, d, e in self._all(reviewed.where(within))},
        )

    def reviews(self, month: Month) -> Rows:
        """Every case that was opened in a month, with the round's outcome of the machine."""
        columns = (
            *(ReviewRow.review_id, ReviewRow.round_id, ReviewRow.subject, ReviewRow.kind),
            *(ReviewRow.opened_at, ReviewRow.due_at, ReviewRow.decided_at, ReviewRow.turn),
            *(ReviewRow.codes, ReviewRow.holder, ReviewRow.outcome, ReviewRow.escalated_at),
            *(RoundRow.machine_outcome, RoundFiguresRow.proof_class),
        )
        query = (
            select(*columns)
            .join(RoundRow, RoundRow.round_id == ReviewRow.round_id)
            .outerjoin(RoundFiguresRow, RoundFiguresRow.round_id == ReviewRow.round_id)
            .where(_opened(month))
        )
        return self._all(query.order_by(ReviewRow.opened_at, ReviewRow.review_id))

    def opinions(self, month: Month) -> dict[str, tuple[tuple[str, str], ...]]:
        """Who said what about the cases of a month, the first opinion first."""
        query = (
            select(OpinionRow.review_id, OpinionRow.staff, OpinionRow.outcome)
            .join(ReviewRow, ReviewRow.review_id == OpinionRow.review_id)
            .where(_opened(month))
            .order_by(OpinionRow.review_id, OpinionRow.ordinal)
        )
        said: dict[str, tuple[tuple[str, str], ...]] = {}
        for review_id, staff, outcome in self._all(query):
            said[review_id] = (*said.get(review_id, ()), (staff, outcome))
        return said

    def corrections(self, month: Month) -> dict[str, int]:
        """How many fields people corrected in the rounds whose cases were opened in a month."""
        query = (
            select(CorrectionRow.round_id, func.count())
            .where(CorrectionRow.round_id.in_(select(ReviewRow.round_id).where(_opened(month))))
            .group_by(CorrectionRow.round_id)
        )
        return {str(round_id): int(count) for round_id, count in self._all(query)}

    def first_decisions(self, month: Month) -> dict[str, tuple[str | None, str | None]]:
        """Round to who decided it and how, for the second looks that were opened in a month."""
        mine = select(ReviewRow.round_id).where(
            _opened(month), ReviewRow.kind == ReviewKind.SECOND_LOOK
        )
        query = select(ReviewRow.round_id, ReviewRow.holder, ReviewRow.outcome).where(
            ReviewRow.kind == ReviewKind.DOUBT, ReviewRow.round_id.in_(mine)
        )
        query = query.order_by(ReviewRow.opened_at, ReviewRow.review_id)
        return {round_id: (staff, outcome) for round_id, staff, outcome in self._all(query)}

    def versions(self) -> dict[str, tuple[VersionUse, ...]]:
        """The versions of policies, engines and forms, by the name of their table."""
        return versions_used(self._connection)

    def _all(self, query: Select[Any]) -> Rows:
        return self._connection.execute(query).all()

    def _one(self, query: Select[Any]) -> Row[Any]:
        return self._connection.execute(query).one()


def _months(first: dt.datetime, last: dt.datetime) -> Iterator[Month]:
    day = first.astimezone(CHINA).date().replace(day=1)
    while day <= last.astimezone(CHINA).date():
        after = (day + dt.timedelta(days=32)).replace(day=1)
        start, end = (dt.datetime.combine(d, dt.time(), CHINA) for d in (day, after))
        yield Month(f"{day:%Y-%m}", start, end)
        day = after


def _received(month: Month) -> Any:  # noqa: ANN401 - a condition
    return and_(RoundRow.received_at >= month.start, RoundRow.received_at < month.end)


def _opened(month: Month) -> Any:  # noqa: ANN401 - a condition
    return and_(ReviewRow.opened_at >= month.start, ReviewRow.opened_at < month.end)


def _of_rounds(query: Select[Any], table: type[Any]) -> Select[Any]:
    return query.join(RoundRow, RoundRow.round_id == table.round_id)


def _named(table: type[Any], *names: str) -> Select[Any]:
    return _of_rounds(select(*(getattr(table, name) for name in names)), table)
