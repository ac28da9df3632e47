"""Chinese working days."""

import datetime as dt

import pytest

from models.deadline import Deadline
from tasks.rounds.working_days import add_working_days, read_overrides, working_days_between, works


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-02-13", 1, "2026-02-14"),  # a Saturday on which offices work
        ("2026-02-13", 3, "2026-02-25"),  # over the Spring Festival
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-09-30", 3, "2026-10-10"),  # again a working Saturday
        ("2026-11-20", 3, "2026-11-25"),
    ],
)
def test_terms_follow_the_official_table(start, days, end):
    deadline = add_working_days(dt.date.fromisoformat(start), days)
    assert (deadline.day, deadline.provisional) == (dt.date.fromisoformat(end), False)
    assert working_days_between(dt.date.fromisoformat(start), deadline.day) == days


def test_a_term_beyond_the_table_is_given_and_marked_provisional():
    deadline = add_working_days(dt.date(2026, 12, 30), 3)
    assert deadline.provisional
    assert deadline.day > dt.date(2026, 12, 31)


def test_a_holiday_with_a_fixed_day_is_none_of_work_in_any_year():
    assert add_working_days(dt.date(2026, 12, 29), 3) == Deadline(
        day=dt.date(2027, 1, 4), provisional=True
    )
    for day in (dt.date(2027, 1, 1), dt.date(2029, 5, 1), dt.date(2030, 10, 1)):
        assert works(day) == (False, True)


def test_an_override_counts_before_the_table_and_is_official():
    overrides = read_overrides("date,working\n2027-01-04,no\n2027-01-02,yes\n")
    assert works(dt.date(2027, 1, 4), overrides) == (False, False)
    assert works(dt.date(2027, 1, 2), overrides) == (True, False)
    assert works(dt.date(2027, 1, 5), overrides) == (True, True)


def test_a_wrong_override_line_is_named():
    with pytest.raises(ValueError, match="line 3"):
        read_overrides("date,working\n2027-01-04,no\n2027-01-05,maybe\n")
