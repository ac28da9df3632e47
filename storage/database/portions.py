"""Long lists of values, in portions that one statement takes."""

from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

_T = TypeVar("_T")

MOST_PARAMETERS: Final = 200
"""Values in one statement: a few times as many are safe in every SQLite and PostgreSQL."""


def portions(values: Sequence[_T]) -> Iterable[Sequence[_T]]:
    """The values in their order, `MOST_PARAMETERS` at most at a time."""
    return (
        values[start : start + MOST_PARAMETERS] for start in range(0, len(values), MOST_PARAMETERS)
    )
