"""The cover page of the hukou booklet (首页)."""

import re
from types import MappingProxyType
from typing import Final

from models.reading.document import DocumentKind, FieldReading
from tasks.reading.confidence.witnesses import UNMISTAKABLE, at_most
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
    household_type="户别 户口类别 户口性质",
    householder_name="户主姓名 户主",
    household_number="户号 户口号 户口编号 户籍号",
    address="住址 户籍地址 家庭住址 现住址",
    issue_date="签发日期 签发时间 发证日期",
    seal_province="省级公安机关户口专用章 省级公安机关",
    seal_station="户口登记机关户口专用章 户口登记机关",
    seal="户口专用章",
    clerk="承办人签章 经办人签章 承办人",
    title="居民户口簿 户口簿",
    moved="住址变动登记",
)
"""The labels with their wordings; a key that is no field only separates."""
CUES: Final = MappingProxyType(
    {
        "户别": 2.0, "户主姓名": 3.0, "户号": 1.0, "住址": 0.7, "省级公安机关": 2.5,
        "户口登记机关": 2.5, "户口专用章": 1.0, "居民户口簿": 1.5, "签发日期": 0.7,
        "承办人签章": 0.5,
    }
)  # fmt: skip
"""How much each word speaks for this kind."""
SEVERAL_LINES: Final = frozenset({"address"})
REREAD: Final = MappingProxyType(
    {
        "household_type": values.household_type,
        "householder_name": values.name,
        "household_number": values.digits,
        "issue_date": values.date,
    }
)
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
    loose_value = next(loose, None) if named.value is None else None
    return (
        at_most(read_spans((loose_value,), values.household_type), UNMISTAKABLE)
        if loose_value
        else named
    )


def _household_number(form: LabelledValues) -> FieldReading:
    """By its label (户号), else by the half of the label that was made out."""
    named = read_field(form.first("household_number"), values.digits)
    loose = (s for s in form.loose if _NUMBER.fullmatch(s.text.strip()))
    loose_value = next(loose, None) if named.value is None else None
    return (
        at_most(read_spans((loose_value,), values.digits), UNMISTAKABLE) if loose_value else named
    )


SPEC: Final = KindSpec(
    kind=DocumentKind.HUKOU_COVER,
    cues=CUES,
    labels=LABELS,
    read_form=read_fields,
    several_lines=SEVERAL_LINES,
    reread=REREAD,
    skipped=SkippedText(rows=frozenset({"seal_province", "seal_station", "seal"})),
    seal_names_station="always",
    whole_paper=RequiredLabels(
        frozenset({"household_type", "householder_name"}),
        frozenset({"household_number", "address", "clerk", "issue_date", "title"}),
        1,
        frozenset({"seal_province", "seal_station", "household_number"}),
        above=frozenset({"household_type", "householder_name", "household_number"}),
        below=frozenset({"clerk", "issue_date"}),
    ),
    page_shape=BOOK_PAGE_SHAPE,
    text_shape=ShapeRange(0.95, 1.6),
    most_text=54.0,
    seal=Seal.EXPECTED,
    original_only=True,
    filled_in_by_pen=True,
)
