"""The cover page of the hukou booklet (首页)."""

import re
from types import MappingProxyType
from typing import Final

from models.reading.document import FieldReading
from tasks.reading.kinds.make_field import (
    Fields,
    dated,
    from_strips,
    lowered,
    read_field,
    read_word,
)
from tasks.reading.layout import normalise_values as values
from tasks.reading.layout.pair_values import LabelledValues

SEVERAL_LINES: Final = frozenset({"address"})
WANTED: Final = MappingProxyType(
    {
        "household_type": values.household_type,
        "householder_name": values.name,
        "household_number": values.digits,
        "issue_date": values.date,
    }
)
BY_FORM: Final = 0.95
"""A value that no label names, and that nothing else on a cover looks like."""
_NUMBER: Final = re.compile(r"号[码:： ]*[0-9A-Za-z-]{5,}")


def read_fields(form: LabelledValues) -> Fields:
    """Household type and number, householder, address and day of issue."""
    issued = read_field(form.first("issue_date"), values.date)
    if issued.value is None:
        alone = dated(form, "签发|填发|发证", values.date)
        issued = alone if alone.value is not None else issued
    return {
        "household_type": _household_type(form),
        "householder_name": read_field(form.first("householder_name"), values.name),
        "household_number": _household_number(form),
        "address": read_field(form.first("address"), values.address),
        "issue_date": issued,
    }


def _household_type(form: LabelledValues) -> FieldReading:
    """By its label (户别), else by being one of the few words that registers use."""
    named = read_word(
        form.first("household_type"), values.household_type, values.known_household_type
    )
    loose = (s for s in form.loose if values.known_household_type(values.squeeze(s.text)))
    found = next(loose, None) if named.value is None else None
    return lowered(from_strips((found,), values.household_type), BY_FORM) if found else named


def _household_number(form: LabelledValues) -> FieldReading:
    """By its label (户号), else by the half of the label that was made out."""
    named = read_field(form.first("household_number"), values.digits)
    loose = (s for s in form.loose if _NUMBER.fullmatch(s.text.strip()))
    found = next(loose, None) if named.value is None else None
    return lowered(from_strips((found,), values.digits), BY_FORM) if found else named
