import numpy as np
import pytest

from models.reports.control_limits import DayShare, chance_of_so_many, signal_on

DAYS, TURN = 250, 200


def watch(days):
    """The first day that is out of its limits."""
    return next(filter(None, (signal_on(days, place) for place in range(len(days)))), None)


def series(dice, share, *, a_day=80, turn=None, factor=1.0):
    """A year's working days; from a day on the share is another."""
    return [
        DayShare(int(dice.binomial(a_day, share * (factor if turn and day >= turn else 1))), a_day)
        for day in range(DAYS)
    ]


def test_a_quiet_year_of_many_series_has_at_most_one_false_alarm():
    dice = np.random.default_rng(15101)
    shares = (0.002, 0.01, 0.03, 0.08, 0.2, 0.4)
    alarms = [share for share in shares * 20 if watch(series(dice, share))]
    assert len(alarms) <= 1, alarms


@pytest.mark.parametrize(
    ("share", "a_day", "factor"),
    [
        pytest.param(0.08, 400, 2.0, id="a reason that doubles"),
        pytest.param(0.03, 600, 2.5, id="a field that worsens"),
        pytest.param(0.05, 30, 8.0, id="a region whose scanner breaks"),
    ],
)
def test_what_changes_is_found_within_two_days(share, a_day, factor):
    dice = np.random.default_rng(15102)
    for _ in range(20):
        found = watch(series(dice, share, a_day=a_day, turn=TURN, factor=factor))
        assert found is not None
        assert TURN <= found.place <= TURN + 1


def test_too_few_rounds_say_nothing():
    assert watch([DayShare(3, 3)] * 40) is None
    assert watch([]) is None


def test_the_chance_is_that_of_the_beta_binomial_distribution():
    """By hand, by Jeffreys' prior alone: 0, 1 and 2 hits of 2 have 3/8, 2/8 and 3/8."""
    base = DayShare(0, 0)
    assert chance_of_so_many(DayShare(2, 2), base) == pytest.approx(3 / 8)
    assert chance_of_so_many(DayShare(1, 2), base) == pytest.approx(5 / 8)
    assert chance_of_so_many(DayShare(0, 2), base) == pytest.approx(1)
