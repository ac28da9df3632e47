"""What auditors are shown about the work of people."""

import datetime as dt

from pydantic import AwareDatetime

from models.decision.decision import Outcome
from models.record import Record


class SampledApproval(Record):
    """An approval of the machine that was drawn to be looked at blind (抽检).

    Attributes:
        looked_by: None, as the next ones, while it waits.
        outcome: What the person would have decided.
    """

    review_id: str
    application_id: str
    drawn_at: AwareDatetime
    looked_by: str | None = None
    outcome: Outcome | None = None
    codes: tuple[str, ...] = ()
    looked_at: AwareDatetime | None = None

    @property
    def agreed(self) -> bool | None:
        """Whether the person would have approved too; None while it waits."""
        return None if self.outcome is None else self.outcome is Outcome.APPROVED


class PersonDay(Record):
    """What one person said on one day of the office.

    Attributes:
        decided: How many of the opinions became the decision.
    """

    day: dt.date
    staff: str
    approved: int
    returned: int
    rejected: int
    decided: int
