"""What became of one batch, in counts."""

from sqlalchemy import Engine, func, select

from models.checks.reason import Severity
from models.record import Record
from storage.database.tables.cases import FindingRow, RoundRow
from storage.database.transactions import snapshot


class BatchCounts(Record):
    """One batch.

    Attributes:
        outcomes: Outcome to rounds; a round without one is under the empty word.
        reasons: Code of a reason that weighs to rounds, the commonest first.
        seconds: From the receipt of the first round to the last outcome; None without any.
    """

    outcomes: dict[str, int]
    reasons: dict[str, int]
    seconds: float | None

    @property
    def rounds(self) -> int:
        """How many rounds it has."""
        return sum(self.outcomes.values())


def batch_counts(engine: Engine, batch_id: str) -> BatchCounts:
    """Count a batch."""
    of_batch = RoundRow.batch_id == batch_id
    outcomes = select(RoundRow.outcome, func.count()).where(of_batch).group_by(RoundRow.outcome)
    rounds = func.count(FindingRow.round_id.distinct())
    reasons = (
        select(FindingRow.code, rounds)
        .join(RoundRow, RoundRow.round_id == FindingRow.round_id)
        .where(of_batch, FindingRow.severity != Severity.INFO)
        .group_by(FindingRow.code)
        .order_by(rounds.desc(), FindingRow.code)
    )
    span = select(func.min(RoundRow.received_at), func.max(RoundRow.decided_at)).where(of_batch)
    with snapshot(engine) as connection:
        first, last = connection.execute(span).one()
        return BatchCounts(
            outcomes={str(outcome or ""): n for outcome, n in connection.execute(outcomes)},
            reasons={str(code): number for code, number in connection.execute(reasons)},
            seconds=(last - first).total_seconds() if last else None,
        )
