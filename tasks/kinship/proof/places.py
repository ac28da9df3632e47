"""Whether a parent on a birth certificate has a parent's place in the book of the child.

孙女 whose father by certificate is 侄子 in the same book was called so by mistake, or is no
grandchild of this householder. The words alone do not show it.
"""

from collections.abc import Iterator
from itertools import product
from types import MappingProxyType
from typing import Final, NamedTuple

from models.kinship.claim import Claims
from models.kinship.kin_class import KinClass
from models.kinship.relation_word import read_relation_word

_OF_CHILDREN: Final = frozenset({KinClass.HOUSEHOLDER, KinClass.SPOUSE})
_OF_GRANDCHILDREN: Final = frozenset(
    {KinClass.CHILD, KinClass.ADOPTED_CHILD, KinClass.STEP_CHILD}
    | {KinClass.SON_S_WIFE, KinClass.DAUGHTER_S_HUSBAND}
)
_OF_SIBLINGS: Final = frozenset({KinClass.PARENT, KinClass.ADOPTIVE_PARENT, KinClass.STEP_PARENT})
_PLACES: Final = MappingProxyType(
    {
        KinClass.CHILD: _OF_CHILDREN,
        KinClass.SON_S_CHILD: _OF_GRANDCHILDREN,
        KinClass.DAUGHTER_S_CHILD: _OF_GRANDCHILDREN,
        KinClass.SIBLING: _OF_SIBLINGS,
        KinClass.HOUSEHOLDER: _OF_SIBLINGS,
        KinClass.PARENT: frozenset({KinClass.FATHER_S_PARENT, KinClass.MOTHER_S_PARENT}),
        KinClass.SPOUSE: frozenset({KinClass.HUSBAND_S_PARENT, KinClass.WIFE_S_PARENT}),
    }
)
"""By the place of a child in a book, the places that its parents by birth have there. Children who
came into the family otherwise (养, 继) may have any."""


class ParentPlace(NamedTuple):
    """A certificate, and the pages of one book on which its child and its parent stand."""

    certificate: str
    child_page: str
    parent_page: str


def misplaced_parents(claims: Claims, *, min_confidence: float) -> Iterator[ParentPlace]:
    """Parents by certificate whom the book of the child gives a place that is no parent's.

    Args:
        claims: What pages and certificates say.
        min_confidence: Claims below it, from 0 to 1, are not heard.
    """
    pages = [claim for claim in claims.hukou if claim.confidence >= min_confidence]
    for birth in claims.parentage:
        if birth.confidence < min_confidence:
            continue
        for child, parent in product(pages, pages):
            of_both = child.person == birth.child and parent.person in {birth.mother, birth.father}
            if (
                of_both
                and child.book == parent.book
                and not may_be_parent(parent.word, of=child.word)
            ):
                yield ParentPlace(birth.document, child.document, parent.document)


def may_be_parent(word: str | None, *, of: str | None) -> bool:
    """Whether some meaning of two words of one book lets the one's bearer be the other's parent.

    Args:
        word: Of the one who may be the parent.
        of: Of the one who may be the child.
    """
    return any(
        one.kin not in _PLACES or other.kin is KinClass.UNKNOWN or other.kin in _PLACES[one.kin]
        for one in read_relation_word(of).meanings
        for other in read_relation_word(word).meanings
    )
