"""How far a share that was counted may lie from the true one."""

import math
from typing import Final, NamedTuple

_Z: Final = 1.959964  # both tails of 5 %


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
        if not self.total:
            return 0.0, 1.0
        share, n, square = self.value, self.total, _Z * _Z
        middle = (share + square / (2 * n)) / (1 + square / n)
        reach = _Z / (1 + square / n) * math.sqrt(share * (1 - share) / n + square / (4 * n * n))
        return max(0.0, middle - reach), min(1.0, middle + reach)

    def __str__(self) -> str:
        """Count, per cent and interval, for a table."""
        low, high = self.interval
        return (
            f"{self.hits}/{self.total} = {100 * self.value:.2f} %"
            f" [{100 * low:.2f}, {100 * high:.2f}]"
        )
