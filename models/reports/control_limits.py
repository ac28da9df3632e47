"""Whether a day's share left the limits within which chance keeps it.

Each series is a share of a day's rounds: with a reason, with a field that was not trusted. A day,
two days together and five days together are held against the eight weeks before
(`models/reports/beta_binomial.py`).
"""

from collections.abc import Sequence
from typing import Final

from pydantic import Field

from models.record import Record
from models.reports.beta_binomial import DayShare, pooled, upper_tail, upper_tail_at

CHANCE: Final = 5e-6
"""Below it a day is an alarm. 125 series over 250 days, each day asked three times, are 94,000
questions: one false alarm in two quiet years by this figure (`python -m benchmarks.drift`)."""
_SPANS: Final = (1, 2, 5)
"""Days that are asked about together. One and two find a jump at once; five find what the days of a
large office scatter too much to show in two."""
_LEAST_HITS: Final = 5
"""Fewer on a day alarm nobody, however rare they were before."""
BASE_DAYS: Final = 56
LEAST_BASE: Final = 200
"""Rounds before it, without which no limit can be said."""


class ControlSignal(Record):
    """One share that left its limits on a day.

    Attributes:
        place: Place of the day in the series, from 0.
        expected: The share before, 0 to 1.
        share: The share of the day, or of it and the days before.
        chance: How likely so many are where nothing changed, 0 to 1.
        days: How many days together show it: 1, 2 or 5.
    """

    place: int = Field(ge=0)
    expected: float
    share: float
    chance: float
    days: int


def signal_on(days: Sequence[DayShare], place: int) -> ControlSignal | None:
    """Whether a day's share rose out of its limits, alone or with the days before; else None.

    The days that are asked about are no part of what they are held against.

    Args:
        days: One a day, in order; days without rounds may be left out or be empty.
        place: Which of them is asked about, from 0.
    """
    return next((one for span in _SPANS if (one := _signal(days, place, span))), None)


def _signal(days: Sequence[DayShare], place: int, span: int) -> ControlSignal | None:
    start = max(0, place - span + 1)
    base, asked = days[max(0, start - BASE_DAYS) : start], days[start : place + 1]
    before, now = pooled(base), pooled(asked)
    if before.total < LEAST_BASE or now.hits < _LEAST_HITS:
        return None
    expected, share = before.hits / before.total, now.hits / now.total
    # Dice alone scatter least: what they explain, everything else does.
    if share <= expected or upper_tail_at(0.0, asked, base) >= CHANCE:
        return None
    chance = upper_tail(asked, base)
    if chance >= CHANCE:
        return None
    return ControlSignal(place=place, expected=expected, share=share, chance=chance, days=span)
