"""How much time is left, as people in the office count it: in working days."""

import datetime as dt
import functools
from typing import Final, NamedTuple

from models.clock import CHINA
from tasks.rounds.working_days import read_overrides, working_days_between

_FARTHEST: Final = 30


class TimeLeft(NamedTuple):
    """Working days until a term ends.

    Attributes:
        days: 0 on the last day; negative when it is over; at most 30.
        urgency: "late", "today", "soon" or "calm"; also told by words, never by colour alone.
    """

    days: int
    urgency: str


def time_left(due_at: dt.datetime, *, overrides: str, now: dt.datetime | None = None) -> TimeLeft:
    """How many working days lie between today and the last day, which counts.

    Args:
        due_at: The end of the term.
        overrides: The office's own working days, as `read_overrides` takes them.
        now: The present, when not the clock's.
    """
    today = (now or dt.datetime.now(dt.UTC)).astimezone(CHINA).date()
    return _days_left(today, due_at.astimezone(CHINA).date(), overrides)


@functools.lru_cache(maxsize=512)  # a page of the queue asks for the same few days again and again
def _days_left(today: dt.date, last: dt.date, overrides: str) -> TimeLeft:
    late = last < today
    start, end = (last, today) if late else (today, last)
    end = min(end, start + dt.timedelta(days=2 * _FARTHEST))
    days = min(_FARTHEST, working_days_between(start, end, read_overrides(overrides)))
    if late:
        return TimeLeft(-max(days, 1), "late")
    return TimeLeft(days, {0: "today", 1: "soon"}.get(days, "calm"))
