"""The last day of a term, with an honest mark where the calendar is not published yet."""

import datetime as dt

from models.record import Record


class Deadline(Record):
    """The last day of a term.

    Attributes:
        day: At the office.
        provisional: Official data for a day in the term was missing: the day may still move.
    """

    day: dt.date
    provisional: bool

    @property
    def shown(self) -> str:
        """The day as a person reads it, with the mark where there is one."""
        return shown_day(self.day, provisional=self.provisional)


def shown_day(day: dt.date, *, provisional: bool) -> str:
    """A due day as it is shown everywhere."""
    return f"{day.isoformat()}{'（暂定 provisional）' if provisional else ''}"
