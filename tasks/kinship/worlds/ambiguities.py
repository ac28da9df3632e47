"""Why a pair of printed words leaves a relation open: the field's ambiguities K1 to K9."""

from functools import lru_cache
from itertools import product
from typing import Final

from models.intake.application import Relationship
from models.kinship.claim import Ambiguity
from models.kinship.kin_class import OPEN, KinClass
from models.kinship.relation_word import RelationWord
from tasks.kinship.worlds.composition import Assumption, Bearer, Composed, compose_words
from tasks.kinship.worlds.kin import KinRelation
from tasks.kinship.worlds.ranks import within_ranks

_SIDE_LINE: Final = frozenset(
    {
        KinClass.SIBLING,
        KinClass.BROTHER_S_WIFE,
        KinClass.SISTER_S_HUSBAND,
        KinClass.BROTHER_S_CHILD,
        KinClass.SISTER_S_CHILD,
        KinClass.NEPHEW_S_CHILD,
        KinClass.NEPHEW_S_SPOUSE,
        KinClass.SPOUSE_S_SIBLING,
    }
)
_STEP_OR_ADOPTED: Final = frozenset(
    {
        KinClass.CHILD,
        KinClass.PARENT,
        KinClass.STEP_CHILD,
        KinClass.STEP_PARENT,
        KinClass.ADOPTED_CHILD,
        KinClass.ADOPTIVE_PARENT,
    }
)
_PARENTS: Final = frozenset({KinClass.PARENT, KinClass.ADOPTIVE_PARENT, KinClass.STEP_PARENT})
_COUPLES: Final = frozenset(
    {
        KinClass.PARENT,
        KinClass.HUSBAND_S_PARENT,
        KinClass.WIFE_S_PARENT,
        KinClass.FATHER_S_PARENT,
        KinClass.MOTHER_S_PARENT,
    }
)


@lru_cache(maxsize=8192)
def list_ambiguities(a: RelationWord, b: RelationWord) -> tuple[Ambiguity, ...]:
    """The ambiguities that this pair of words is subject to, in order."""
    found: set[Ambiguity] = set()
    if a.kin in OPEN or b.kin in OPEN:
        return (Ambiguity.K9,)
    if a.also or b.also:
        pairs = product(a.meanings, b.meanings)
        return tuple(sorted({Ambiguity.K9}.union(*(list_ambiguities(x, y) for x, y in pairs))))
    if a.generic or b.generic:
        found.add(Ambiguity.K9)
    plain, step, loose = (
        within_ranks(a, b, compose_words(Bearer(a.kin, a.sex), Bearer(b.kin, b.sex), assumption))
        for assumption in Assumption
    )
    with_householder = KinClass.HOUSEHOLDER in (a.kin, b.kin)
    if len(plain.relationships) > 1 and not with_householder:
        found.add(_by_branch(a, b, plain))
    if loose.relationships != step.relationships:
        found.add(Ambiguity.K7)
    two_parents = {a.kin, b.kin} <= _PARENTS or (a.kin is b.kin and a.kin in _COUPLES)
    if plain.kin == {KinRelation.SPOUSE} and two_parents:
        found.add(Ambiguity.K8)
    found |= _by_step_family(a, b, plain, step)
    return tuple(sorted(found))


def _by_branch(a: RelationWord, b: RelationWord, plain: Composed) -> Ambiguity:
    """Which member of a generation is meant, when the householder may have had several."""
    if {a.kin, b.kin} & _SIDE_LINE:
        return Ambiguity.K4
    if Relationship.SPOUSE in plain.relationships:
        return Ambiguity.K1
    if Relationship.SIBLING in plain.relationships:
        return Ambiguity.K3
    return Ambiguity.K2


def _by_step_family(
    a: RelationWord, b: RelationWord, plain: Composed, step: Composed
) -> set[Ambiguity]:
    with_householder = KinClass.HOUSEHOLDER in (a.kin, b.kin)
    if with_householder:
        return {Ambiguity.K6} if {a.kin, b.kin} & _STEP_OR_ADOPTED else set()
    return {Ambiguity.K5} if step.relationships != plain.relationships else set()
