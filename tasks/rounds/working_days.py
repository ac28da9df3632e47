"""Chinese working days: the State Council's table, our overrides, and an honest mark beyond.

The table (package chinesecalendar) ends with a year and raises after it; a deadline must not
crash for that. Days beyond the table and the overrides count weekdays but for the holidays that
have a fixed day, and are marked provisional, to be computed again when the year's notice is out.
"""

import csv
import datetime as dt
import io
from typing import Final

import chinese_calendar

from models.deadline import Deadline

STATUTORY: Final = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
"""Month and day of the holidays that the law fixes by the solar calendar in every year
(全国年节及纪念日放假办法, as of 2025); the others move, and are known with the year's notice."""
Overrides = dict[dt.date, bool]
"""Day to "is a working day", where it differs from or extends the table."""


def read_overrides(text: str) -> Overrides:
    """Read `date,working` lines (`2027-02-06,no`).

    Raises:
        ValueError: A line is not of that form; names the line.
    """
    overrides: Overrides = {}
    for number, row in enumerate(csv.DictReader(io.StringIO(text)), start=2):
        working = (row.get("working") or "").strip().lower()
        if working not in {"yes", "no"}:
            msg = f"line {number}: working must be yes or no"
            raise ValueError(msg)
        try:
            day = dt.date.fromisoformat((row.get("date") or "").strip())
        except ValueError:
            msg = f"line {number}: date must be a day like 2027-02-06"
            raise ValueError(msg) from None
        overrides[day] = working == "yes"
    return overrides


def works(day: dt.date, overrides: Overrides | None = None) -> tuple[bool, bool]:
    """Whether offices work on a day, and whether that answer is provisional."""
    if overrides and day in overrides:
        return overrides[day], False
    try:
        return bool(chinese_calendar.is_workday(day)), False
    except NotImplementedError:
        return day.weekday() < 5 and (day.month, day.day) not in STATUTORY, True


def add_working_days(start: dt.date, days: int, overrides: Overrides | None = None) -> Deadline:
    """The day by which `days` working days have passed, counted from the day after `start`."""
    day, provisional = start, False
    while days > 0:
        day += dt.timedelta(days=1)
        working, guessed = works(day, overrides)
        provisional |= guessed
        days -= working
    return Deadline(day=day, provisional=provisional)


def working_days_between(start: dt.date, end: dt.date, overrides: Overrides | None = None) -> int:
    """How many working days lie after `start`, up to and with `end`; 0 where it is no later."""
    days = (start + dt.timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(works(day, overrides)[0] for day in days)
