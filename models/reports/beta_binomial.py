"""How likely so many hits are on some days, where nothing changed since the days before.

Pictures of one day share their weather, their queue and their batch, so that a day's share scatters
more than dice would: two rounds of one day are alike by some correlation. Limits that leave it out
alarm for ever on large offices (Laney, Improved control charts for attributes, Quality Engineering
14, 2002). Here the hits of a day are beta-binomial; how alike the rounds of a day are is unknown,
and every answer to that counts by how well the days before bear it out, which also counts that
these are few (Gelman et al., Bayesian Data Analysis, ch. 5).
"""

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

_CORRELATIONS: Final = (0.0, *(0.00025 * 2**step for step in range(9)))
"""Of two rounds of one day, 0 to 0.064, all equally likely before anything is known. Half of the
least one widens the limits of 2,000 rounds a day by an eighth; under the largest one 30 rounds a
day scatter by 1.7 times what dice do."""
_IGNORED: Final = 1e-8
"""Correlations that the days before make less likely than this are not asked about."""


class DayShare(NamedTuple):
    """How many of a day's rounds something was said of."""

    hits: int
    total: int


def pooled(days: Sequence[DayShare]) -> DayShare:
    """Several days as one."""
    return DayShare(sum(one.hits for one in days), sum(one.total for one in days))


def upper_tail(asked: Sequence[DayShare], base: Sequence[DayShare]) -> float:
    """How likely at least so many hits are, where the share is still that of the days before.

    Args:
        asked: The days that are asked about, of at least two rounds.
        base: The days before them.
    """
    weights = _weights(base)
    return min(1.0, sum(w * upper_tail_at(rho, asked, base) for rho, w in weights.items()))


def upper_tail_at(correlation: float, asked: Sequence[DayShare], base: Sequence[DayShare]) -> float:
    """The same where it is known how alike the rounds of a day are.

    Args:
        correlation: Of two rounds of one day, 0 to 1.
        asked: The days that are asked about.
        base: The days before them.
    """
    before, now = pooled(base), pooled(asked)
    worth = before.total / (1 + (_pairs(base) / max(1, before.total)) * correlation)
    of_pairs = _pairs(asked) / max(1, now.total * (now.total - 1))
    size = 1 / (correlation * of_pairs + 1 / (worth + 2)) - 1
    mean = _mean(before)
    return _tail(now, mean * size, (1 - mean) * size)


def _weights(base: Sequence[DayShare]) -> dict[float, float]:
    """Each correlation with how likely the days before make it; all weights together are 1."""
    mean = _mean(pooled(base))
    logs = {rho: _log_likelihood(rho, mean, base) for rho in _CORRELATIONS}
    most = max(logs.values())
    weights = {rho: math.exp(one - most) for rho, one in logs.items()}
    whole = sum(weights.values())
    return {rho: one / whole for rho, one in weights.items() if one / whole >= _IGNORED}


def _log_likelihood(correlation: float, mean: float, base: Sequence[DayShare]) -> float:
    """The logarithm of the chance of just these days, but for what every correlation shares."""
    if not correlation:
        hits, total = pooled(base)
        return hits * math.log(mean) + (total - hits) * math.log(1 - mean)
    size = 1 / correlation - 1
    a, b = mean * size, (1 - mean) * size
    of_days = sum(_log_beta(a + hits, b + total - hits) for hits, total in base)
    return of_days - len(base) * _log_beta(a, b)


def _tail(asked: DayShare, a: float, b: float) -> float:
    """The chance of at least so many hits under the beta-binomial distribution."""
    n = asked.total
    term = math.exp(_log_term(asked.hits, n, a, b))
    whole = 0.0
    for hits in range(asked.hits, n + 1):
        whole += term
        if hits == n or term < whole * 1e-9:
            break
        term *= (n - hits) * (a + hits) / ((hits + 1) * (b + n - hits - 1))
    return min(1.0, whole)


def _log_term(hits: int, n: int, a: float, b: float) -> float:
    """The logarithm of the chance of exactly so many."""
    ways = math.lgamma(n + 1) - math.lgamma(hits + 1) - math.lgamma(n - hits + 1)
    return ways + _log_beta(a + hits, b + n - hits) - _log_beta(a, b)


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def _mean(before: DayShare) -> float:
    """The share by Jeffreys' prior: never 0 or 1."""
    return (before.hits + 0.5) / (before.total + 1)


def _pairs(days: Sequence[DayShare]) -> int:
    """How many ordered pairs of rounds came in on one day."""
    return sum(one.total * (one.total - 1) for one in days)
