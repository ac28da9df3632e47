"""The certificate of insurance (参保凭证): labelled, or in one sentence."""

import re
from types import MappingProxyType
from typing import Final

from models.intake.application import InsuranceType
from models.reading.document import DocumentKind, FieldReading
from tasks.reading.engines.text_lines import TextSpan
from tasks.reading.kinds.spec import KindSpec, RequiredLabels
from tasks.reading.layout import normalise_values as values
from tasks.reading.layout.find_labels import label_words
from tasks.reading.layout.pair_values import LabelledValues, pair_values
from tasks.reading.layout.prose import HAN, Prose, to_prose
from tasks.reading.layout.prose_fields import (
    date_of_issue,
    name_before_number,
    number_after_label,
    prefer_labelled,
)
from tasks.reading.layout.read_field import NOT_FOUND, Fields, read_field
from tasks.reading.layout.split_labels import split_labels

LABELS: Final = label_words(
    name="参保人姓名 参保人员姓名 人员姓名 姓名 参保人员 参保人",
    sex="性别",
    id_number=(
        "公民身份号码 居民身份证号码 身份证件号码 身份证号码 身份证号 社会保障号码 社会保障号"
        " 证件号码 有效身份证件号码"
    ),
    insured_region="参保统筹地区 参保统筹区 参保地区 参保地 统筹地区 统筹区 行政区划",
    insurance_type="参保险种 险种类型 险种名称 参保类型 参保类别 医保类型 险种",
    since="参保时间 参保日期 起始年月 首次参保时间 参保起始时间 开始日期",
    until="终止年月 截止年月 结束日期",
    state="参保状态 缴费状态 人员状态",
    months="缴费月数 累计缴费月数 缴费年限",
    employer="单位名称 参保单位 工作单位",
    office="经办机构(盖章) 经办机构 出具机构 出具单位 证明机构",
    issue_date="出具日期 打印日期 开具日期 证明日期 制表日期 打印时间 出具时间 日期",
    phone="联系电话",
    code="验证码 校验码 凭证号",
    seal="业务专用章 (盖章) 盖章",
)
"""The labels with their wordings; a key that is no field only separates."""
CUES: Final = MappingProxyType(
    {
        "参保凭证": 3.5, "参保证明": 3.5, "缴费": 1.0, "参保地": 1.5, "险种": 1.0,
        "参保人": 1.0, "参保状态": 1.5, "社会保险": 1.0, "医疗保险": 0.7, "参保时间": 1.0,
        "基本医疗保险": 1.0, "医疗保障局": 0.5,
    }
)  # fmt: skip
"""How much each word speaks for this kind."""
SEVERAL_LINES: Final = frozenset({"insured_region", "insurance_type"})
_SCHEME: Final = rf"参加(?P<scheme>{HAN}{{2,16}}?(?:保险|医保|合作医疗))"
_STATES: Final = (
    r"(?:已|现|目前|起)(?P<state>停保|停缴|断缴|退保|欠费|(?:暂停|中断|终止|停止)(?:参保|缴费))",
    rf"状态(?:为|是|：)?(?P<state>{HAN}{{2,8}})",
)
"""How a sentence says whether the insurance is in force; that it has ended comes first."""
_PLACE: Final = rf"在(?P<place>{HAN}{{2,24}}?)参加"


def read_fields(spans: tuple[TextSpan, ...]) -> Fields:
    """Who is insured where and how, and since when that is certified."""
    form = pair_values(split_labels(spans, LABELS), SEVERAL_LINES)
    prose = to_prose(spans)
    fields = {
        "name": prefer_labelled(
            read_field(form.first("name"), values.name), name_before_number(prose)
        ),
        "id_number": prefer_labelled(
            read_field(form.first("id_number"), values.id_number), number_after_label(prose)
        ),
        "insured_region": prefer_labelled(
            read_field(form.first("insured_region"), place),
            prose.group(prose.first(_PLACE), "place", place),
        ),
        "insurance_type": prefer_labelled(
            read_field(form.first("insurance_type"), scheme), _scheme(prose)
        ),
        "issue_date": date_of_issue(form, prose),
    }
    return fields | _state(form, prose)


def _state(form: LabelledValues, prose: Prose) -> Fields:
    """Whether the insurance is in force (正常参保, 停保), where the certificate says it at all."""
    said = (prose.group(prose.first(p), "state", state) for p in _STATES)
    labelled = read_field(form.first("state"), state)
    found = next((field for field in (labelled, *said) if field.value is not None), None)
    return {"insured_state": found} if found else {}


def place(text: str) -> str | None:
    """A division's name, or its six digits where those are printed."""
    code = re.fullmatch(r"\D{0,2}(\d{6})\D{0,2}", text)
    if code:
        return code[1]
    value = values.squeeze(text)
    return value if re.fullmatch(rf"{HAN}{{2,30}}", value) else None


def state(text: str) -> str | None:
    """A word or two of Chinese, as printed."""
    value = values.squeeze(text)
    return value if re.fullmatch(rf"{HAN}{{2,10}}", value) else None


def scheme(text: str) -> str | None:
    """`employee` for 职工, `resident` for 居民; None where it says neither or both."""
    employee = "职工" in text
    resident = bool(re.search(r"居民|农村|合作医疗", text))
    if employee == resident:
        return None
    return InsuranceType.EMPLOYEE.value if employee else InsuranceType.RESIDENT.value


def _scheme(prose: Prose) -> FieldReading:
    match = prose.first(_SCHEME)
    if match is None:
        match = prose.first(r"(?P<scheme>(?:城镇)?职工(?:基本)?医|(?:城乡)?居民(?:基本)?医)")
    return prose.group(match, "scheme", scheme) if match else NOT_FOUND


SPEC: Final = KindSpec(
    kind=DocumentKind.INSURANCE_CERTIFICATE,
    cues=CUES,
    must_show=re.compile("参保|参加|投保|缴费"),
    labels=LABELS,
    read_page=read_fields,
    repeated_labels=frozenset(
        {"name", "id_number", "insurance_type", "issue_date", "office", "attest", "scheme"}
    ),
    whole_paper=RequiredLabels(
        frozenset({"title", "insured_region", "insurance_type", "state"}),
        frozenset(
            {
                *("name", "id_number", "insured_region", "insurance_type", "since", "state"),
                *("employer", "office", "issue_date", "attest", "scheme"),
            }
        ),
        2,
        words=label_words(
            title="参保凭证 参保证明", attest="特此证明 兹证明", scheme="医疗保险 基本医保"
        ),
    ),
)
