"""What the analyses call things in their titles and labels: Chinese first, colours beside."""

from typing import Final, NamedTuple

from models.checks.reason import Reason, Severity
from models.checks.reason_catalogue import REASONS
from models.decision.decision import Outcome
from models.reading.document import DocumentKind
from models.reading.field_name import field_zh

PENDING: Final = "pending"
CLEAN: Final = "clean"
UNKNOWN: Final = "未写明"


class ChartStyle(NamedTuple):
    """How an outcome is shown; `ink` is legible on `colour`."""

    zh: str
    colour: str
    ink: str


# Neighbours in a stack differ by 36 of 255 grey levels at least (ITU-R BT.601): printed without
# colour they are still told apart, and their hues are not red beside green.
OUTCOMES: Final = {
    Outcome.APPROVED.value: ChartStyle(Outcome.APPROVED.zh, "#2f7d6b", "white"),
    Outcome.RETURNED.value: ChartStyle(Outcome.RETURNED.zh, "#f0c060", "#22303c"),
    Outcome.IN_REVIEW.value: ChartStyle(Outcome.IN_REVIEW.zh, "#7fa8d1", "#22303c"),
    Outcome.REJECTED.value: ChartStyle(Outcome.REJECTED.zh, "#6b1f24", "white"),
    PENDING: ChartStyle("办理中", "#e3e6ea", "#22303c"),
}
CHANNELS: Final = {
    "national_app": "国家医保 App",
    "alipay_mini_program": "支付宝小程序",
    "wechat_account": "微信公众号",
    "local_app": "地方 App",
    "employer": "单位批量",
    "kiosk": "自助机",
    "website": "网站",
    "counter": "窗口",
}
# fmt: off
PROVINCES: Final = {
    "11": "北京", "12": "天津", "13": "河北", "14": "山西", "15": "内蒙古", "21": "辽宁",
    "22": "吉林", "23": "黑龙江", "31": "上海", "32": "江苏", "33": "浙江", "34": "安徽",
    "35": "福建", "36": "江西", "37": "山东", "41": "河南", "42": "湖北", "43": "湖南",
    "44": "广东", "45": "广西", "46": "海南", "50": "重庆", "51": "四川", "52": "贵州",
    "53": "云南", "54": "西藏", "61": "陕西", "62": "甘肃", "63": "青海", "64": "宁夏",
    "65": "新疆", "71": "台湾", "81": "香港", "82": "澳门",
}
# fmt: on
"""The first two digits of a division code (GB/T 2260)."""


def field_label(kind: str, field: str) -> str:
    """A field with the kind of paper it stands on."""
    return f"{kind_zh(kind)} · {field_zh(field)}"


def outcome_zh(outcome: str) -> str:
    """An outcome as the office calls it."""
    return OUTCOMES[outcome].zh if outcome in OUTCOMES else UNKNOWN


def place_zh(code: str) -> str:
    """A province by its two digits, or a prefecture by its four with the province's name."""
    return f"{PROVINCES.get(code[:2], '')} {code if len(code) == 2 else code.ljust(6, '0')}"


def kind_zh(kind: str) -> str:
    """The Chinese name of a kind of paper."""
    return DocumentKind(kind).zh if kind in set(DocumentKind) else UNKNOWN


def reason_zh(code: str) -> str:
    """A code's title with the code; notes, which decide nothing by themselves, are marked."""
    if code == CLEAN:
        return "无图像问题"
    if code not in set(Reason):
        return code
    reason = REASONS[Reason(code)]
    return f"{reason.zh}{'〔提示〕' if reason.severity is Severity.INFO else ''}  {code}"


def reason_in_lines(code: str) -> str:
    """A code over its title in short lines, for the foot of a column."""
    title = reason_zh(code).removesuffix(f"  {code}")
    return "\n".join([code, *(title[start : start + 6] for start in range(0, len(title), 6))])
