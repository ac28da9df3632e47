"""The portrait side of the resident identity card (人像面)."""

import re
from types import MappingProxyType
from typing import Final

from models.reading.document import FieldReading
from tasks.reading.kinds.make_field import Fields, from_strips, lowered, read_field, read_word
from tasks.reading.layout import normalise_values as values
from tasks.reading.layout.pair_values import LabelledValues
from tasks.reading.layout.text_spans import TextSpan

SEVERAL_LINES: Final = frozenset({"address"})
WANTED: Final = MappingProxyType(
    {
        "name": values.name,
        "sex": values.sex,
        "ethnicity": values.ethnicity,
        "birth_date": values.date,
        "id_number": values.id_number,
    }
)
WITHOUT_LABEL: Final = 0.9
"""A value recognised by its form alone is no surer than this."""


def read_fields(form: LabelledValues) -> Fields:
    """Every field of the side; a number is known by its form even when its label is covered."""
    fields = {
        "name": read_field(form.first("name"), values.name),
        "sex": read_field(form.first("sex"), values.sex),
        "ethnicity": read_word(form.first("ethnicity"), values.ethnicity, values.known_ethnicity),
        "birth_date": read_field(form.first("birth_date"), values.date),
        "address": read_field(form.first("address"), values.address),
        "id_number": read_field(form.first("id_number"), values.id_number),
    }
    return fields | _by_form(form, fields)


def _by_form(form: LabelledValues, fields: Fields) -> Fields:
    """Values whose label was not read: told by what they look like and where they stand."""
    found: Fields = {}
    if fields["id_number"].value is None:
        found |= _first("id_number", form.loose, values.id_number)
    if fields["birth_date"].value is None:
        found |= _first("birth_date", form.loose, values.date)
    if fields["name"].value is None:
        found |= _first("name", _above_sex(form), values.name)
    return found


def _first(field: str, strips: tuple[TextSpan, ...], normalise: values.Normaliser) -> Fields:
    for strip in strips:
        reading: FieldReading = from_strips((strip,), normalise)
        if reading.value is not None:
            return {field: lowered(reading, WITHOUT_LABEL)}
    return {}


def _above_sex(form: LabelledValues) -> tuple[TextSpan, ...]:
    """Loose texts over the row of the sex, where the name stands; a stray 姓名 cut off."""
    sex = form.first("sex")
    if sex is None:
        return ()
    over = (s for s in form.loose if s.box.middle < sex.label.box.middle - s.box.height)
    return tuple(s for s in over if not re.search(r"[\dA-Za-z]", s.text))
