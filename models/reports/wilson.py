"""How sure a counted share is: the interval of Wilson, which holds near 0 and 1 too."""

import math
from typing import Final

Z_95: Final = 1.959964
"""Of the normal distribution, both tails of 5 %."""


def wilson_interval(hits: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share, each end from 0 to 1; all of it where nothing was counted.

    Args:
        hits: How many, from 0 to the total.
        total: Out of how many.

    Source: E. B. Wilson, JASA 22 (1927), 209-212.
    """
    if total == 0:
        return 0.0, 1.0
    share, square = hits / total, Z_95 * Z_95
    middle = (share + square / (2 * total)) / (1 + square / total)
    spread = share * (1 - share) / total + square / (4 * total * total)
    reach = Z_95 * math.sqrt(spread) / (1 + square / total)
    return max(0.0, middle - reach), min(1.0, middle + reach)
