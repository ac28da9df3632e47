"""Sentences about kinship in both languages, without names."""

from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

from models.checks.finding import Message
from models.intake.application import Relationship
from models.kinship.claim import Ambiguity
from models.kinship.kin_class import KinClass
from models.kinship.relation_word import RelationWord

_CLASS_ZH_EN: Final = MappingProxyType(
    {
        KinClass.HOUSEHOLDER: ("户主本人", "the householder"),
        KinClass.SPOUSE: ("户主的配偶", "the householder's spouse"),
        KinClass.CHILD: ("户主的子女", "the householder's child"),
        KinClass.ADOPTED_CHILD: ("户主的养子女", "the householder's adopted child"),
        KinClass.STEP_CHILD: ("户主的继子女", "the householder's step-child"),
        KinClass.SON_S_WIFE: ("户主儿子的妻子", "the wife of a son of the householder"),
        KinClass.DAUGHTER_S_HUSBAND: (
            "户主女儿的丈夫",
            "the husband of a daughter of the householder",
        ),
        KinClass.SON_S_CHILD: ("户主儿子的子女", "a child of a son of the householder"),
        KinClass.DAUGHTER_S_CHILD: (
            "户主女儿的子女",
            "a child of a daughter of the householder",
        ),
        KinClass.GRANDCHILD_S_SPOUSE: (
            "户主孙辈的配偶",
            "the spouse of a grandchild of the householder",
        ),
        KinClass.GREAT_GRANDCHILD: ("户主的曾孙辈", "a great-grandchild of the householder"),
        KinClass.GREAT_GREAT_GRANDCHILD: (
            "户主的玄孙辈",
            "a great-great-grandchild of the householder",
        ),
        KinClass.PARENT: ("户主的父母", "the householder's parent"),
        KinClass.ADOPTIVE_PARENT: ("户主的养父母", "the householder's adoptive parent"),
        KinClass.STEP_PARENT: ("户主的继父母", "the householder's step-parent"),
        KinClass.HUSBAND_S_PARENT: (
            "户主丈夫的父母",
            "a parent of the householder's husband",
        ),
        KinClass.WIFE_S_PARENT: ("户主妻子的父母", "a parent of the householder's wife"),
        KinClass.FATHER_S_PARENT: ("户主的祖父母", "a parent of the householder's father"),
        KinClass.MOTHER_S_PARENT: ("户主的外祖父母", "a parent of the householder's mother"),
        KinClass.SPOUSE_S_GRANDPARENT: (
            "户主配偶的祖父母或外祖父母",
            "a grandparent of the householder's spouse",
        ),
        KinClass.GREAT_GRANDPARENT: (
            "户主的曾祖辈",
            "a great-grandparent of the householder",
        ),
        KinClass.SIBLING: ("户主的兄弟姐妹", "a brother or sister of the householder"),
        KinClass.BROTHER_S_WIFE: ("户主兄弟的妻子", "the wife of a brother of the householder"),
        KinClass.SISTER_S_HUSBAND: (
            "户主姐妹的丈夫",
            "the husband of a sister of the householder",
        ),
        KinClass.SPOUSE_S_SIBLING: (
            "户主配偶的兄弟姐妹",
            "a brother or sister of the householder's spouse",
        ),
        KinClass.BROTHER_S_CHILD: (
            "户主兄弟的子女",
            "a child of a brother of the householder",
        ),
        KinClass.SISTER_S_CHILD: ("户主姐妹的子女", "a child of a sister of the householder"),
        KinClass.NEPHEW_S_CHILD: (
            "户主侄辈的子女",
            "a child of a nephew or niece of the householder",
        ),
        KinClass.NEPHEW_S_SPOUSE: (
            "户主侄辈的配偶",
            "the spouse of a nephew or niece of the householder",
        ),
        KinClass.FATHER_S_SIBLING: (
            "户主父亲的兄弟姐妹",
            "a brother or sister of the householder's father",
        ),
        KinClass.MOTHER_S_SIBLING: (
            "户主母亲的兄弟姐妹",
            "a brother or sister of the householder's mother",
        ),
        KinClass.FATHER_S_SIBLING_S_SPOUSE: (
            "户主父亲兄弟姐妹的配偶",
            "the spouse of a brother or sister of the householder's father",
        ),
        KinClass.MOTHER_S_SIBLING_S_SPOUSE: (
            "户主母亲兄弟姐妹的配偶",
            "the spouse of a brother or sister of the householder's mother",
        ),
        KinClass.FATHER_S_BROTHER_S_CHILD: (
            "户主的堂兄弟姐妹",
            "a child of a brother of the householder's father",
        ),
        KinClass.OTHER_COUSIN: ("户主的表兄弟姐妹", "a cousin of the householder"),
        KinClass.OTHER_RELATIVE: (
            "户主的其他亲属",
            "another relative of the householder",
        ),
        KinClass.NON_RELATIVE: ("与户主无亲属关系的人", "no relative of the householder"),
        KinClass.UNKNOWN: (
            "与户主关系不明的人",
            "somebody whose relation to the householder is not known",
        ),
    }
)
RELATIONSHIP_ZH_EN: Final = MappingProxyType(
    {
        Relationship.SPOUSE: ("配偶", "spouse"),
        Relationship.PARENT: ("父母", "parent"),
        Relationship.CHILD: ("子女", "child"),
        Relationship.SIBLING: ("兄弟姐妹", "sibling"),
        Relationship.GRANDPARENT: ("祖辈", "grandparent"),
        Relationship.GRANDCHILD: ("孙辈", "grandchild"),
        Relationship.OTHER: ("其他关系（不可绑定）", "another relation"),
    }
)


