"""How far a share that was counted may lie from the true one."""

from typing import NamedTuple

from models.reports.wilson import wilson_interval


class MeasuredShare(NamedTuple):
    """A count out of a count.

    Attributes:
        hits: How many.
        total: Out of how many.
    """

    hits: int
    total: int

    @property
    def value(self) -> float:
        """0 to 1; 0 where nothing was counted."""
        return self.hits / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval after Wilson, which holds near 0 and 1 too."""
        return wilson_interval(self.hits, self.total)

    def __str__(self) -> str:
        """Count, per cent and interval, for a table."""
        low, high = self.interval
        return (
            f"{self.hits}/{self.total} = {100 * self.value:.2f} %"
            f" [{100 * low:.2f}, {100 * high:.2f}]"
        )
