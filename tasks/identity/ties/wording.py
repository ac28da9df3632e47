"""Ties in words: which hold, which differ, which could not be seen, and what would settle it."""

from types import MappingProxyType
from typing import Final

from models.checks.finding import Message
from models.intake.application import Relationship
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
_TWO_CERTIFICATES: Final = (
    "亲属关系公证书，或孙辈与其父亲或母亲两人的出生医学证明",
    "a notarial certificate of kinship, or the birth certificates of the grandchild and its parent",
)
_SETTLING: Final = MappingProxyType(
    {
        Relationship.CHILD: ("孩子的出生医学证明", "the child's birth certificate"),
        Relationship.PARENT: ("申请人的出生医学证明", "the applicant's birth certificate"),
        Relationship.SPOUSE: ("结婚证", "the marriage certificate"),
        Relationship.SIBLING: ("双方的出生医学证明", "the birth certificates of both"),
        Relationship.GRANDPARENT: _TWO_CERTIFICATES,
        Relationship.GRANDCHILD: _TWO_CERTIFICATES,
    }
)
"""What would prove each relation without the book."""
_ADOPTION: Final = ("亲属关系公证书", "a notarial certificate of kinship")
"""Where a page speaks of an adoption, the certificate of birth names other parents."""


def describe_ties(
    ties: WeighedTies,
    *,
    relationship: Relationship | None,
    adopted: bool = False,
    with_cover: bool,
) -> Message:
    """One clause in each language, without any personal value.

    Args:
        ties: What was compared.
        relationship: What the form claims; it decides what would prove it without the book.
        adopted: A page of the two speaks of an adoption.
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
    paper = _ADOPTION if adopted or relationship is None else _SETTLING.get(relationship, _ADOPTION)
    zh, en = _settling(ties, paper, with_cover=with_cover)
    return Message(zh="；".join((*parts_zh, zh)), en="; ".join((*parts_en, en)))


def _missing(ties: WeighedTies) -> tuple[Tie, ...]:
    return tuple(t for t in ties.of_state(TieState.UNSEEN) if t.kind in _ASKED)


def _settling(ties: WeighedTies, paper: tuple[str, str], *, with_cover: bool) -> tuple[str, str]:
    """The certificate; where it may help, also the pages once more, or the cover."""
    also_zh, also_en = [paper[0]], [paper[1]]
    if not with_cover:
        also_zh.append("户口簿首页")
        also_en.append("the cover of the book")
    if ties.state(TieKind.REGISTRATION_DAY) is TieState.UNSEEN:
        also_zh.append("登记日期清楚的页面照片")
        also_en.append("pictures in which the day of registration can be read")
    listed = " or ".join(also_en)
    return f"可以说明的材料：{'，或'.join(also_zh)}", f"what would settle it: {listed}"
