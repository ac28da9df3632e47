"""Values that differ from a true one in as little as a liar would change."""

import datetime as dt

from specimens.dice import Dice
from tasks.identity.similarity import look_alikes
from tasks.reading.confidence.calibration import FieldSort
from tasks.reading.stated_values.rivals import date_rivals, number_rivals, serial_rivals


def small_lies(sort: FieldSort, truth: str, count: int, dice: Dice) -> tuple[str, ...]:
    """Some values one digit (the check digit right) or one look-alike character off.

    Args:
        sort: Of the field.
        truth: What is printed, normalised.
        count: How many at most; a name without a look-alike has none.
        dice: Chance.
    """
    today = dt.datetime.now(tz=dt.UTC).date()
    if sort is FieldSort.ID_NUMBER:
        found = list(number_rivals(truth, today=today))
    elif sort is FieldSort.DATE:
        days = date_rivals(dt.date.fromisoformat(truth[:10]), today=today)
        found = [day.isoformat() for day in days]
    elif sort is FieldSort.NUMBER:
        found = [n for n in serial_rivals(truth) if n[0].isalpha() and n[1:].isdigit()]
    else:
        found = sorted(
            truth[:i] + other + truth[i + 1 :]
            for i, character in enumerate(truth)
            for other in look_alikes(character)
        )
    return tuple(found.pop(dice.whole(0, len(found) - 1)) for _ in range(min(count, len(found))))
