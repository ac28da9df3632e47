"""How sure a field is: the reader's own word, the number's own checks, the second reader."""

import datetime as dt
from collections.abc import Callable
from typing import Final

from models.identity.id_number import IdNumber, parse_id_number, upgrade_15
from models.reading.document import DocumentKind, FieldReading, Quad
from tasks.reading.kinds.make_field import Fields

CHECK_FAILED: Final = 0.3
DISAGREEMENT: Final = 0.5
UNSURE: Final = 0.9  # one reader, nothing that confirms it
CONFIRMED: Final = 0.98
SECOND_LOOK_UNDER: Final = 0.95
CONFIRMABLE: Final = 0.55
"""Below this birth date and sex, which tell nothing of the last four characters, do not suffice."""
SecondReader = Callable[[Quad], str | None]
"""What an independent reader sees in a place; None where there is none."""
NUMBERS: Final = (
    "id_number",
    "mother_id_number",
    "father_id_number",
    "spouse1_id_number",
    "spouse2_id_number",
)


def judge(kind: DocumentKind, fields: Fields, second: SecondReader, *, today: dt.date) -> Fields:
    """The fields with their confidences settled.

    Args:
        kind: What paper it is.
        fields: As they were read.
        second: Asked only about numbers that nothing else confirms.
        today: No birth date lies after it.
    """
    judged = dict(fields)
    for field in NUMBERS:
        if field in fields:
            judged[field] = _number(field, fields, second, today)
    if kind is DocumentKind.BIRTH_CERTIFICATE and "certificate_number" in fields:
        judged["certificate_number"] = _unchecked(fields["certificate_number"], second)
    for field in NUMBERS:
        judged = _born(field.removesuffix("id_number"), judged, today)
    return judged


def _number(field: str, fields: Fields, second: SecondReader, today: dt.date) -> FieldReading:
    reading, person = fields[field], field.removesuffix("id_number")
    if reading.value is None or reading.quad is None:
        return reading
    text = upgrade_15(reading.value) if len(reading.value) == 15 else reading.value
    parsed = parse_id_number(text, today=today)
    if not isinstance(parsed, IdNumber):
        return _with(reading, min(reading.confidence, CHECK_FAILED))
    told = reading.confidence >= CONFIRMABLE and _confirmed(parsed, fields, person)
    if told or reading.confidence >= SECOND_LOOK_UNDER:
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
    if reading.value is None or reading.quad is None or reading.confidence >= SECOND_LOOK_UNDER:
        return reading
    other = second(reading.quad)
    if other is None:
        return _with(reading, min(reading.confidence, UNSURE))
    if other.endswith(reading.value[1:]):  # it knows digits only and says nothing of the letter
        return _with(reading, max(reading.confidence, UNSURE), reading.value)
    return _with(reading, min(reading.confidence, DISAGREEMENT), other)


def _born(person: str, fields: Fields, today: dt.date) -> Fields:
    """A birth date or sex that the number confirms is sure; one it denies is less so."""
    number = fields.get(f"{person}id_number")
    if number is None or number.value is None or number.confidence < SECOND_LOOK_UNDER:
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
