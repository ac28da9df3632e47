"""Values that two papers of one application have in common."""

from collections import defaultdict
from types import MappingProxyType
from typing import Final, NamedTuple

from models.identity.id_number import check_character
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
_IDENTITY: Final = "id_number"
_LEAST_LENGTH: Final = 6
"""A shorter number could stand alike on two pages by chance."""
_Place = tuple[str, int, int]


class SharedValues(NamedTuple):
    """On which papers each value stands; one file under two names counts once."""

    places: dict[tuple[str, str], frozenset[_Place]]

    @classmethod
    def of(cls, readings: tuple[DocumentReading, ...]) -> "SharedValues":
        """What covers and pages show, and the identity numbers on all papers."""
        places: dict[tuple[str, str], set[_Place]] = defaultdict(set)
        for reading in readings:
            for field in reading.fields:
                sort, value = _sort(reading, field), reading.value(field)
                if sort is not None and value:
                    places[sort, value].add(_place(reading))
        return cls({key: frozenset(found) for key, found in places.items()})

    def stands_elsewhere(self, reading: DocumentReading, field: str) -> bool:
        """Whether another paper shows this very value."""
        sort, value = _sort(reading, field), reading.value(field)
        if sort is None or not value or not _tells(sort, value):
            return False
        return bool(self.places.get((sort, value), frozenset()) - {_place(reading)})


def _sort(reading: DocumentReading, field: str) -> str | None:
    """The name under which a field is compared; None for one that papers need not share."""
    if field.endswith(_IDENTITY):
        return _IDENTITY
    return _FIELDS.get(field) if reading.kind in _HUKOU else None


def _tells(sort: str, value: str) -> bool:
    """Whether a value is long enough, and whole enough, to stand alike twice only if read right."""
    if sort == _IDENTITY:
        first_17 = value[:17]
        return len(value) == 18 and first_17.isdigit() and check_character(first_17) == value[17]
    return sort != _NUMBER or len(value) >= _LEAST_LENGTH


def _place(reading: DocumentReading) -> _Place:
    return (reading.digest, reading.page, reading.part)
