"""What one page says against itself: words that no register uses, days in an impossible order.

Nothing is corrected here and no reading gains by fitting: one that does not fit is only believed
less, because a misread character is likelier than such a paper.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Final

from models.reading.document import DocumentKind, FieldReading
from tasks.reading.kinds.make_field import Fields, lowered
from tasks.reading.layout import normalise_values as values

UNKNOWN_WORD: Final = 0.6
"""A word that no register uses is probably misread."""
OTHER_SCRIPT: Final = 0.9
"""A character read in a form that registers do not print is a blurred one."""
OUT_OF_ORDER: Final = 0.7
"""Two days of which one must be misread; nobody knows which."""
TERM_YEARS: Final = frozenset({5, 10, 20})
"""How long identity cards are valid (Resident Identity Card Law, article 5), where they end."""

CUT_OFF: Final = 0.6
"""A value at the edge of the picture may go on beyond it: 女 may be what is left of 女婿."""
_AT_THE_EDGE: Final = 0.5  # of a line's height

_WORDS: Final[MappingProxyType[str, Callable[[str], bool]]] = MappingProxyType(
    {
        "ethnicity": values.known_ethnicity,
        "marital_status": values.known_marital_status,
        "relation_to_householder": values.known_relation,
        "household_type": values.known_household_type,
    }
)
_IN_ORDER: Final = (
    ("birth_date", "registration_date"),
    ("birth_time", "issue_date"),
    ("valid_from", "valid_until"),
)
_PAST: Final = ("birth_date", "registration_date", "birth_time", "issue_date", "valid_from")


def doubt_the_implausible(kind: DocumentKind, fields: Fields, *, today: dt.date) -> Fields:
    """The fields, those lowered that the page itself or the calendar speaks against.

    Args:
        kind: What paper it is.
        fields: With their confidences.
        today: Nothing was registered or issued after it.
    """
    ceilings = dict(_unknown_words(fields))
    ceilings |= dict.fromkeys(_in_other_script(fields), OTHER_SCRIPT)
    ceilings |= dict.fromkeys(_misdated(fields, today), OUT_OF_ORDER)
    if kind is DocumentKind.ID_CARD_EMBLEM and not _usual_term(fields):
        ceilings |= {"valid_from": OUT_OF_ORDER, "valid_until": OUT_OF_ORDER}
    return {
        name: lowered(field, ceilings[name]) if name in ceilings else field
        for name, field in fields.items()
    }


def doubt_the_cut_off(fields: Fields, width: int) -> Fields:
    """The fields, those lowered that reach the left or right edge of the picture.

    An identity number that is whole is known to be by its length and check digit.

    Args:
        fields: With quads in pixels of the upright picture.
        width: Of that picture, pixels.
    """
    return {
        name: lowered(field, CUT_OFF)
        if not name.endswith("id_number") and reaches_the_edge(field, width)
        else field
        for name, field in fields.items()
    }


def reaches_the_edge(field: FieldReading, width: int) -> bool:
    """Whether a field stands at the left or right edge of a picture of this width, pixels."""
    if field.quad is None:
        return False
    xs, ys = [x for x, _ in field.quad], [y for _, y in field.quad]
    near = _AT_THE_EDGE * min(max(ys) - min(ys), max(xs) - min(xs))
    return min(xs) < near or max(xs) > width - near


def _unknown_words(fields: Fields) -> Iterator[tuple[str, float]]:
    for name, known in _WORDS.items():
        field = fields.get(name)
        if field is not None and field.value is not None and not known(field.value):
            yield name, UNKNOWN_WORD


def _in_other_script(fields: Fields) -> Iterator[str]:
    return (n for n, f in fields.items() if n.endswith("name") and values.is_of_other_script(f.raw))


def _misdated(fields: Fields, today: dt.date) -> Iterator[str]:
    """Days in the future, and both days of a pair in the wrong order."""
    for name in _PAST:
        day = _day(fields.get(name))
        if day is not None and day > today:
            yield name
    for earlier, later in _IN_ORDER:
        first, second = _day(fields.get(earlier)), _day(fields.get(later))
        if first is not None and second is not None and first > second:
            yield from (earlier, later)


def _usual_term(fields: Fields) -> bool:
    """Whether the two ends of a term lie 5, 10 or 20 years apart, or one of them is not read."""
    start, end = _day(fields.get("valid_from")), _day(fields.get("valid_until"))
    if start is None or end is None:
        return True
    # A term that began on 29 February ends on that day or a neighbour of it.
    same_day = (start.month, start.day) == (end.month, end.day) or (
        (start.month, start.day) == (2, 29) and (end.month, end.day) in {(2, 28), (3, 1)}
    )
    return same_day and end.year - start.year in TERM_YEARS


def _day(field: FieldReading | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(field.value[:10]) if field and field.value else None
    except ValueError:
        return None
