"""What the office's runs did, for those who look back at them."""

import datetime as dt

from pydantic import AwareDatetime

from models.record import Record


class OutcomeCounts(Record):
    """Rounds by where they stand now.

    Attributes:
        unfinished: Those without any outcome.
    """

    taken_in: int = 0
    approved: int = 0
    returned: int = 0
    in_review: int = 0
    rejected: int = 0
    unfinished: int = 0


class BatchRun(Record):
    """One run of the orchestrator over one batch.

    Attributes:
        run_id: The orchestrator's own; None for a run of an older version.
        finished_at: None while it works, and for one that never came to its end.
        at_end: Outcomes of the batch's rounds when it ended, by their code.
        faults: Rounds on which the machine failed and that went to a person for it.
        stands: The batch as it stands now, people's decisions included.
        decided: Rounds that this very run decided, also where it never came to its end.
    """

    batch_id: str
    run_id: str | None
    started_at: AwareDatetime | None
    finished_at: AwareDatetime | None
    at_end: dict[str, int]
    faults: int
    stands: OutcomeCounts
    decided: int = 0

    @property
    def duration(self) -> dt.timedelta | None:
        """From its beginning to its end, where both are known."""
        if self.started_at is None or self.finished_at is None:
            return None
        return self.finished_at - self.started_at


class DayCounts(Record):
    """One day of the office's clock, by when applications were taken in.

    Attributes:
        median_seconds: From taking in to the machine's decision, where it decided alone; half of
            them took no longer.
    """

    day: dt.date
    tally: OutcomeCounts
    median_seconds: float | None = None
