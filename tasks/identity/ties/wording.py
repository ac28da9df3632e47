"""Ties in words: which hold, which differ, which could not be seen, and what would settle it."""

from types import MappingProxyType
from typing import Final

from models.checks.finding import Message
from models.reading.document import DocumentKind
from tasks.identity.ties.tie import Tie, TieKind, TieState, WeighedTies

_WORDS: Final = MappingProxyType(
    {
        TieKind.SURNAME: ("姓氏", "surname"),
        TieKind.AGES: ("年龄差", "difference of age"),
        TieKind.NUMBER_PLACE: ("号码所示的登记地", "place in the ID number"),
        TieKind.NATIVE_PLACE: ("籍贯", "native place"),
        TieKind.STATION: ("户口印章的派出所", "police station in the seal"),
        TieKind.REGISTRATION_DAY: ("登记日期", "day of registration"),
        TieKind.ADDRESS: ("首页与身份证的住址", "address on cover and ID card"),
        TieKind.FORM: ("页面格式", "printed form"),
        TieKind.ONE_PICTURE: ("两页同在一张照片中", "both pages in one picture"),
    }
)
_ASKED: Final = frozenset({TieKind.SURNAME, TieKind.NUMBER_PLACE, TieKind.REGISTRATION_DAY})
"""What may be called missing: every page shows these and a better picture makes them readable."""
_CERTIFICATES: Final = MappingProxyType(
    {
        DocumentKind.BIRTH_CERTIFICATE: ("出生医学证明", "birth certificate"),
        DocumentKind.MARRIAGE_CERTIFICATE: ("结婚证", "marriage certificate"),
    }
)


def describe_ties(ties: WeighedTies, *, settled_by: DocumentKind, with_cover: bool) -> Message:
    """One clause in each language, without any personal value.

    Args:
        ties: What was compared.
        settled_by: The certificate that would prove the relation without the book.
        with_cover: The book's cover was handed in, so it is not asked for.
    """
    parts_zh, parts_en = [], []
    for zh, en, found in (
        ("相符", "alike", ties.of_state(TieState.HOLDS)),
        ("不同", "different", ties.of_state(TieState.DIFFERS)),
        ("未能看清", "not seen", _missing(ties)),
    ):
        if found:
            parts_zh.append(f"{zh}：{'、'.join(_WORDS[tie.kind][0] for tie in found)}")
            parts_en.append(f"{en}: {', '.join(_WORDS[tie.kind][1] for tie in found)}")
    zh, en = _settling(ties, settled_by, with_cover=with_cover)
    return Message(zh="；".join((*parts_zh, zh)), en="; ".join((*parts_en, en)))


def _missing(ties: WeighedTies) -> tuple[Tie, ...]:
    return tuple(t for t in ties.of_state(TieState.UNSEEN) if t.kind in _ASKED)


def _settling(ties: WeighedTies, paper: DocumentKind, *, with_cover: bool) -> tuple[str, str]:
    """The certificate; where it may help, also the pages once more, or the cover."""
    zh, en = _CERTIFICATES[paper]
    also_zh, also_en = [zh], [f"the {en}"]
    if not with_cover:
        also_zh.append("户口簿首页")
        also_en.append("the cover of the book")
    if ties.state(TieKind.REGISTRATION_DAY) is TieState.UNSEEN:
        also_zh.append("登记日期清楚的页面照片")
        also_en.append("pictures in which the day of registration can be read")
    listed = " or ".join(also_en)
    return f"可以说明的材料：{'，或'.join(also_zh)}", f"what would settle it: {listed}"
