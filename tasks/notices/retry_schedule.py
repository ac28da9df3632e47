"""Backoff: when a notice that did not arrive is sent again, and when it is given up."""

import datetime as dt
import random
from typing import Final

FIRST_WAIT: Final = dt.timedelta(seconds=30)
LONGEST_WAIT: Final = dt.timedelta(hours=1)
"""So that whoever was away for a day is up to date an hour after it is back."""
PATIENCE: Final = dt.timedelta(days=7)
"""Since the first try; a notice that never left because no sender ran loses none of it."""
_DOUBLINGS: Final = 7


def next_try(
    tries: int, first_tried_at: dt.datetime, now: dt.datetime, dice: random.Random
) -> dt.datetime | None:
    """When to try again; None: never.

    Each wait is about twice the last one, up to an hour, and spread by a quarter, so that a
    receiver that comes back is not met by everything at once.

    Args:
        tries: How often it was sent, at least 1.
        first_tried_at: When the first time.
        now: The present.
        dice: Spreads the waits.
    """
    if now - first_tried_at >= PATIENCE:
        return None
    wait: dt.timedelta = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(tries - 1, _DOUBLINGS))
    return now + wait * dice.uniform(0.75, 1.0)
