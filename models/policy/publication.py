"""A publication that a policy rests on, as the table of sources names it."""

import datetime as dt
from typing import Final

from models.record import Record

DESIGN: Final = "design"
"""Stands in the place of a publication for a value that the office has chosen itself."""


class Publication(Record):
    """One line of `sources.csv`.

    Attributes:
        source_id: As policies cite it.
        title: Its title, or what it is.
        number: Document number, article or thread; empty where none is known.
        date: Day, month or year of publication as known; empty where it is not.
        in_force: The first day on which it binds; None where that is not known.
        address: Where it was found; empty where that is not known.
        verified: Whether somebody has held it against the issuer's own text.
        line: Its line in the table.
    """

    source_id: str
    title: str
    number: str
    date: str
    in_force: dt.date | None
    address: str
    verified: bool
    line: int

    @property
    def lacks(self) -> tuple[str, ...]:
        """Which of address, date and number are not stated."""
        return tuple(name for name in ("address", "date", "number") if not getattr(self, name))
