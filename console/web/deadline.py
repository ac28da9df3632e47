"""How much time is left, as people in the office count it: in working days."""

import datetime as dt
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from tasks.working_days import works

_CHINA: Final = ZoneInfo("Asia/Shanghai")
_FARTHEST: Final = 30


class TimeLeft(NamedTuple):
    """Working days until a term ends.

    Attributes:
        days: 0 on the last day; negative when it is over; at most 30.
        urgency: "late", "today", "soon" or "calm"; also told by words, never by colour alone.
    """

    days: int
    urgency: str


def time_left(due_at: dt.datetime, now: dt.datetime | None = None) -> TimeLeft:
    """How many working days lie between today and the last day, which counts."""
    today = (now or dt.datetime.now(dt.UTC)).astimezone(_CHINA).date()
    last = due_at.astimezone(_CHINA).date()
    sign, days = (1, _working(today, last)) if last >= today else (-1, _working(last, today))
    left = sign * days
    late = last < today
    urgency = "late" if late else "today" if left == 0 else "soon" if left == 1 else "calm"
    return TimeLeft(min(left, -1) if late else left, urgency)


def _working(start: dt.date, end: dt.date) -> int:
    """Working days after `start` up to and including `end`."""
    span = min((end - start).days, 2 * _FARTHEST)
    days = (start + dt.timedelta(days=step) for step in range(1, span + 1))
    return min(_FARTHEST, sum(works(day)[0] for day in days))
