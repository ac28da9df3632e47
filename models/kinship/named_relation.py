"""What a sentence calls a relation (儿子, 父女关系, 夫妻), as one that can be bound or not."""

import datetime as dt
from types import MappingProxyType
from typing import Final, NamedTuple

from models.intake.application import Relationship
from models.kinship.kin_class import KinClass
from models.kinship.relation_word import read_relation_word

_OF_CLASS: Final = MappingProxyType(
    {
        KinClass.SPOUSE: Relationship.SPOUSE,
        KinClass.CHILD: Relationship.CHILD,
        KinClass.ADOPTED_CHILD: Relationship.CHILD,
        KinClass.PARENT: Relationship.PARENT,
        KinClass.ADOPTIVE_PARENT: Relationship.PARENT,
        KinClass.SIBLING: Relationship.SIBLING,
        KinClass.FATHER_S_PARENT: Relationship.GRANDPARENT,
        KinClass.MOTHER_S_PARENT: Relationship.GRANDPARENT,
        KinClass.SON_S_CHILD: Relationship.GRANDCHILD,
        KinClass.DAUGHTER_S_CHILD: Relationship.GRANDCHILD,
    }
)
_BONDS: Final = MappingProxyType(
    dict.fromkeys(("夫妻", "夫妇", "配偶", "婚姻"), Relationship.SPOUSE)
    | dict.fromkeys(("父子", "父女", "母子", "母女", "养父子", "养父女"), Relationship.PARENT)
    | dict.fromkeys(("养母子", "养母女", "亲子", "父母子女"), Relationship.PARENT)
    | dict.fromkeys(("兄弟", "姐妹", "姊妹", "兄妹", "姐弟", "兄弟姐妹"), Relationship.SIBLING)
    | dict.fromkeys(("祖孙", "爷孙", "外祖孙", "祖父孙", "祖孙女"), Relationship.GRANDPARENT)
)
"""Words for a tie between two; for two generations the elder's part is named."""
_BOND_SEXES: Final = MappingProxyType(
    {
        **dict.fromkeys(("父子", "养父子", "兄弟"), ("男", "男")),
        **dict.fromkeys(("父女", "养父女", "兄妹"), ("男", "女")),
        **dict.fromkeys(("母子", "养母子", "姐弟"), ("女", "男")),
        **dict.fromkeys(("母女", "养母女", "姐妹"), ("女", "女")),
        **dict.fromkeys(("爷孙", "祖父孙"), ("男", None)),
        "祖孙女": (None, "女"),
    }
)
"""The sexes of the elder and of the younger that a bond names; None for either."""


def relationship_named(word: str | None) -> Relationship | None:
    """What a word calls somebody; None for no such word, and for one that leaves it open.

    In-laws, step relations and remoter kin are `OTHER`: none of them can be bound.
    """
    kinds = {one.kin for one in read_relation_word(word).meanings}
    if kinds & {KinClass.UNKNOWN, KinClass.HOUSEHOLDER}:
        return None
    named = {_OF_CLASS.get(kin, Relationship.OTHER) for kin in kinds}
    return named.pop() if len(named) == 1 else None


def bond_named(words: str | None) -> Relationship | None:
    """The tie that 父子关系 and the like name, as the elder's part in it; else None."""
    return _BONDS.get((words or "").removesuffix("关系"))


class NamedPerson(NamedTuple):
    """Sex and birth date of one of the two whom a sentence names, as far as they are known."""

    sex: str | None
    born: dt.date | None


def wording_fits(words: str | None, one: NamedPerson, other: NamedPerson) -> bool:
    """Whether two people can be what a word or a bond says, by their sexes and who is the elder.

    母子 is no bond of a father and a daughter, and 儿子 is said of a man who is the younger.
    What is not known of them fits everything.
    """
    tie = (words or "").removesuffix("关系")
    if one.born is None or other.born is None or one.born == other.born:
        return True
    elder, younger = (one, other) if one.born < other.born else (other, one)
    if bond_named(words) is not None:
        sexes = _BOND_SEXES.get(tie, (None, None))
        couple = _BONDS[tie] is Relationship.SPOUSE and None not in (one.sex, other.sex)
        apart = not couple or one.sex != other.sex
        return apart and _is_of(elder, sexes[0]) and _is_of(younger, sexes[1])
    word = read_relation_word(words)
    part = relationship_named(words)
    if part in {Relationship.PARENT, Relationship.GRANDPARENT}:
        return _is_of(elder, word.sex)
    if part in {Relationship.CHILD, Relationship.GRANDCHILD}:
        return _is_of(younger, word.sex)
    if part is Relationship.SPOUSE:
        return None in (one.sex, other.sex) or one.sex != other.sex
    return word.sex is None or any(_is_of(person, word.sex) for person in (one, other))


def _is_of(person: NamedPerson, sex: str | None) -> bool:
    return sex is None or person.sex in {None, sex}


def between(
    words: str | None, subject_born: dt.date | None, relative_born: dt.date | None
) -> Relationship | None:
    """What the relative is to the subject, by a word or a bond and their birth dates.

    The word does not say which of the two bears it. Between generations their birth dates do: a
    parent is the elder, whichever way round the sentence was put.

    Args:
        words: 儿子, 母亲, 父女关系, ...
        subject_born: Birth date of the one.
        relative_born: Birth date of the other, whose part is wanted.
    """
    part = bond_named(words) or relationship_named(words)
    if part is None or part is part.inverse:
        return part
    if subject_born is None or relative_born is None or subject_born == relative_born:
        return None
    elder = part if part in {Relationship.PARENT, Relationship.GRANDPARENT} else part.inverse
    return elder if relative_born < subject_born else elder.inverse
