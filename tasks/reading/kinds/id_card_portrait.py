"""The portrait side of the resident identity card (人像面)."""

import re
from types import MappingProxyType
from typing import Final

from models.reading.document import DocumentKind, FieldReading
from tasks.reading.confidence.witnesses import WITHOUT_LABEL, at_most
from tasks.reading.engines.text_lines import TextSpan
from tasks.reading.kinds.spec import CARD_SHAPE, Coloured, KindSpec, RequiredLabels
from tasks.reading.layout import normalise_values as values
from tasks.reading.layout.find_labels import label_words
from tasks.reading.layout.pair_values import LabelledValue, LabelledValues
from tasks.reading.layout.read_field import Fields, read_field, read_spans, read_word

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

ROW: Final = 0.8  # of a line's height, within which two pieces stand on one row
_FLUSH: Final = frozenset({"name", "sex", "birth_date"})
"""Values that begin where those of the address do."""


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
        found |= _first("name", _above_second_row(form), values.name)
    if fields["sex"].value is None:
        found |= _first("sex", _left_of_ethnicity(form), values.sex)
    if fields["ethnicity"].value is None:
        found |= _first("ethnicity", _right_of_sex(form), _one_of_the_56)
    if form.first("address") is None:
        found |= _address_by_place(form)
    return found


def _first(field: str, spans: tuple[TextSpan, ...], normalise: values.Normaliser) -> Fields:
    for span in spans:
        reading: FieldReading = read_spans((span,), normalise)
        if reading.value is not None:
            return {field: at_most(reading, WITHOUT_LABEL)}
    return {}


def _above_second_row(form: LabelledValues) -> tuple[TextSpan, ...]:
    """Loose texts over the row of sex and ethnicity, where the name stands."""
    second = form.first("sex") or form.first("ethnicity")
    if second is None:
        return ()
    over = (s for s in form.loose if s.box.middle < second.label.box.middle - s.box.height)
    return tuple(s for s in over if not re.search(r"[\dA-Za-z]", s.text))


def _left_of_ethnicity(form: LabelledValues) -> tuple[TextSpan, ...]:
    """A loose 男 or 女, on the row of the ethnicity where that was found."""
    ethnicity = form.first("ethnicity")
    return tuple(
        span
        for span in form.loose
        if span.text.strip() in {"男", "女"} and (ethnicity is None or _on_row(span, ethnicity) < 0)
    )


def _right_of_sex(form: LabelledValues) -> tuple[TextSpan, ...]:
    """What stands behind the sex on its row."""
    sex = form.first("sex")
    if sex is None:
        return ()
    return (*sex.spans[1:], *(span for span in form.loose if _on_row(span, sex) > 0))


def _on_row(span: TextSpan, entry: LabelledValue) -> float:
    """How far a piece begins right of a label on its row, in heights; 0 on another row."""
    box, label = span.box, entry.label.box
    if abs(box.middle - label.middle) > ROW * max(box.height, label.height):
        return 0.0
    return (box.left - label.left) / max(label.height, 1e-6)


def _one_of_the_56(text: str) -> str | None:
    value = values.ethnicity(text)
    return value if value is not None and values.known_ethnicity(value) else None


def _address_by_place(form: LabelledValues) -> Fields:
    """What stands between the rows of birth and number, flush with the other values.

    A finger holds a card where its labels are; the address is the only value of several lines.
    """
    birth, number = form.first("birth_date"), form.first("id_number")
    column = [span.box.left for e in form.entries if e.label.key in _FLUSH for span in e.spans[:1]]
    if birth is None or number is None or not column:
        return {}
    unit = birth.label.box.height
    left = min(column) - unit
    rows = [
        span
        for span in form.loose
        if birth.label.box.middle + ROW * unit < span.box.middle
        and span.box.middle < number.label.box.middle - ROW * unit
        and left < span.box.left < left + 3 * unit
    ]
    if not rows or values.address("".join(span.text for span in rows)) is None:
        return {}
    rows.sort(key=lambda span: span.box.middle)
    return {"address": at_most(read_spans(rows, values.address), WITHOUT_LABEL)}


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
        frozenset({"id_number"}),
        frozenset({"name", "address", "birth_date", "sex"}),
        2,
        above=frozenset({"name", "sex", "birth_date"}),
        below=frozenset({"id_number"}),
    ),
    page_shape=CARD_SHAPE,
    most_text=42.0,
    number_shows_label=True,
    coloured=Coloured.CARD,
    original_only=True,
    portrait_right_of_text=True,
    bears_face=True,
)
