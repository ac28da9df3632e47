"""The birth medical certificate (出生医学证明): no arrangement is relied on, only its labels."""

import datetime as dt
import re
from types import MappingProxyType
from typing import Final

from models.identity.id_number import IdNumber, full_id_number, parse_id_number
from models.reading.document import DocumentKind, FieldReading
from tasks.reading.confidence.witnesses import UNREADABLE, WITHOUT_LABEL, at_most
from tasks.reading.engines.text_lines import part
from tasks.reading.image.geometry import Box
from tasks.reading.kinds.spec import KindSpec, RequiredLabels, Seal, ShapeRange, SkippedText
from tasks.reading.layout import normalise_values as values
from tasks.reading.layout.find_labels import label_words
from tasks.reading.layout.pair_values import LabelledValue, LabelledValues
from tasks.reading.layout.read_field import Fields, read_field, read_spans

LABELS: Final = label_words(
    newborn_name="新生儿姓名 婴儿姓名 新生儿姓",
    newborn_sex="性别 新生儿性别",
    birth_time="出生时间 出生日期 出生年月日",
    gestation="出生孕周 孕周",
    weight="出生体重 体重",
    length="出生身长 身长",
    birth_place="出生地点 出生地 出生地址",
    institution="医疗机构名称 接生机构名称 助产机构名称 接生机构 助产机构 医疗机构",
    mother_name="母亲姓名",
    father_name="父亲姓名",
    mother="母亲信息 母亲",
    father="父亲信息 父亲",
    newborn="新生儿信息 新生儿",
    name="姓名",
    age="年龄 年齡 年令",
    nationality="国籍",
    ethnicity="民族",
    address="家庭住址 现住址 住址 居住地址",
    id_kind="有效身份证件类别 有效身份证件类型 有效身份证件名称 证件类别 证件类型 身份证件类别",
    id_kind_named="居民身份证",
    id_number=(
        "有效身份证件号码 有效身份证件编号 有效身份证件号 身份证件号码 身份证号码 证件号码"
        " 居民身份证号码 居民身份证号 公民身份号码 身份证号 有效身份证件 号码"
    ),
    issuing_body="签发机构(盖章) 签发机构(专用章) 签发机构名称 签发机构 签发单位 签证机构",
    issue_date="签发日期 签发时间 签证日期",
    certificate_number=(
        "出生医学证明编号 出生证编号 出生证明编号 证明编号 证件编号 出生证号 出生证明号 编号"
    ),
    seal="出生医学证明专用章 医学证明专用章 专用章 (盖章) 盖章",
    title="出生医学证明",
)
"""The labels with their wordings; a key that is no field only separates."""
CUES: Final = MappingProxyType(
    {
        "出生医学证明": 3.0, "新生儿姓名": 3.0, "母亲姓名": 2.5, "父亲姓名": 2.5,
        "出生孕周": 2.0, "出生体重": 2.0, "出生身长": 2.0, "医疗机构名称": 1.5,
        "有效身份证件号码": 1.0, "签发机构": 1.0, "出生时间": 1.0, "出生地点": 1.0,
    }
)  # fmt: skip
"""How much each word speaks for this kind."""
SEVERAL_LINES: Final = frozenset({"address", "issuing_body", "institution", "birth_place"})
REREAD: Final = MappingProxyType(
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

_SEAL_HERE: Final = 5  # characters of （盖章） and （公章）, and one more
_NUMBER_AT_END: Final = re.compile(r"(?<![0-9A-Za-z])[A-Z]\d{9}\W*$")
_TIME: Final = re.compile(r"\d{1,2}(?:时|點|点|[:：])\d{1,2}分?")


def read_fields(form: LabelledValues) -> Fields:
    """The newborn, the two parents, and the certificate itself."""
    mother, father = form.first("mother_name"), form.first("father_name")
    mother_number, father_number = _numbers(form, mother, father)
    mother_read = read_field(mother_number, values.id_number)
    named = father is not None and bool(father.spans) and not values.is_blank(father.text)
    father_read = read_field(father_number, values.id_number, may_be_blank=not named)
    if mother is None or father is None:
        # By its place a number may be either parent's; the sex in it tells whose it is.
        mother_read, father_read = _number_of(form, "女"), _number_of(form, "男")
    if mother_read.value is None:
        mother_read = _number_by_form(form, "女", mother_read)
    if father_read.value is None and not _denied(father):
        father_read = _number_by_form(form, "男", father_read)
    newborn = form.first("newborn_name")
    # A father is left out as a whole: his number beside an empty name is an unread name.
    fatherless = father_number is None or values.is_blank(father_number.text) or _denied(father)
    return {
        "newborn_name": read_field(newborn, values.name),
        "newborn_sex": _sex(form, newborn),
        "birth_time": _birth_time(form),
        "mother_name": read_field(mother, values.name),
        "mother_id_number": mother_read,
        "father_name": read_field(father, values.name, may_be_blank=fatherless),
        "father_id_number": father_read,
        "certificate_number": _certificate_number(form),
        "issuing_body": read_field(_behind_bracket(form), values.organisation),
        "issue_date": read_field(form.first("issue_date"), values.date),
    }


def _number_of(form: LabelledValues, sex: str) -> FieldReading:
    """The one valid number on the certificate of a parent of this sex.

    Otherwise a field without a place: nothing is to repair a number of which nobody can say whose
    it is.
    """
    entries = (read_field(entry, values.id_number) for entry in form.all("id_number"))
    found = [r for r in entries if r.value is not None and _sex_in(r.value) == sex]
    if len(found) == 1:
        return found[0]
    return FieldReading(value=None, confidence=UNREADABLE)


def _number_by_form(form: LabelledValues, sex: str, reading: FieldReading) -> FieldReading:
    """The one valid number of a parent of this sex, whose label was not made out; else as it was.

    A newborn's certificate bears two numbers of 18 characters, and no two of one sex.
    """
    pieces = (*form.loose, *(s for entry in form.entries for s in entry.spans))
    found = {r.value: r for s in pieces if (r := read_spans((s,), values.id_number)).value}
    mine = [r for number, r in found.items() if number and _sex_in(number) == sex]
    return at_most(mine[0], WITHOUT_LABEL) if len(mine) == 1 else reading


def _behind_bracket(form: LabelledValues) -> LabelledValue | None:
    """The issuing body without （盖章）, which a label carries behind it and may be misread."""
    entry = form.first("issuing_body")
    if entry is None or len(entry.spans) < 2:
        return entry
    first = entry.spans[0].text
    bracketed = first.startswith(("(", "（")) and len(first) <= _SEAL_HERE
    return entry._replace(spans=entry.spans[1:]) if bracketed else entry


def _sex(form: LabelledValues, newborn: LabelledValue | None) -> FieldReading:
    """The sex; what follows it on the row may be the next column's, whose label was not read.

    Where its own label was not read either, it is the one piece that says nothing else: of nobody
    but the newborn a certificate prints it by itself.
    """
    entry = _nearest(form.all("newborn_sex"), newborn)
    reading = read_field(entry, values.sex)
    if reading.value is not None:
        return reading
    if entry is not None:
        return read_spans(entry.spans[:1], values.sex) if len(entry.spans) > 1 else reading
    alone = [span for span in form.loose if values.sex(span.text) is not None]
    return at_most(read_spans(alone, values.sex), WITHOUT_LABEL) if len(alone) == 1 else reading


def _birth_time(form: LabelledValues) -> FieldReading:
    """Day and time, which may stand on two lines, or apart from a label that was not read."""
    entry = form.first("birth_time")
    reading = read_field(entry, values.moment)
    if reading.value is not None:
        return reading
    times = [span for span in form.loose if _TIME.fullmatch(span.text.strip())]
    if entry is not None and entry.spans and len(times) == 1:
        both = read_spans((*entry.spans, *times), values.moment)
        return at_most(both, WITHOUT_LABEL) if both.value is not None else reading
    pieces = (*form.loose, *(span for other in form.entries for span in other.spans))
    moments = [span for span in pieces if values.moment(span.text) is not None]
    if len(moments) == 1:
        return at_most(read_spans(moments, values.moment), WITHOUT_LABEL)
    return reading


def _sex_in(number: str) -> str | None:
    """The sex that a number tells; None of one that fails its check."""
    parsed = parse_id_number(full_id_number(number), today=dt.date.max)
    return parsed.sex if isinstance(parsed, IdNumber) else None


def _denied(parent: LabelledValue | None) -> bool:
    """Whether the paper itself says that a parent is not stated (未提供)."""
    return parent is not None and bool(parent.spans) and values.is_blank(parent.text)


def _numbers(
    form: LabelledValues, mother: LabelledValue | None, father: LabelledValue | None
) -> tuple[LabelledValue | None, LabelledValue | None]:
    """Whose identity number is whose: by the parent's name that stands before it."""
    anchors = [(who, e.label.box) for who, e in (("m", mother), ("f", father)) if e]
    owned: dict[str, LabelledValue] = {}
    for entry in form.all("id_number"):
        who = _owner(entry.label.box, anchors)
        if who and (who not in owned or (entry.spans and not owned[who].spans)):
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
    for span in reversed(form.loose):
        if re.fullmatch(r"\W*[A-Za-z01258]\s?\d[\dOoIl]{8}\W*", span.text):
            reading = read_spans((span,), values.certificate_number)
            if reading.value is not None:
                return at_most(reading, WITHOUT_LABEL)
    for span in reversed(form.loose):
        found = _NUMBER_AT_END.search(span.text)
        if found is not None:  # behind a label that was not made out
            number = part(span, found.start(), len(span.glyphs))
            return at_most(read_spans((number,), values.certificate_number), WITHOUT_LABEL)
    return read_field(entries[-1] if entries else None, values.certificate_number)


SPEC: Final = KindSpec(
    kind=DocumentKind.BIRTH_CERTIFICATE,
    cues=CUES,
    labels=LABELS,
    read_form=read_fields,
    several_lines=SEVERAL_LINES,
    reread=REREAD,
    skipped=SkippedText(
        rows=frozenset({"birth_place", "institution", "weight", "length"}),
        row_ends=frozenset({"mother_name", "father_name", "id_number", "birth_time"}),
        values=frozenset({"address", "id_kind"}),
    ),
    whole_paper=RequiredLabels(
        frozenset({"newborn_name"}),
        frozenset({"mother_name", "father_name", "gestation"}),
        1,
        repeats_itself=True,
    ),
    page_shape=ShapeRange(0.6, 1.7),  # upright and lying versions
    seal=Seal.EXPECTED,
    original_only=True,
    coded_field="certificate_number",
)
