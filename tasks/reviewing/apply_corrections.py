"""What people read, put beside what the machine read, for the checks."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Final

from models.identity.person_name import normalise_name
from models.reading.document import DocumentReading, FieldReading
from models.reviews.review_work import Correction

MAX_LENGTH: Final = 120
_ID_NUMBER: Final = re.compile(r"\d{17}[\dX]|\d{15}")
_SEXES: Final = ("男", "女")

Corrections = Mapping[tuple[int, str], Correction]
"""The correction in force of each field, by the paper's place (from 0) and the field's name."""


def normalise_correction(field: str, text: str) -> str | None:
    """A typed value in the form that readings have; None for an empty one.

    A wrong check digit is let through: the paper may really show it.

    Raises:
        ValueError: It cannot be a value of this field.
    """
    value = "".join(text.split())
    if not value:
        return None
    if len(value) > MAX_LENGTH:
        raise ValueError("too long")
    if field.endswith("id_number"):
        return _fitting(_ID_NUMBER, value.upper())
    if field.endswith("sex"):
        return _one_of(_SEXES, value)
    if field == "birth_time":
        return dt.datetime.fromisoformat(text.strip().replace(" ", "T")).strftime("%Y-%m-%dT%H:%M")
    if field.endswith("_date") or field.startswith("valid_"):
        return dt.date.fromisoformat(value).isoformat()
    if field.endswith("name"):
        return normalise_name(value)
    return value.upper() if field.endswith("number") else value


def with_corrections(
    readings: tuple[DocumentReading, ...], corrections: Corrections
) -> tuple[DocumentReading, ...]:
    """The readings as the checks see them; those that are kept stay as they are."""
    return tuple(
        _corrected(paper, {f: c for (at, f), c in corrections.items() if at == place})
        for place, paper in enumerate(readings)
    )


def _corrected(paper: DocumentReading, corrections: Mapping[str, Correction]) -> DocumentReading:
    if not corrections:
        return paper
    fields = dict(paper.fields)
    for name, made in corrections.items():
        before = fields.get(name, FieldReading(value=None, confidence=0))
        fields[name] = before.model_copy(
            update={"value": made.value, "confidence": 1.0, "second": made.value}
        )
    return paper.model_copy(update={"fields": fields})


def _fitting(pattern: re.Pattern[str], value: str) -> str:
    if not pattern.fullmatch(value):
        raise ValueError("not of this form")
    return value


def _one_of(values: tuple[str, ...], value: str) -> str:
    if value not in values:
        raise ValueError("not one of these")
    return value
