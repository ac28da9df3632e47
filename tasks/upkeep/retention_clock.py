"""The moment by which retention deletes: the clock's, unless it is far ahead of the last time.

What retention deletes, nobody opens again. A machine that wakes with a clock weeks ahead would
destroy the keys of papers that somebody still needs; an office that stood still for weeks catches
up within nights.
"""

import datetime as dt
from typing import Final, NamedTuple

from storage.bootstrap import Repositories

_MOST: Final = dt.timedelta(days=7)
"""So far it goes in one night: an office closed for the longest holidays notices nothing."""


class RetentionMoment(NamedTuple):
    """By which moment retention deletes, and by how much the clock is ahead of it."""

    at: dt.datetime
    ahead: dt.timedelta


def retention_moment(repositories: Repositories, now: dt.datetime) -> RetentionMoment:
    """The moment that is believed, at most a week after the one of the last time.

    Args:
        repositories: They know the last time.
        now: The clock.
    """
    last = repositories.retention.last_purge()
    at = now if last is None else min(now, last + _MOST)
    return RetentionMoment(at, now - at)
