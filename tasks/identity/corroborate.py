"""What the form and the papers say of each other's readings.

A reader's confidence is its own: it knows nothing of the form. A reading that lands on exactly the
stated number, of all numbers, was not misread into it; neither was a name that is exactly the
stated one beside that number, nor a household number that two pages show alike. Such readings are
given the confidence of corroboration for the checks of one case. Values are never touched, the
archived readings stay as they are, and a reading that differs in anything gains nothing.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Final

from models.identity.id_number import IdNumber, valid_id_number
from models.identity.person_name import normalise_name
from models.intake.application import Application
from models.policy.measures import ReadingRules
from models.reading.document import DocumentKind, DocumentReading, FieldReading

CORROBORATED: Final = 0.97
_SERIAL: Final = "household_number"
_SERIAL_LENGTH: Final = 6
"""A shorter number could stand alike on two pages by chance."""
_PAIRS: Final = (
    ("name", "id_number"),
    ("mother_name", "mother_id_number"),
    ("father_name", "father_id_number"),
)
_HUKOU: Final = frozenset({DocumentKind.HUKOU_COVER, DocumentKind.HUKOU_MEMBER})


def corroborate(
    application: Application, readings: tuple[DocumentReading, ...], rules: ReadingRules
) -> tuple[DocumentReading, ...]:
    """The readings as the checks of this application may take them.

    Args:
        application: The form.
        readings: Everything that was read.
        rules: Below `name_beside_number` a reading is no witness at all.
    """
    today, least = application.submitted_on, rules.confidence.name_beside_number
    people = tuple(_stated(application, today))
    # One file under two names says a thing once.
    shown = {(r.digest, r.page, r.part, r.value(_SERIAL)) for r in readings if r.kind in _HUKOU}
    serials = Counter(serial for *_, serial in shown)
    return tuple(
        reading.model_copy(
            update={
                "fields": reading.fields
                | dict(_witnessed(reading, people, least))
                | dict(_shared(reading, serials, least))
            }
        )
        for reading in readings
    )


def _stated(application: Application, today: dt.date) -> Iterator[tuple[str, IdNumber]]:
    """Name and number of each person whom the form states with both."""
    for person in (application.applicant, application.member):
        number = valid_id_number(person.id_number, today=today)
        if number is not None:
            yield normalise_name(person.name or ""), number


def _witnessed(
    reading: DocumentReading,
    people: tuple[tuple[str, IdNumber], ...],
    least: float,
) -> Iterator[tuple[str, FieldReading]]:
    """Numbers that are exactly the stated ones, and names beside them that are too."""
    for name, number in _PAIRS:
        read = reading.value(number)
        stated = next((n for n, own in people if own.text == read), None)
        if stated is None or not _witness(reading, number, least):
            continue
        yield number, _raised(reading.fields[number])
        if _is_stated(reading, name, stated, least):
            yield name, _raised(reading.fields[name])
    yield from _newborn(reading, people, least)


def _newborn(
    reading: DocumentReading, people: tuple[tuple[str, IdNumber], ...], least: float
) -> Iterator[tuple[str, FieldReading]]:
    """A newborn has no number: its name is witnessed by the stated person's birth date."""
    born = (reading.value("birth_time") or "")[:10]
    for stated, number in people:
        same_day = born == number.birth_date.isoformat()
        if same_day and _is_stated(reading, "newborn_name", stated, least):
            yield "newborn_name", _raised(reading.fields["newborn_name"])


def _is_stated(reading: DocumentReading, name: str, stated: str, least: float) -> bool:
    """Whether every reader that saw the name saw exactly the stated one."""
    field = reading.fields.get(name)
    return (
        field is not None
        and field.value == stated
        and field.second in {None, stated}
        and field.confidence >= least
    )


def _witness(reading: DocumentReading, number: str, least: float) -> bool:
    """Whether the reader saw it at all, and the second reader saw no other whole number.

    A second reading with characters missing is a failed one and contradicts nothing; a whole one
    contests the first even where its check digit fails, for a forged digit looks like that.
    """
    field = reading.fields[number]
    value, second = field.value or "", field.second or ""
    contested = len(second) >= len(value) and value not in second
    return field.confidence >= least and not contested


def _shared(
    reading: DocumentReading, serials: Counter[str | None], least: float
) -> Iterator[tuple[str, FieldReading]]:
    field = reading.fields.get(_SERIAL)
    if field is None or field.value is None or len(field.value) < _SERIAL_LENGTH:
        return
    if serials[field.value] > 1 and field.confidence >= least and field.second is None:
        yield _SERIAL, _raised(field)


def _raised(field: FieldReading) -> FieldReading:
    return field.model_copy(
        update={"confidence": max(field.confidence, CORROBORATED), "second": None}
    )
