"""How often the machine approved and returned before and after a version changed."""

from enum import StrEnum

from pydantic import AwareDatetime

from models.record import Record
from models.reports.wilson import wilson_interval


class ChangedPart(StrEnum):
    """What has versions: the policy of a place, the reading engine, the form."""

    POLICY = "policy"
    ENGINE = "engine"
    FORM = "form"

    @property
    def zh(self) -> str:
        """In Chinese."""
        return {"policy": "政策", "engine": "识别引擎", "form": "申请表单"}[self.value]


class SideCounts(Record):
    """The machine's outcomes on one side of a change."""

    rounds: int = 0
    approved: int = 0
    returned: int = 0


class VersionChange(Record):
    """One version that followed another one.

    Attributes:
        version: The later one.
        first_at: When the first round under it came in.
        before: The four weeks before, under other versions of the same line.
        after: The four weeks from then on, under this one.
    """

    part: ChangedPart
    version: str
    first_at: AwareDatetime
    before: SideCounts
    after: SideCounts

    @property
    def apart(self) -> bool:
        """Whether the share of returns differs by more than chance: its 95 % intervals lie apart.

        Stricter than a test at 5 % (Schenker and Gentleman, Am. Stat. 55, 2001), which many
        changes side by side ask for.
        """
        low, high = wilson_interval(self.before.returned, self.before.rounds)
        lower, higher = wilson_interval(self.after.returned, self.after.rounds)
        return lower > high or higher < low
