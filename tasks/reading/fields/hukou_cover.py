"""The cover page of the hukou booklet (首页)."""

from types import MappingProxyType
from typing import Final

from tasks.reading import values
from tasks.reading.allot import Form
from tasks.reading.fields.field import Fields, dated, read_field

SEVERAL_LINES: Final = frozenset({"address"})
WANTED: Final = MappingProxyType(
    {
        "household_type": values.household_type,
        "householder_name": values.name,
        "household_number": values.digits,
        "issue_date": values.date,
    }
)


def read_fields(form: Form) -> Fields:
    """Household type and number, householder, address and day of issue."""
    issued = read_field(form.first("issue_date"), values.date)
    if issued.value is None:
        alone = dated(form, "签发|填发|发证", values.date)
        issued = alone if alone.value is not None else issued
    return {
        "household_type": read_field(form.first("household_type"), values.household_type),
        "householder_name": read_field(form.first("householder_name"), values.name),
        "household_number": read_field(form.first("household_number"), values.digits),
        "address": read_field(form.first("address"), values.address),
        "issue_date": issued,
    }
