"""Tell what paper it is by the words that only this paper prints."""

from types import MappingProxyType
from typing import Final, NamedTuple

from rapidfuzz import fuzz

from models.reading.document import DocumentKind
from tasks.reading.kinds.registry import READ_KINDS
from tasks.reading.kinds.spec import KindSpec


class KindGuess(NamedTuple):
    """A kind with a confidence from 0 to 1."""

    kind: DocumentKind
    confidence: float


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

ENOUGH: Final = 3.0
"""Less evidence than this is no kind at all."""


def classify(texts: tuple[str, ...]) -> KindGuess:
    """The kind that the page's words speak for; `OTHER` when too few do."""
    page = "\n".join("".join(text.split()) for text in texts)
    scores = {spec.kind: _score(page, spec) for spec in READ_KINDS if _shows_required(spec, page)}
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    (kind, best), (_, second) = ranked[0], ranked[1]
    foreign = sum(weight for word, weight in FOREIGN.items() if word in page)
    if foreign and foreign >= best - foreign:
        return KindGuess(DocumentKind.OTHER, round(min(0.97, 0.6 + 0.05 * foreign), 3))
    if best < ENOUGH:
        return KindGuess(DocumentKind.OTHER, max(0.0, 0.9 - best / ENOUGH * 0.6))
    strength = min(1.0, 0.6 + 0.4 * (best - ENOUGH) / 4.0)
    lead = min(1.0, 0.5 + (best - second) / best)
    return KindGuess(kind, round(min(0.99, strength * lead), 3))


def _shows_required(spec: KindSpec, page: str) -> bool:
    """Whether a page shows what one of this kind must."""
    return spec.must_show is None or spec.must_show.search(page) is not None


def _score(page: str, spec: KindSpec) -> float:
    return sum(weight for word, weight in spec.cues.items() if _printed(word, page, spec))


def _printed(word: str, page: str, spec: KindSpec) -> bool:
    """Whether a word stands on the page; a long one may have a misread character."""
    if word in page:
        return True
    if word in spec.exact_cues:
        return False
    return len(word) >= 4 and fuzz.partial_ratio(word, page, score_cutoff=74) > 0
