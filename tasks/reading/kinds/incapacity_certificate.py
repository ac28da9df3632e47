"""The certificate of incapacity (失能证明): an assessment's conclusion or a doctor's words."""

import re
import unicodedata
from types import MappingProxyType
from typing import Final

from models.reading.document import DocumentKind
from tasks.reading.engines.text_lines import TextSpan
from tasks.reading.kinds.spec import KindSpec, RequiredLabels
from tasks.reading.layout import normalise_values as values
from tasks.reading.layout.find_labels import label_words
from tasks.reading.layout.pair_values import pair_values
from tasks.reading.layout.prose import to_prose
from tasks.reading.layout.prose_fields import (
    date_of_issue,
    name_before_number,
    number_after_label,
    office_at_foot,
    prefer_labelled,
)
from tasks.reading.layout.read_field import Fields, read_field
from tasks.reading.layout.split_labels import split_labels

LABELS: Final = label_words(
    name="被评估人姓名 评估对象姓名 失能人员姓名 申请人姓名 患者姓名 参保人姓名 姓名",
    sex="性别",
    age="年龄",
    id_number="公民身份号码 居民身份证号码 身份证件号码 身份证号码 身份证号 证件号码",
    level="失能等级评估结论 失能评估结论 失能等级 评估等级 评估结论 评估结果 护理等级",
    issuing_body=(
        "评估机构(盖章) 评估机构 出具机构(盖章) 出具机构 出具单位 医疗机构 医院名称 签发机构"
    ),
    issue_date="出具日期 签发日期 日期",
    assessed_on="评估日期 评定日期 诊断日期 结论日期",
    term="有效期限 有效期",
    diagnosis="诊断 临床诊断",
    advice="处理意见 建议",
    seal="评估专用章 诊断证明专用章 (盖章) 盖章",
)
"""The labels with their wordings; a key that is no field only separates."""
CUES: Final = MappingProxyType(
    {
        "失能": 3.0, "失能等级": 2.0, "评估结论": 1.5, "护理": 1.0, "诊断": 1.0,
        "医学证明书": 1.0, "诊断证明": 1.0, "评估机构": 1.0,
    }
)  # fmt: skip
"""How much each word speaks for this kind."""
SEVERAL_LINES: Final = frozenset({"issuing_body"})
_OFFICES: Final = "医院|中心|保障局|卫生院|评估机构|有限公司|经办机构"
_GRADE: Final = r"(?:[（(]?(?:[ⅠⅡⅢⅣI\u0399l1|]{1,3}|[一二三四五六2-6])级[）)]?)"
_LEVEL: Final = re.compile(
    rf"(?:轻度|中度|重度|极重度|完全|部分)失能{_GRADE}?|失能{_GRADE}|^{_GRADE}$"
)
_ROMAN: Final = {"I": "Ⅰ", "II": "Ⅱ", "III": "Ⅲ", "IV": "Ⅳ"}


def read_fields(spans: tuple[TextSpan, ...]) -> Fields:
    """Who is incapacitated how far, by whose word, since when."""
    form = pair_values(split_labels(spans, LABELS), SEVERAL_LINES)
    prose = to_prose(spans)
    stated = _LEVEL.search(prose.text)
    sentence = prose.field(*(stated.span() if stated else (0, 0)), level)
    return {
        "name": prefer_labelled(
            read_field(form.first("name"), values.name), name_before_number(prose)
        ),
        "id_number": prefer_labelled(
            read_field(form.first("id_number"), values.id_number), number_after_label(prose)
        ),
        "level": prefer_labelled(read_field(form.first("level"), level), sentence),
        "issuing_body": prefer_labelled(
            read_field(form.first("issuing_body"), values.organisation),
            office_at_foot(prose, _OFFICES),
        ),
        "issue_date": date_of_issue(form, prose, instead="assessed_on"),
    }


def level(text: str) -> str | None:
    """The degree as printed, Roman numbers as such (a reader sees Ⅱ as II, 11 or ll)."""
    match = _LEVEL.search(re.sub(r"\s", "", text))
    if match is None:
        return None
    value = unicodedata.normalize("NFKC", match[0])
    return re.sub(
        r"[I\u03991l|]{1,3}V?(?=级)",
        lambda m: _ROMAN.get(re.sub("[\u03991l|]", "I", m[0]), m[0]),
        value,
    )


SPEC: Final = KindSpec(
    kind=DocumentKind.INCAPACITY_CERTIFICATE,
    cues=CUES,
    must_show=re.compile("失能|护理|诊断"),
    labels=LABELS,
    read_page=read_fields,
    repeated_labels=frozenset(
        {
            *("name", "id_number", "level", "degree", "issuing_body", "issue_date"),
            *("assessed_on", "diagnosis", "advice"),
        }
    ),
    whole_paper=RequiredLabels(
        frozenset({"title", "level"}),
        frozenset(
            {
                *("name", "age", "id_number", "issuing_body", "issue_date", "assessed_on"),
                *("diagnosis", "advice", "degree"),
            }
        ),
        2,
        words=label_words(
            title="失能等级 失能证明 失能评估 医学证明书 诊断证明书 诊断证明",
            degree="轻度失能 中度失能 重度失能 完全失能 部分失能",
        ),
    ),
)
