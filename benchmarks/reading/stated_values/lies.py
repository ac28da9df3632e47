"""Values that differ from a true one in as little as a liar would change."""

import datetime as dt

from tasks.identity.similarity import look_alikes
from tasks.reading.confidence.calibration import FieldSort
from tasks.reading.stated_values.rivals import date_rivals, number_rivals, serial_rivals


def small_lies(sort: FieldSort, truth: str) -> tuple[str, ...]:
    """All values one digit (the check digit right) or one look-alike character off.

    Args:
        sort: Of the field.
        truth: What is printed, normalised; a name without a look-alike has none.
    """
    today = dt.datetime.now(tz=dt.UTC).date()
    if sort is FieldSort.ID_NUMBER:
        return number_rivals(truth, today=today)
    if sort is FieldSort.DATE:
        days = date_rivals(dt.date.fromisoformat(truth[:10]), today=today)
        return tuple(day.isoformat() for day in days)
    if sort is FieldSort.NUMBER:
        return tuple(n for n in serial_rivals(truth) if n[0].isalpha() and n[1:].isdigit())
    return tuple(
        sorted(
            truth[:i] + other + truth[i + 1 :]
            for i, character in enumerate(truth)
            for other in look_alikes(character)
        )
    )
