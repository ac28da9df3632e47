"""The portrait side of the resident identity card (人像面)."""

import re
from types import MappingProxyType
from typing import Final

from models.reading.document import DocumentKind, FieldReading
from tasks.reading.confidence.witnesses import WITHOUT_LABEL, at_most
from tasks.reading.engines.text_lines import TextSpan
from tasks.reading.kinds.read_field import Fields, read_field, read_spans, read_word
from tasks.reading.kinds.spec import CARD_SHAPE, Coloured, KindSpec, RequiredLabels
from tasks.reading.layout import normalise_values as values
from tasks.reading.layout.find_labels import label_words
from tasks.reading.layout.pair_values import LabelledValues

LABELS: Final = label_words(
    name="姓名",
    sex="性别",
    ethnicity="民族",
    birth_date="出生日期 出生",
    address="住址",
    id_number="公民身份号码 公民身份证号码 公民身份证号 公民身份证件号码 身份证号码",
)
"""The labels with their wordings; a key that is no field only separates."""
CUES: Final = MappingProxyType(
    {
        "公民身份号码": 3.0, "住址": 1.0, "民族": 0.7, "性别": 0.7, "姓名": 0.7, "出生": 0.7,
    }
)  # fmt: skip
"""How much each word speaks for this kind."""
SEVERAL_LINES: Final = frozenset({"address"})
REREAD: Final = MappingProxyType(
    {
        "name": values.name,
        "sex": values.sex,
        "ethnicity": values.ethnicity,
        "birth_date": values.date,
        "id_number": values.id_number,
    }
)


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


def _first(field: str, spans: tuple[TextSpan, ...], normalise: values.Normaliser) -> Fields:
    for span in spans:
        reading: FieldReading = read_spans((span,), normalise)
        if reading.value is not None:
            return {field: at_most(reading, WITHOUT_LABEL)}
    return {}


def _above_sex(form: LabelledValues) -> tuple[TextSpan, ...]:
    """Loose texts over the row of the sex, where the name stands; a stray 姓名 cut off."""
    sex = form.first("sex")
    if sex is None:
        return ()
    over = (s for s in form.loose if s.box.middle < sex.label.box.middle - s.box.height)
    return tuple(s for s in over if not re.search(r"[\dA-Za-z]", s.text))


SPEC: Final = KindSpec(
    kind=DocumentKind.ID_CARD_PORTRAIT,
    cues=CUES,
    # 81, 82 and 83 are the residence permits of Hong Kong, Macao and Taiwan.
    must_show=re.compile(r"^(?!.*(?<!\d)8[123]0000(?:19|20)\d{9}[\dXx])", re.DOTALL),
    labels=LABELS,
    read_form=read_fields,
    several_lines=SEVERAL_LINES,
    reread=REREAD,
    whole_paper=RequiredLabels(
        frozenset({"id_number"}), frozenset({"name", "address", "birth_date", "sex"}), 2
    ),
    page_shape=CARD_SHAPE,
    number_shows_label=True,
    coloured=Coloured.CARD,
    original_only=True,
    portrait_right_of_text=True,
    bears_face=True,
)
