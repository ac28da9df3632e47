"""The registration card of one member of a household (常住人口登记卡)."""

import re
from types import MappingProxyType
from typing import Final

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
from tasks.reading.layout.text_spans import part

SEVERAL_LINES: Final = frozenset(
    {"birth_place", "native_place", "other_address", "employer", "moved_to_city", "moved_here"}
)
WANTED: Final = MappingProxyType(
    {
        "name": values.name,
        "relation_to_householder": values.register_word,
        "former_name": values.name,
        "sex": values.sex,
        "ethnicity": values.ethnicity,
        "birth_date": values.date,
        "id_number": values.id_number,
        "marital_status": values.marital_status,
        "registration_date": values.date,
        "household_number": values.digits,
    }
)
WITHOUT_LABEL: Final = 0.9
WITH_LABEL: Final = 0.6
"""A word that seems to begin with the end of its own label."""
_HOUSEHOLDER: Final = "户主"
_SHREDS: Final = 2
"""Characters of the torn label that may be misread as anything."""
_TORN_LABEL: Final = re.compile(r"户主[或与户主关系]*|[或与]户主[关系]*|主关系")


def read_fields(form: LabelledValues) -> Fields:
    """The fields that say who somebody is, and to whom."""
    fields = {
        "name": read_field(form.first("name"), values.name),
        "relation_to_householder": read_word(
            form.first("relation_to_householder"), values.relation, values.distinct_relation
        ),
        "former_name": read_field(form.first("former_name"), values.name, may_be_blank=True),
        "sex": read_field(form.first("sex"), values.sex),
        "ethnicity": read_word(form.first("ethnicity"), values.ethnicity, values.known_ethnicity),
        "birth_date": read_field(form.first("birth_date"), values.date),
        "id_number": read_field(form.first("id_number"), values.id_number),
        "marital_status": read_word(
            form.first("marital_status"),
            values.marital_status,
            values.known_marital_status,
            may_be_blank=True,
        ),
        "registration_date": read_field(form.first("registration_date"), values.date),
    }
    if fields["registration_date"].value is None:
        alone = dated(form, "登记|签发|填发", values.date)
        fields |= {"registration_date": alone} if alone.value is not None else {}
    number = form.first("household_number")
    if number is not None:
        fields["household_number"] = read_field(number, values.digits)
    relation = fields["relation_to_householder"]
    if relation.value and re.fullmatch("户主.+", relation.value):
        fields["relation_to_householder"] = lowered(relation, WITH_LABEL)
    if relation.value is None:
        fields |= _torn_apart(form) or _relation_by_form(form)
    return fields | _number_by_form(form, fields)


def _torn_apart(form: LabelledValues) -> Fields:
    """Name and relation word that were read as one line, the label between them half lost.

    That label (户主或与户主关系) is often printed in two small rows in its cell, and a line finder
    takes name, label and word for one line: 钟秀丽户主妻子.
    """
    name = form.first("name")
    for strip in name.strips if name else ():
        label = _TORN_LABEL.search(strip.text, 2)
        if label is None:
            continue
        for start in range(label.end(), label.end() + _SHREDS + 1):
            word = part(strip, start, len(strip.glyphs))
            relation = from_strips((word,), values.relation)
            if relation.value and values.known_relation(relation.value):
                alone = from_strips((part(strip, 0, label.start()),), values.name)
                return {
                    "name": lowered(alone, WITHOUT_LABEL),
                    "relation_to_householder": lowered(relation, WITHOUT_LABEL),
                }
    return {}


def _relation_by_form(form: LabelledValues) -> Fields:
    """A word that registers use, standing alone on the row of the name.

    A lone 户主 may be what was made out of the label (户主或与户主关系), so it is less sure; behind
    a remnant of the label it is the value.
    """
    name = form.first("name")
    if name is None:
        return {}
    row = name.label.box
    pieces = [
        strip
        for strip in (*form.loose, *name.strips[1:])
        if abs(strip.box.middle - row.middle) < row.height
    ]
    words = [strip for strip in pieces if values.register_word(strip.text) is not None]
    if not words:
        return {}
    last = max(words, key=lambda strip: strip.box.left)
    reading = from_strips((last,), values.relation)
    named = any(
        strip.box.right < last.box.right and _TORN_LABEL.match(strip.text) for strip in pieces
    )
    sure = named or reading.value != _HOUSEHOLDER
    return {"relation_to_householder": reading if sure else lowered(reading, WITHOUT_LABEL)}


def _number_by_form(form: LabelledValues, fields: Fields) -> Fields:
    """An identity number is known by its form even when its label is covered."""
    if fields["id_number"].value is not None:
        return {}
    readings = (from_strips((strip,), values.id_number) for strip in form.loose)
    found = next((reading for reading in readings if reading.value), None)
    return {"id_number": lowered(found, WITHOUT_LABEL)} if found else {}
