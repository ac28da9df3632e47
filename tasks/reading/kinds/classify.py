"""Tell what paper it is by the words that only this paper prints."""

import re
from types import MappingProxyType
from typing import Final, NamedTuple

from rapidfuzz import fuzz

from models.reading.document import DocumentKind

K = DocumentKind


class KindGuess(NamedTuple):
    """A kind with a confidence from 0 to 1."""

    kind: DocumentKind
    confidence: float


CUES: Final[MappingProxyType[DocumentKind, dict[str, float]]] = MappingProxyType(
    {
        K.ID_CARD_PORTRAIT: {
            "公民身份号码": 3.0, "住址": 1.0, "民族": 0.7, "性别": 0.7, "姓名": 0.7, "出生": 0.7,
        },
        K.ID_CARD_EMBLEM: {
            "居民身份证": 2.5, "中华人民共和国": 1.0, "签发机关": 2.5, "有效期限": 2.5,
        },
        K.HUKOU_COVER: {
            "户别": 2.0, "户主姓名": 3.0, "户号": 1.0, "住址": 0.7, "省级公安机关": 2.5,
            "户口登记机关": 2.5, "户口专用章": 1.0, "居民户口簿": 1.5, "签发日期": 0.7,
            "承办人签章": 0.5,
        },
        K.HUKOU_MEMBER: {
            "常住人口登记卡": 4.0, "户主或与户主关系": 3.0, "曾用名": 2.0, "籍贯": 1.0,
            "文化程度": 1.5, "婚姻状况": 1.5, "兵役状况": 1.5, "服务处所": 1.5, "宗教信仰": 1.0,
            "何时由何地迁来": 2.0, "登记日期": 0.5, "公民身份号码": 0.5, "出生日期": 0.3,
            "公民身份证件编号": 1.0, "姓名": 0.3, "性别": 0.3, "民族": 0.3, "承办人签章": 0.5,
        },
        K.BIRTH_CERTIFICATE: {
            "出生医学证明": 3.0, "新生儿姓名": 3.0, "母亲姓名": 2.5, "父亲姓名": 2.5,
            "出生孕周": 2.0, "出生体重": 2.0, "出生身长": 2.0, "医疗机构名称": 1.5,
            "有效身份证件号码": 1.0, "签发机构": 1.0, "出生时间": 1.0, "出生地点": 1.0,
        },
        K.MARRIAGE_CERTIFICATE: {
            "结婚证": 3.0, "结婚证字号": 3.0, "持证人": 2.0, "结婚登记": 2.0, "登记日期": 0.5,
            "自愿结婚": 2.5, "结婚申请": 2.5, "婚姻登记员": 1.5, "婚姻登记": 1.0, "国籍": 0.3,
            "身份证件号": 1.0, "发给此证": 0.7,
        },
        K.KINSHIP_NOTARIAL: {
            "公证书": 3.0, "公证处": 2.0, "兹证明": 2.0, "公证员": 2.0, "关系人": 1.5,
            "申请人": 0.7, "公证事项": 1.5, "亲属关系": 1.0,
        },
        K.COMMITMENT_LETTER: {
            "承诺书": 3.5, "承诺人": 2.0, "本人承诺": 2.0, "被绑定人": 1.0, "自愿承担": 1.0,
            "家庭成员": 0.7, "家庭共济": 0.7, "签名": 0.5, "签字": 0.5,
        },
        K.INSURANCE_CERTIFICATE: {
            "参保凭证": 3.5, "参保证明": 3.5, "缴费": 1.0, "参保地": 1.5, "险种": 1.0,
            "参保人": 1.0, "参保状态": 1.5, "社会保险": 1.0, "医疗保险": 0.7, "参保时间": 1.0,
            "基本医疗保险": 1.0, "医疗保障局": 0.5,
        },
        K.INCAPACITY_CERTIFICATE: {
            "失能": 3.0, "失能等级": 2.0, "评估结论": 1.5, "护理": 1.0, "诊断": 1.0,
            "医学证明书": 1.0, "诊断证明": 1.0, "评估机构": 1.0,
        },
    }
)  # fmt: skip
"""How much each word speaks for a kind."""

