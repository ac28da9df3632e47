"""The birth medical certificate (出生医学证明): no arrangement is relied on, only its labels."""

import re
from types import MappingProxyType
from typing import Final

from models.reading.document import FieldReading
from tasks.reading.image.rectify import Box
from tasks.reading.kinds.make_field import UNREADABLE, Fields, from_strips, lowered, read_field
from tasks.reading.layout import normalise_values as values
from tasks.reading.layout.pair_values import LabelledValue, LabelledValues

SEVERAL_LINES: Final = frozenset({"address", "issuing_body", "institution", "birth_place"})
WANTED: Final = MappingProxyType(
    {
        "newborn_name": values.name,
        "newborn_sex": values.sex,
        "birth_time": values.moment,
        "mother_name": values.name,
        "father_name": values.name,
        "id_number": values.id_number,
        "certificate_number": values.certificate_number,
        "issue_date": values.date,
    }
)
WITHOUT_LABEL: Final = 0.9


def read_fields(form: LabelledValues) -> Fields:
    """The newborn, the two parents, and the certificate itself."""
    mother, father = form.first("mother_name"), form.first("father_name")
    mother_number, father_number = _numbers(form, mother, father)
    # Where one parent's label was not found, a number may be either parent's.
    owned = _keep if mother is not None and father is not None else _nobody_s
    newborn = form.first("newborn_name")
    # A father is left out as a whole: his number beside an empty name is an unread name.
    fatherless = father_number is None or values.is_blank(father_number.text) or _denied(father)
    return {
        "newborn_name": read_field(newborn, values.name),
        "newborn_sex": read_field(_nearest(form.all("newborn_sex"), newborn), values.sex),
        "birth_time": read_field(form.first("birth_time"), values.moment),
        "mother_name": read_field(mother, values.name),
        "mother_id_number": owned(read_field(mother_number, values.id_number)),
        "father_name": read_field(father, values.name, may_be_blank=fatherless),
        "father_id_number": owned(read_field(father_number, values.id_number, may_be_blank=True)),
        "certificate_number": _certificate_number(form),
        "issuing_body": read_field(form.first("issuing_body"), values.organisation),
        "issue_date": read_field(form.first("issue_date"), values.date),
    }


def _keep(reading: FieldReading) -> FieldReading:
    return reading


def _nobody_s(reading: FieldReading) -> FieldReading:
    """A number of which nobody can say whose it is; without a place, so that no look repairs it."""
    return reading.model_copy(update={"value": None, "confidence": UNREADABLE, "quad": None})


def _denied(parent: LabelledValue | None) -> bool:
    """Whether the paper itself says that a parent is not stated (未提供)."""
    return parent is not None and bool(parent.strips) and values.is_blank(parent.text)


def _numbers(
    form: LabelledValues, mother: LabelledValue | None, father: LabelledValue | None
) -> tuple[LabelledValue | None, LabelledValue | None]:
    """Whose identity number is whose: by the parent's name that stands before it."""
    anchors = [(who, e.label.box) for who, e in (("m", mother), ("f", father)) if e]
    owned: dict[str, LabelledValue] = {}
    for entry in form.all("id_number"):
        who = _owner(entry.label.box, anchors)
        if who and (who not in owned or (entry.strips and not owned[who].strips)):
            owned[who] = entry
    return owned.get("m"), owned.get("f")


def _owner(box: Box, anchors: list[tuple[str, Box]]) -> str | None:
    """Side by side the parents' columns decide, one above the other their order does."""
    if len(anchors) < 2:
        return anchors[0][0] if anchors else None
    a, b = anchors[0][1], anchors[1][1]
    if abs(a.middle - b.middle) < 2 * max(a.height, b.height):
        return min(anchors, key=lambda item: abs(item[1].left - box.left))[0]
    upper, lower = (anchors[0], anchors[1]) if a.middle < b.middle else (anchors[1], anchors[0])
    return lower[0] if box.middle > lower[1].middle - 0.5 * box.height else upper[0]


def _nearest(
    entries: tuple[LabelledValue, ...], anchor: LabelledValue | None
) -> LabelledValue | None:
    """The entry whose row is nearest to the anchor's (性别 stands beside the newborn's name)."""
    if not entries:
        return None
    if anchor is None:
        return entries[0]
    middle = anchor.label.box.middle
    return min(entries, key=lambda entry: abs(entry.label.box.middle - middle))


def _certificate_number(form: LabelledValues) -> FieldReading:
    """Known by its form: a letter and nine digits, wherever the layout puts it."""
    entries = form.all("certificate_number")
    for entry in reversed(entries):
        reading = read_field(entry, values.certificate_number)
        if reading.value is not None:
            return reading
    for strip in reversed(form.loose):
        if re.fullmatch(r"\W*[A-Za-z01258]\s?\d[\dOoIl]{8}\W*", strip.text):
            reading = from_strips((strip,), values.certificate_number)
            if reading.value is not None:
                return lowered(reading, WITHOUT_LABEL)
    return read_field(entries[-1] if entries else None, values.certificate_number)
