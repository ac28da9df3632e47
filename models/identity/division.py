"""Administrative divisions (行政区划, GB/T 2260) as the first six digits of a number name them."""

from collections.abc import Mapping
from typing import Final, NamedTuple

LAST: Final = 9999


class Era(NamedTuple):
    """One name that a code stood for.

    Attributes:
        name: As published.
        first_year: Its first year; 0 where the record does not say.
        last_year: Its last year; `LAST` while it is in use or where the record does not say.
        source: Where the entry comes from.
    """

    name: str
    first_year: int
    last_year: int
    source: str


class Divisions(NamedTuple):
    """Every code that is on record, retired ones included: people keep the number they got."""

    eras: Mapping[str, tuple[Era, ...]]

    def on_record(self, code: str, *, born: int, year: int) -> bool:
        """Whether a number with this code can have been given.

        A number is given between birth and today, and not always in the year of birth, so a
        code counts whose time touches those years at all.

        Args:
            code: Six digits.
            born: Year of birth.
            year: The year of the question.
        """
        return any(
            min(e.first_year, e.last_year) <= year and max(e.first_year, e.last_year) >= born
            for e in self.eras.get(code, ())
        )


NO_DIVISIONS: Final = Divisions({})
"""Without a table no code can be called unknown."""