FOREIGN: Final[MappingProxyType[str, float]] = MappingProxyType(
    {
        "离婚证": 8.0, "离婚登记": 6.0, "自愿离婚": 6.0, "离婚申请": 6.0, "申请离婚": 6.0,
        "临时居民身份证": 12.0, "临时身份证": 12.0, "居住证": 10.0, "港澳居民": 8.0,
        "台湾居民": 8.0, "永久居留": 10.0, "通行证号码": 6.0, "社会保障卡": 10.0,
        "社会保障号码": 3.0, "医疗保障卡": 8.0, "借记卡": 6.0, "银行卡": 6.0, "信用卡": 6.0,
        "驾驶证": 10.0, "准驾车型": 8.0, "行驶证": 10.0, "护照": 8.0, "学生证": 8.0,
        "索引表": 9.0, "变动后的住址": 4.0, "变动日期": 2.0, "更正后的内容": 4.0,
        "更正后内容": 4.0, "变更更正日期": 3.0, "登记事项变更和更正": 4.0, "户口迁移证": 10.0,
        "户籍证明": 8.0, "无犯罪记录": 8.0, "委托公证": 6.0, "购物小票": 6.0, "销售单": 4.0,
        "营业执照": 8.0, "准生证": 8.0, "预防接种": 6.0, "独生子女": 4.0,
    }
)  # fmt: skip
"""What only papers print that are none of ours, and how much it speaks against all of them.

These words count only as they are: a divorce certificate differs by one character from a
marriage certificate.
"""

REQUIRED: Final = MappingProxyType(
    {
        K.MARRIAGE_CERTIFICATE: re.compile("结婚"),
        K.KINSHIP_NOTARIAL: re.compile("公证|兹证明"),
        K.COMMITMENT_LETTER: re.compile("承诺"),
        K.INSURANCE_CERTIFICATE: re.compile("参保|参加|投保|缴费"),
        K.INCAPACITY_CERTIFICATE: re.compile("失能|护理|诊断"),
        # 81, 82 and 83 are the residence permits of Hong Kong, Macao and Taiwan.
        K.ID_CARD_PORTRAIT: re.compile(r"^(?!.*(?<!\d)8[123]0000(?:19|20)\d{9}[\dXx])", re.DOTALL),
    }
)
"""What the page of a kind must show as it is, whatever else speaks for it."""

EXACT: Final = frozenset({"结婚证字号", "结婚登记", "自愿结婚", "结婚申请", "婚姻登记"})
"""Words that one misread character would turn into another paper's."""

ENOUGH: Final = 3.0
"""Less evidence than this is no kind at all."""


def classify(texts: tuple[str, ...]) -> KindGuess:
    """The kind that the page's words speak for; `OTHER` when too few do."""
    page = "\n".join("".join(text.split()) for text in texts)
    scores = {kind: _score(page, cues) for kind, cues in CUES.items() if _shown(kind, page)}
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    (kind, best), (_, second) = ranked[0], ranked[1]
    foreign = sum(weight for word, weight in FOREIGN.items() if word in page)
    if foreign and foreign >= best - foreign:
        return KindGuess(K.OTHER, round(min(0.97, 0.6 + 0.05 * foreign), 3))
    if best < ENOUGH:
        return KindGuess(K.OTHER, max(0.0, 0.9 - best / ENOUGH * 0.6))
    strength = min(1.0, 0.6 + 0.4 * (best - ENOUGH) / 4.0)
    lead = min(1.0, 0.5 + (best - second) / best)
    return KindGuess(kind, round(min(0.99, strength * lead), 3))


def _shown(kind: DocumentKind, page: str) -> bool:
    """Whether a kind's page shows what it must."""
    required = REQUIRED.get(kind)
    return required is None or required.search(page) is not None


def _score(page: str, cues: dict[str, float]) -> float:
    return sum(weight for word, weight in cues.items() if _printed(word, page))


def _printed(word: str, page: str) -> bool:
    """Whether a word stands on the page; a long one may have a misread character."""
    if word in page:
        return True
    if word in EXACT:
        return False
    return len(word) >= 4 and fuzz.partial_ratio(word, page, score_cutoff=74) > 0