def conclusion(one: Message, other: Message, relationships: tuple[Relationship, ...]) -> Message:
    """What a person is to another, or may be; no sentence of its own, in both languages.

    Args:
        one: To whom.
        other: Who.
        relationships: What is possible, one or more.
    """
    words = [RELATIONSHIP_ZH_EN[r] for r in relationships if r is not Relationship.OTHER]
    zh, en = "或".join(zh for zh, _ in words), " or ".join(en for _, en in words)
    if not words:
        return Message(
            zh=f"{other.zh}与{one.zh}是不可绑定的其他关系",
            en=f"{other.en} stands in another relation to {one.en}",
        )
    if len(relationships) == 1:
        return Message(zh=f"{other.zh}是{one.zh}的{zh}", en=f"{other.en} is {one.en}'s {en}")
    other_too = Relationship.OTHER in relationships
    return Message(
        zh=f"{other.zh}可能是{one.zh}的{zh}"
        + ("，也可能是不可绑定的其他关系" if other_too else ""),
        en=f"{other.en} may be {one.en}'s {en}" + (", or another relation" if other_too else ""),
    )


_PRESUMED: Final = MappingProxyType(
    {
        Ambiguity.K6: Message(
            zh="户口簿登记为父母、子女的，按政策视为法律上的父母子女"
            "；未注明“继”字的继父母、继子女，无法据户口簿认定。",
            en="Whom the book registers as parent or child counts as one in law by policy "
            "(a step-child that is not printed as one cannot be told).",
        ),
        Ambiguity.K8: Message(
            zh="同一本户口簿中的父亲与母亲，按政策视为夫妻；离婚后仍同户的，无法据户口簿认定。",
            en="Father and mother in one book count as spouses by policy (the divorced may "
            "share a book).",
        ),
    }
)
"""What a policy takes for granted where a book alone is the proof."""


def with_presumptions(path: Message, presumed: Iterable[Ambiguity]) -> Message:
    """A derivation, with what the policy takes for granted in it."""
    messages = [_PRESUMED[doubt] for doubt in sorted(presumed)]
    return Message(
        zh=path.zh + "".join(m.zh for m in messages),
        en=" ".join((path.en, *(m.en for m in messages))),
    )


def path_of_words(
    a: RelationWord,
    b: RelationWord,
    relations: tuple[Relationship, ...],
    *,
    names: tuple[Message, Message] | None = None,
) -> Message:
    """The way from A through the householder to B, and where it leads.

    Args:
        a: A's word.
        b: B's word.
        relations: What B may be to A.
        names: What to call A and B; "甲 / A" and "乙 / B" by default.
    """
    one, other = names or (Message(zh="甲", en="A"), Message(zh="乙", en="B"))
    zh_end, en_end = "同一本户口簿中不可能是两个人", "no two people of one book"
    if relations:
        end = conclusion(one, other, relations)
        zh_end, en_end = f"因此{end.zh}", f"so {end.en}"
    first = _bearer_en(one, a)
    return Message(
        zh=f"户口簿登记{_bearer_zh(one, a)}，{_bearer_zh(other, b)}，{zh_end}。",
        en=f"{first[:1].upper()}{first[1:]}; {_bearer_en(other, b)}; {en_end}.",
    )


def _bearer_zh(name: Message, word: RelationWord) -> str:
    classes = "或".join(_CLASS_ZH_EN[one.kin][0] for one in word.meanings)
    if word.kin is KinClass.UNKNOWN:
        return f"{name.zh}为{classes}"
    meant = "" if word.text == "户主" else f"（{classes}）"
    return f"{name.zh}为“{word.text}”{meant}"


def _bearer_en(name: Message, word: RelationWord) -> str:
    shown = f" ({word.text})" if word.kin is not KinClass.UNKNOWN else ""
    classes = " or ".join(_CLASS_ZH_EN[one.kin][1] for one in word.meanings)
    return f"{name.en}{shown} is {classes}"
