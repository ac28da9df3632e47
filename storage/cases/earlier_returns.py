"""What was asked of an applicant who answered a return."""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import Engine, bindparam, case, select
from sqlalchemy.orm import aliased

from models.cases.earlier_return import EarlierReturn
from models.decision.decision import Outcome
from storage.cases.round_rows import MACHINE, PERSON
from storage.database.tables.cases import FindingRow, RoundRow
from storage.database.transactions import reading

_BEFORE: Final = aliased(RoundRow)
_ORIGIN: Final = case((_BEFORE.decided_by == MACHINE, MACHINE), else_=PERSON)
_RETURNS: Final = (
    select(
        RoundRow.round_id,
        _BEFORE.round_id.label("returned_round_id"),
        _BEFORE.round,
        _BEFORE.decided_by,
        _BEFORE.decided_at,
        FindingRow.code,
    )
    .join(
        _BEFORE,
        (_BEFORE.application_id == RoundRow.application_id) & (_BEFORE.round == RoundRow.round - 1),
    )
    .outerjoin(
        FindingRow,
        (FindingRow.round_id == _BEFORE.round_id)
        & (FindingRow.origin == _ORIGIN)
        & (FindingRow.severity != "info"),
    )
    .where(
        RoundRow.round_id.in_(bindparam("rounds", expanding=True)),
        _BEFORE.outcome == Outcome.RETURNED,
    )
    .order_by(RoundRow.round_id, FindingRow.ordinal)
)


class EarlierReturns:
    """The returns that rounds answer."""

    def __init__(self, engine: Engine) -> None:
        """Ask a database whose tables are up to date."""
        self._engine = engine

    def of(self, round_ids: Sequence[str]) -> Mapping[str, EarlierReturn]:
        """For each of these rounds that answers a return: that return."""
        found: dict[str, EarlierReturn] = {}
        with reading(self._engine) as connection:
            for row in connection.execute(_RETURNS, {"rounds": list(round_ids)}):
                known = found.get(row.round_id)
                codes = known.codes if known else ()
                found[row.round_id] = EarlierReturn(
                    round_id=row.returned_round_id,
                    round=row.round,
                    returned_by=row.decided_by,
                    returned_at=row.decided_at,
                    codes=tuple(dict.fromkeys((*codes, *filter(None, (row.code,))))),
                )
        return found
