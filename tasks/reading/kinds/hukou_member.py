"""The registration card of one member of a household (常住人口登记卡)."""

import re
from types import MappingProxyType
from typing import Final

from models.reading.document import DocumentKind
from tasks.reading.confidence.witnesses import (
    LEGIBLE,
    SALVAGED,
    WITH_REST_OF_LABEL,
    WITHOUT_LABEL,
    at_most,
)
from tasks.reading.engines.text_lines import part
from tasks.reading.kinds.spec import (
    BOOK_PAGE_SHAPE,
    KindSpec,
    RequiredLabels,
    Seal,
    ShapeRange,
    SkippedText,
)
from tasks.reading.layout import normalise_values as values
from tasks.reading.layout.find_labels import label_words
from tasks.reading.layout.pair_values import LabelledValues
from tasks.reading.layout.read_field import Fields, dated, read_field, read_spans, read_word

LABELS: Final = label_words(
    name="姓名",
    relation_to_householder=(
        "户主或与户主关系 户主或与户主的关系 户主或与 户主关系 与户主关系 与户主的关系"
    ),
    former_name="曾用名",
    sex="性别",
    birth_place="出生地",
    ethnicity="民族",
    native_place="籍贯",
    birth_date="出生日期 出生年月日",
    other_address="本市(县)其他住址 本市县其他住址 本市(县)其它住址 本市(县) 其他住址 其它住址",
    religion="宗教信仰",
    id_number=(
        "公民身份号码 公民身份证件编号 公民身份证件号码 公民身份证编号 公民身份证号码 公民身份证号"
        " 公民身份证件 公民身份 身份证件编号 身份证号码 证件编号 号码"
    ),
    height="身高",
    blood="血型",
    schooling="文化程度",
    marital_status="婚姻状况 婚否",
    military="兵役状况",
    employer="服务处所 工作单位",
    occupation="职业",
    moved_to_city=(
        "何时由何地迁来本市(县) 何时由何地迁来本市县 何时由何地迁来本市"
        " 何时由何地迁来本县 迁来本市(县)"
    ),
    moved_here="何时由何地迁来本址 何时由何地迁来 何时由何地 迁来本址",
    clerk="承办人签章 经办人签章 承办人",
    registration_date="登记日期",
    household_number="户号 户口号 户编号",
    title="常住人口登记卡 登记事项变更和更正记载",
    seal="户口登记章 户口专用章 户口登记专用章",
)
"""The labels with their wordings; a key that is no field only separates."""
CUES: Final = MappingProxyType(
    {
        "常住人口登记卡": 4.0, "户主或与户主关系": 3.0, "曾用名": 2.0, "籍贯": 1.0,
        "文化程度": 1.5, "婚姻状况": 1.5, "兵役状况": 1.5, "服务处所": 1.5, "宗教信仰": 1.0,
        "何时由何地迁来": 2.0, "登记日期": 0.5, "公民身份号码": 0.5, "出生日期": 0.3,
        "公民身份证件编号": 1.0, "姓名": 0.3, "性别": 0.3, "民族": 0.3, "承办人签章": 0.5,
    }
)  # fmt: skip
"""How much each word speaks for this kind."""
SEVERAL_LINES: Final = frozenset(
    {"birth_place", "native_place", "other_address", "employer", "moved_to_city", "moved_here"}
)
REREAD: Final = MappingProxyType(
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
    status = fields["marital_status"]
    if status.value and status.value != values.squeeze(status.raw):
        fields["marital_status"] = at_most(status, SALVAGED)
    if fields["registration_date"].value is None:
        alone = dated(form, "登记|签发|填发", values.date)
        fields |= {"registration_date": alone} if alone.value is not None else {}
    number = form.first("household_number")
    if number is not None:
        fields["household_number"] = read_field(number, values.digits)
    relation = fields["relation_to_householder"]
    if relation.value and re.fullmatch("户主.+", relation.value):
        fields["relation_to_householder"] = at_most(relation, WITH_REST_OF_LABEL)
    if relation.value is None:
        fields |= _torn_apart(form) or _relation_by_form(form)
    return fields | _number_by_form(form, fields) | _native_place(form)


def _native_place(form: LabelledValues) -> Fields:
    """The native place, which ties pages of one book: only where it was legible.

    Nobody is asked for it, so a page is none the worse for one that is blank or illegible.
    """
    reading = read_field(form.first("native_place"), values.native_place)
    legible = reading.value is not None and reading.confidence >= LEGIBLE
    return {"native_place": reading} if legible else {}


def _torn_apart(form: LabelledValues) -> Fields:
    """Name and relation word that were read as one line, the label between them half lost.

    That label (户主或与户主关系) is often printed in two small rows in its cell, and a line finder
    takes name, label and word for one line: 钟秀丽户主妻子.
    """
    name = form.first("name")
    for span in name.spans if name else ():
        label = _TORN_LABEL.search(span.text, 2)
        if label is None:
            continue
        for start in range(label.end(), label.end() + _SHREDS + 1):
            word = part(span, start, len(span.glyphs))
            relation = read_spans((word,), values.relation)
            if relation.value and values.known_relation(relation.value):
                alone = read_spans((part(span, 0, label.start()),), values.name)
                return {
                    "name": at_most(alone, WITHOUT_LABEL),
                    "relation_to_householder": at_most(relation, WITHOUT_LABEL),
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
        span
        for span in (*form.loose, *name.spans[1:])
        if abs(span.box.middle - row.middle) < row.height
    ]
    words = [span for span in pieces if values.register_word(span.text) is not None]
    if not words:
        return {}
    last = max(words, key=lambda span: span.box.left)
    reading = read_spans((last,), values.relation)
    named = any(span.box.right < last.box.right and _TORN_LABEL.match(span.text) for span in pieces)
    sure = named or reading.value != _HOUSEHOLDER
    return {"relation_to_householder": reading if sure else at_most(reading, WITHOUT_LABEL)}


def _number_by_form(form: LabelledValues, fields: Fields) -> Fields:
    """An identity number is known by its form even when its label is covered."""
    if fields["id_number"].value is not None:
        return {}
    readings = (read_spans((span,), values.id_number) for span in form.loose)
    number = next((reading for reading in readings if reading.value), None)
    return {"id_number": at_most(number, WITHOUT_LABEL)} if number else {}


SPEC: Final = KindSpec(
    kind=DocumentKind.HUKOU_MEMBER,
    cues=CUES,
    labels=LABELS,
    read_form=read_fields,
    several_lines=SEVERAL_LINES,
    repeated_labels=frozenset({"relation_to_householder"}),
    reread=REREAD,
    skipped=SkippedText(
        rows=frozenset({"other_address", "employer", "moved_to_city", "moved_here"}),
        row_ends=frozenset({"id_number", "registration_date", "marital_status"}),
        values=frozenset({"birth_place"}),
        lowest="marital_status",
        foot="registration_date",
        not_on_all=frozenset({"household_number"}),
    ),
    whole_paper=RequiredLabels(
        frozenset({"name", "relation_to_householder"}),
        frozenset(
            {
                *("former_name", "birth_place", "native_place", "other_address", "id_number"),
                *("schooling", "employer", "moved_to_city", "moved_here", "clerk"),
            }
        ),
        4,
        above=frozenset({"name", "former_name", "sex"}),
        below=frozenset({"schooling", "employer", "clerk", "registration_date"}),
    ),
    page_shape=BOOK_PAGE_SHAPE,
    text_shape=ShapeRange(1.05, 1.55),
    most_text=53.0,
    seal=Seal.EXPECTED,
    original_only=True,
    filled_in_by_pen=True,
    notes_changes=True,
    may_be_cancelled=True,
    seal_names_station="unnumbered",
)
