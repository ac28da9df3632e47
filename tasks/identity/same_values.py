"""Values that two papers of one application have in common."""

from collections import defaultdict
from types import MappingProxyType
from typing import Final, NamedTuple

from models.reading.document import DocumentKind, DocumentReading

_HUKOU: Final = frozenset({DocumentKind.HUKOU_COVER, DocumentKind.HUKOU_MEMBER})
_FIELDS: Final = MappingProxyType(
    {
        "household_number": "household_number",
        "registration_date": "day",
        "issue_date": "day",
        "native_place": "native_place",
        "station": "station",
    }
)
"""Fields of a hukou book that its pages share, and the name under which they are compared."""
_NUMBER: Final = "household_number"
_LEAST_LENGTH: Final = 6
"""A shorter number could stand alike on two pages by chance."""
_Place = tuple[str, int, int]


class SharedValues(NamedTuple):
    """On which papers each value of a hukou book stands; one file under two names counts once."""

    places: dict[tuple[str, str], frozenset[_Place]]

    @classmethod
    def of(cls, readings: tuple[DocumentReading, ...]) -> "SharedValues":
        """Everything that covers and pages show."""
        places: dict[tuple[str, str], set[_Place]] = defaultdict(set)
        for reading in readings:
            for field, sort in _FIELDS.items():
                if reading.kind in _HUKOU and (value := reading.value(field)):
                    places[sort, value].add(_place(reading))
        return cls({key: frozenset(found) for key, found in places.items()})

    def stands_elsewhere(self, reading: DocumentReading, field: str) -> bool:
        """Whether another page or cover shows this very value."""
        sort, value = _FIELDS.get(field), reading.value(field)
        if sort is None or reading.kind not in _HUKOU:
            return False
        if field == _NUMBER and len(value or "") < _LEAST_LENGTH:
            return False
        return bool(self.places.get((sort, value or ""), frozenset()) - {_place(reading)})


def _place(reading: DocumentReading) -> _Place:
    return (reading.digest, reading.page, reading.part)
