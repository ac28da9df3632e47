"""Whether a day's share left the limits within which chance keeps it.

Each series is a share of a day's rounds: with a reason, with a field that was not trusted. A day,
and two days together, are held against the four weeks before by the exact chance of so many hits
where nothing changed (the beta-binomial predictive distribution, which counts that the weeks before
are themselves a sample; Gelman et al., Bayesian Data Analysis, ch. 2).
"""

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

from pydantic import Field

from models.record import Record

CHANCE: Final = 1e-5
"""Below it a day is an alarm. A hundred series over 250 working days, each day asked alone and with
the one before, are 50,000 questions: one false alarm in two quiet years by this figure. Drawn by
chance, 125 series over 16 years with 80 to 1200 a day gave one."""
_LEAST_HITS: Final = 5
"""Fewer on a day alarm nobody, however rare they were before."""
_BASE_DAYS: Final = 28
LEAST_BASE: Final = 200
"""Rounds before it, without which no limit can be said."""


class DayShare(NamedTuple):
    """How many of a day's rounds something was said of."""

    hits: int
    total: int


class ControlSignal(Record):
    """One share that left its limits on a day.

    Attributes:
        place: Place of the day in the series, from 0.
        expected: The share before, 0 to 1.
        share: The share of the day, or of it and the day before.
        chance: How likely so many are where nothing changed, 0 to 1.
        days: Whether the day shows it alone (1) or with the one before (2).
    """

    place: int = Field(ge=0)
    expected: float
    share: float
    chance: float
    days: int


def signal_on(days: Sequence[DayShare], place: int) -> ControlSignal | None:
    """Whether a day's share rose out of its limits, alone or with the day before; else None.

    The days that are asked about are no part of what they are held against.

    Args:
        days: One a day, in order; days without rounds may be left out or be empty.
        place: Which of them is asked about, from 0.
    """
    return next((one for span in (1, 2) if (one := _signal(days, place, span))), None)


def _signal(days: Sequence[DayShare], place: int, span: int) -> ControlSignal | None:
    start = place - span + 1
    base = _together(days[max(0, start - _BASE_DAYS) : max(0, start)])
    asked = _together(days[max(0, start) : place + 1])
    if base.total < LEAST_BASE or asked.hits < _LEAST_HITS:
        return None
    expected, share = base.hits / base.total, asked.hits / asked.total
    if share <= expected:
        return None
    chance = chance_of_so_many(asked, base)
    if chance >= CHANCE:
        return None
    return ControlSignal(place=place, expected=expected, share=share, chance=chance, days=span)


def chance_of_so_many(asked: DayShare, base: DayShare) -> float:
    """How likely at least so many hits are, where the share is still that of the days before."""
    a, b, n = base.hits + 0.5, base.total - base.hits + 0.5, asked.total
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


def _together(days: Sequence[DayShare]) -> DayShare:
    return DayShare(sum(one.hits for one in days), sum(one.total for one in days))
