import numpy as np
import pytest

from benchmarks.drift.__main__ import CHANGES, days_until_found, false_alarms
from models.reports.beta_binomial import DayShare, upper_tail, upper_tail_at
from models.reports.control_limits import signal_on

EMPTY = (DayShare(0, 0),)


def watch(days):
    """The first day that is out of its limits."""
    return next(filter(None, (signal_on(days, place) for place in range(len(days)))), None)


def test_a_quiet_year_of_125_series_has_at_most_one_false_alarm():
    """Though days scatter by more than dice would have them; with less there is less to see."""
    assert false_alarms(np.random.default_rng(15101), 0.005) <= 1


@pytest.mark.parametrize(
    ("correlation", "change", "days", "least"),
    [
        *((0.0, change, 2, 0.9) for change in CHANGES),
        *((0.002, CHANGES[place], 2, 0.9) for place in (0, 4)),
        *((0.002, change, 5, 0.7) for change in CHANGES),
        *((0.005, CHANGES[place], 2, 0.9) for place in (0, 4)),
    ],
)
def test_what_changes_is_found_within_days(correlation, change, days, least):
    dice = np.random.default_rng(15102)
    found = [days_until_found(dice, change, correlation, most=days) for _ in range(20)]
    assert sum(day is not None for day in found) >= least * 20


def test_too_few_rounds_say_nothing():
    assert watch([DayShare(3, 3)] * 40) is None
    assert watch([]) is None


def test_the_chance_is_that_of_the_beta_binomial_distribution():
    """By hand, by Jeffreys' prior alone: 0, 1 and 2 hits of 2 have 3/8, 2/8 and 3/8."""
    for hits, chance in ((2, 3 / 8), (1, 5 / 8), (0, 1)):
        assert upper_tail_at(0.0, (DayShare(hits, 2),), EMPTY) == pytest.approx(chance)


def test_days_that_scatter_more_than_dice_have_wider_limits():
    asked = (DayShare(50, 400),)
    steady = upper_tail(asked, (DayShare(32, 400),) * 56)
    restless = upper_tail(asked, (DayShare(16, 400), DayShare(48, 400)) * 28)
    assert steady < 0.01 < restless
