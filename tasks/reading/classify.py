"""Tell what paper it is by the words that only this paper prints."""

from types import MappingProxyType
from typing import Final, NamedTuple

from rapidfuzz import fuzz

from models.document import DocumentKind

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
        },
        K.KINSHIP_NOTARIAL: {
            "公证书": 3.0, "公证处": 2.0, "兹证明": 2.0, "公证员": 2.0, "关系人": 1.5,
        },
        K.COMMITMENT_LETTER: {"承诺书": 3.5, "承诺人": 2.0, "本人承诺": 2.0, "被绑定人": 1.0},
        K.INSURANCE_CERTIFICATE: {
            "参保凭证": 3.5, "参保证明": 3.5, "缴费": 1.0, "参保地": 1.5, "险种": 1.0,
            "参保人": 1.0,
            "社会保险": 1.0, "医疗保险": 0.7,
        },
        K.INCAPACITY_CERTIFICATE: {
            "失能": 3.0, "失能等级": 2.0, "评估结论": 1.5, "护理": 1.0, "诊断": 1.0,
            "医学证明书": 1.0,
        },
    }
)  # fmt: skip
"""How much each word speaks for a kind."""

ENOUGH: Final = 3.0
"""Less evidence than this is no kind at all."""


def classify(texts: tuple[str, ...]) -> KindGuess:
    """The kind that the page's words speak for; `OTHER` when too few do."""
    page = "\n".join("".join(text.split()) for text in texts)
    scores = {kind: _score(page, cues) for kind, cues in CUES.items()}
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    (kind, best), (_, second) = ranked[0], ranked[1]
    if best < ENOUGH:
        return KindGuess(K.OTHER, max(0.0, 0.9 - best / ENOUGH * 0.6))
    strength = min(1.0, 0.6 + 0.4 * (best - ENOUGH) / 4.0)
    lead = min(1.0, 0.5 + (best - second) / best)
    return KindGuess(kind, round(min(0.99, strength * lead), 3))


def _score(page: str, cues: dict[str, float]) -> float:
    return sum(weight for word, weight in cues.items() if _printed(word, page))


def _printed(word: str, page: str) -> bool:
    """Whether a word stands on the page; a long one may have a misread character."""
    if word in page:
        return True
    return len(word) >= 4 and fuzz.partial_ratio(word, page, score_cutoff=74) > 0
