"""The control limits over drawn years: `python -m benchmarks.drift --years 4 --planted 100`.

First years in which nothing changes, of 125 series each; then changes of which it is known on which
day they begin. Both with days whose rounds are alike by more and more.
"""

import argparse
import time
from typing import Final, NamedTuple

import numpy as np

from benchmarks.intervals import MeasuredShare
from models.reports.beta_binomial import DayShare
from models.reports.control_limits import BASE_DAYS, signal_on

_CORRELATIONS: Final = (0.0, 0.001, 0.002, 0.005)
_YEAR: Final = 250
_SERIES: Final = tuple(
    (share, a_day)
    for share in (0.002, 0.01, 0.03, 0.08, 0.2)
    for a_day in (30, 80, 200, 400, 1200)
    for _ in range(5)
)


class Change(NamedTuple):
    """A share that becomes another one.

    Attributes:
        share: Before, 0 to 1.
        a_day: Rounds a day.
        factor: The share afterwards is so many times as large.
    """

    name: str
    share: float
    a_day: int
    factor: float


CHANGES: Final = (
    Change("a common reason doubles", 0.2, 400, 2.0),
    Change("a reason doubles", 0.08, 400, 2.0),
    Change("a rare reason doubles", 0.03, 1200, 2.0),
    Change("a field worsens", 0.03, 600, 2.5),
    Change("a region's scanner breaks", 0.05, 30, 8.0),
)


def draw(dice: np.random.Generator, share: float, a_day: int, correlation: float) -> DayShare:
    """One day; the share of each is drawn anew, so that its rounds are alike."""
    size = 1 / correlation - 1 if correlation else 0.0
    today = dice.beta(share * size, (1 - share) * size) if size else share
    return DayShare(int(dice.binomial(a_day, today)), a_day)


def false_alarms(dice: np.random.Generator, correlation: float) -> int:
    """How many of a quiet year's series alarm."""
    found = 0
    for share, a_day in _SERIES:
        days = [draw(dice, share, a_day, correlation) for _ in range(_YEAR)]
        found += any(signal_on(days, place) for place in range(_YEAR))
    return found


def days_until_found(
    dice: np.random.Generator, change: Change, correlation: float, most: int = 5
) -> int | None:
    """On which day of a change it is found, from 1; None where not within so many days."""
    shares = [change.share] * BASE_DAYS + [change.share * change.factor] * most
    days = [draw(dice, share, change.a_day, correlation) for share in shares]
    places = range(BASE_DAYS, len(days))
    return next((p - BASE_DAYS + 1 for p in places if signal_on(days, p)), None)


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=4)
    parser.add_argument("--planted", type=int, default=100)
    parser.add_argument("--seed", type=int, default=15120)
    options = parser.parse_args()
    start = time.process_time()
    for correlation in _CORRELATIONS:
        dice = np.random.default_rng(options.seed)
        alarms = [false_alarms(dice, correlation) for _ in range(options.years)]
        print(f"correlation {correlation}: series that alarm in each quiet year {alarms}")
        for change in CHANGES:
            found = [days_until_found(dice, change, correlation) for _ in range(options.planted)]
            two, five = (
                MeasuredShare(sum(1 for day in found if day and day <= days), options.planted)
                for days in (2, 5)
            )
            print(f"  {change.name}: within two days {two}, within five {five}")
    print(f"{time.process_time() - start:.0f} CPU s")


if __name__ == "__main__":
    main()
