"""How sure each field of a page is, by the reader, by a number's own checks, by the page itself.

Nothing is corrected here. A reading that the page speaks against is only believed less, because a
misread character is likelier than such a paper.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Final

from models.identity.id_number import IdNumber, full_id_number, parse_id_number
from models.reading.document import DocumentKind, FieldReading, Quad
from tasks.reading.confidence.witnesses import (
    CHECK_FAILED,
    CONFIRMABLE,
    CONFIRMED,
    CUT_OFF,
    DISAGREEMENT,
    END_UNSEEN,
    OTHER_SCRIPT,
    OUT_OF_ORDER,
    SECOND_READER_UNDER,
    UNKNOWN_WORD,
    UNSURE,
    at_most,
)
from tasks.reading.kinds.registry import SPECS
from tasks.reading.layout import normalise_values as values
from tasks.reading.layout.read_field import Fields

SecondReader = Callable[[Quad], str | None]
"""What an independent reader sees in a place; None where there is none."""
TERM_YEARS: Final = frozenset({5, 10, 20})
"""How long identity cards are valid (Resident Identity Card Law, article 5), where they end."""
_AT_THE_EDGE: Final = 0.5  # of a line's height
_WORDS: Final[MappingProxyType[str, Callable[[str], bool]]] = MappingProxyType(
    {
        "ethnicity": values.known_ethnicity,
        "marital_status": values.known_marital_status,
        "relation_to_householder": values.known_relation,
        "household_type": values.known_household_type,
    }
)


NUMBERS: Final = (
    "id_number",
    "mother_id_number",
    "father_id_number",
    "spouse1_id_number",
    "spouse2_id_number",
)


def weigh_fields(
    kind: DocumentKind, fields: Fields, second: SecondReader, *, today: dt.date
) -> Fields:
    """The fields with their confidences settled.

    Args:
        kind: What paper it is.
        fields: As they were read.
        second: Asked only about numbers that nothing else confirms.
        today: No birth date lies after it.
    """
    weighed = dict(fields)
    for field in NUMBERS:
        if field in fields:
            weighed[field] = _number(field, fields, second, today)
    coded = SPECS[kind].coded_field
    if coded is not None and coded in fields:
        weighed[coded] = _unchecked(fields[coded], second)
    for field in NUMBERS:
        weighed = _weigh_birth(field.removesuffix("id_number"), weighed, today)
    return weighed


def _number(field: str, fields: Fields, second: SecondReader, today: dt.date) -> FieldReading:
    reading, person = fields[field], field.removesuffix("id_number")
    if reading.value is None or reading.quad is None:
        return reading
    parsed = parse_id_number(full_id_number(reading.value), today=today)
    if not isinstance(parsed, IdNumber):
        return _with(reading, min(reading.confidence, CHECK_FAILED))
    confirmed = reading.confidence >= CONFIRMABLE and _confirmed(parsed, fields, person)
    if confirmed or reading.confidence >= SECOND_READER_UNDER:
        return _with(reading, max(reading.confidence, CONFIRMED))
    other = second(reading.quad)
    if other is None:
        return _with(reading, min(reading.confidence, UNSURE))
    sure = CONFIRMED if other == reading.value else min(reading.confidence, DISAGREEMENT)
    return _with(reading, sure, other)


def _confirmed(number: IdNumber, fields: Fields, person: str) -> bool:
    """Whether the birth date and the sex printed beside the number say the same."""
    birth, sex = fields.get(f"{person}birth_date"), fields.get(f"{person}sex")
    return bool(
        birth and sex and birth.value == number.birth_date.isoformat() and sex.value == number.sex
    )


def _unchecked(reading: FieldReading, second: SecondReader) -> FieldReading:
    """A number without a check digit: only the second reader can confirm its digits."""
    if reading.value is None or reading.quad is None or reading.confidence >= SECOND_READER_UNDER:
        return reading
    other = second(reading.quad)
    if other is None:
        return _with(reading, min(reading.confidence, UNSURE))
    if other.endswith(reading.value[1:]):  # it knows digits only and says nothing of the letter
        return _with(reading, max(reading.confidence, UNSURE), reading.value)
    return _with(reading, min(reading.confidence, DISAGREEMENT), other)


def _weigh_birth(person: str, fields: Fields, today: dt.date) -> Fields:
    """A birth date or sex that the number confirms is sure; one it denies is less so."""
    number = fields.get(f"{person}id_number")
    if number is None or number.value is None or number.confidence < SECOND_READER_UNDER:
        return fields
    parsed = parse_id_number(number.value, today=today)
    if not isinstance(parsed, IdNumber):
        return fields
    expected = {
        f"{person}birth_date": parsed.birth_date.isoformat(),
        f"{person}sex": parsed.sex,
    }
    settled = dict(fields)
    for field, value in expected.items():
        reading = fields.get(field)
        if reading is None or reading.value is None:
            continue
        same = reading.value == value
        settled[field] = _with(
            reading,
            max(reading.confidence, CONFIRMED) if same else min(reading.confidence, UNSURE),
        )
    return settled


def _with(reading: FieldReading, confidence: float, second: str | None = None) -> FieldReading:
    update: dict[str, object] = {"confidence": round(confidence, 4)}
    if second is not None:
        update["second"] = second
    return reading.model_copy(update=update)


_IN_ORDER: Final = (
    ("birth_date", "registration_date"),
    ("birth_time", "issue_date"),
    ("valid_from", "valid_until"),
)


_PAST: Final = ("birth_date", "registration_date", "birth_time", "issue_date", "valid_from")


def lower_implausible(fields: Fields, *, today: dt.date) -> Fields:
    """The fields, those lowered that the page itself or the calendar speaks against.

    Args:
        fields: With their confidences.
        today: Nothing was registered or issued after it.
    """
    ceilings = dict(_unknown_words(fields))
    ceilings |= dict.fromkeys(_in_other_script(fields), OTHER_SCRIPT)
    ceilings |= dict.fromkeys(_with_a_line_lost(fields), END_UNSEEN)
    ceilings |= dict.fromkeys(_misdated(fields, today), OUT_OF_ORDER)
    if not _usual_term(fields):
        ceilings |= {"valid_from": OUT_OF_ORDER, "valid_until": OUT_OF_ORDER}
    return {
        name: at_most(field, ceilings[name]) if name in ceilings else field
        for name, field in fields.items()
    }


def lower_cut_off(fields: Fields, width: int) -> Fields:
    """The fields, those lowered that reach the left or right edge of the picture.

    An identity number that is whole is known to be by its length and check digit.

    Args:
        fields: With quads in pixels of the upright picture.
        width: Of that picture, pixels.
    """
    return {
        name: at_most(field, CUT_OFF)
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


def _with_a_line_lost(fields: Fields) -> Iterator[str]:
    """An address of which the first line or the last may be lost."""
    address = fields.get("address")
    if address is not None and address.value and not values.is_whole_address(address.value):
        yield "address"


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
