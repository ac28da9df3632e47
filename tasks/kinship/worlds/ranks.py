"""What an order of birth, or elder and younger, rules out (长子 and 次子 are not one person)."""

from typing import Final

from models.kinship.kin_class import KinClass
from models.kinship.relation_word import RelationWord
from tasks.kinship.worlds.composition import Composed
from tasks.kinship.worlds.kin import KinRelation

_BESIDE_SPOUSE: Final = frozenset(
    {
        frozenset({KinClass.CHILD, KinClass.SON_S_WIFE}),
        frozenset({KinClass.CHILD, KinClass.DAUGHTER_S_HUSBAND}),
        frozenset({KinClass.SIBLING, KinClass.BROTHER_S_WIFE}),
        frozenset({KinClass.SIBLING, KinClass.SISTER_S_HUSBAND}),
    }
)
"""A child or sibling, and the husband or wife of one, who is counted by the other's rank."""
_ELDER: Final = frozenset("兄哥嫂姐姊")
_YOUNGER: Final = frozenset("弟妹")


def within_ranks(a: RelationWord, b: RelationWord, composed: Composed) -> Composed:
    """What is left of a composition once the two words' ranks are held against each other.

    Sons and daughters are counted apart, so only words of one sex, or a couple's, can disagree.
    """
    if not _differ(a, b):
        return composed
    if a.kin is b.kin and a.sex == b.sex and a.sex is not None:
        return composed._replace(same_person=False)
    if frozenset({a.kin, b.kin}) in _BESIDE_SPOUSE:
        return composed._replace(kin=composed.kin - {KinRelation.SPOUSE})
    return composed


def _differ(a: RelationWord, b: RelationWord) -> bool:
    if a.rank is not None and b.rank is not None:
        return a.rank != b.rank
    one, other = names_elder(a.text), names_elder(b.text)
    return one is not None and other is not None and one != other


def names_elder(text: str) -> bool | None:
    """Whether a word names somebody elder than the householder; None where it does not say."""
    elder, younger = bool(_ELDER & set(text)), bool(_YOUNGER & set(text))
    return elder if elder != younger else None
