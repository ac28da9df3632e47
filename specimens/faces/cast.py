"""Who the invented people are: families over three generations, and people related to nobody."""

from typing import Final, NamedTuple

import numpy as np

from models.intake.application import Relationship
from specimens.faces.genes import Genes, Sex, inherit, invent_genes
from specimens.faces.mesh import ShapeData

_SEED: Final = 20_261_120


class CastMember(NamedTuple):
    """One person of the cast.

    Attributes:
        id: Identifier in the gallery.
        sex: 男 or 女.
        age: Years, on the day of the selfie.
        mother: Her identifier, where she is in the cast.
        father: His.
    """

    id: str
    sex: Sex
    age: int
    mother: str | None = None
    father: str | None = None


CAST: Final = (
    # Three generations: a son's family beside his parents.
    CastMember("a1", "男", 68), CastMember("a2", "女", 66),
    CastMember("a3", "男", 42, "a2", "a1"), CastMember("a4", "女", 40),
    CastMember("a5", "男", 15, "a4", "a3"), CastMember("a6", "女", 9, "a4", "a3"),
    # Three generations: a daughter's family; two sisters.
    CastMember("b1", "男", 74), CastMember("b2", "女", 71),
    CastMember("b3", "女", 45, "b2", "b1"), CastMember("b4", "男", 47),
    CastMember("b5", "女", 20, "b3", "b4"), CastMember("b6", "女", 17, "b3", "b4"),
    # A young family.
    CastMember("c1", "男", 35), CastMember("c2", "女", 33),
    CastMember("c3", "男", 7, "c2", "c1"), CastMember("c4", "女", 4, "c2", "c1"),
    # Two grown brothers.
    CastMember("d1", "男", 52), CastMember("d2", "女", 50),
    CastMember("d3", "男", 26, "d2", "d1"), CastMember("d4", "男", 23, "d2", "d1"),
    # Parents past sixty, brother and sister.
    CastMember("e1", "男", 62), CastMember("e2", "女", 60),
    CastMember("e3", "女", 33, "e2", "e1"), CastMember("e4", "男", 29, "e2", "e1"),
    # One child.
    CastMember("f1", "男", 39), CastMember("f2", "女", 38), CastMember("f3", "女", 12, "f2", "f1"),
    # People alone.
    CastMember("m1", "男", 22), CastMember("m2", "男", 31), CastMember("m3", "男", 44),
    CastMember("m4", "男", 57),
    CastMember("m5", "男", 66), CastMember("m6", "男", 79), CastMember("m7", "男", 10),
    CastMember("w1", "女", 21), CastMember("w2", "女", 30), CastMember("w3", "女", 41),
    CastMember("w4", "女", 55),
    CastMember("w5", "女", 64), CastMember("w6", "女", 77), CastMember("w7", "女", 13),
)  # fmt: skip
COUPLES: Final = (
    ("a1", "a2"), ("a3", "a4"), ("b1", "b2"), ("b4", "b3"), ("c1", "c2"), ("d1", "d2"),
    ("e1", "e2"), ("f1", "f2"),
)  # fmt: skip
AGED: Final = ("a3", "b5", "d3", "e3", "m2", "w3")
"""People who are also shown at a later age."""
LATER_YEARS: Final = 18

_TAKES: Final = {
    "a1": 0, "a2": 1, "a4": 1, "b1": 0, "b2": 2, "b4": 1, "c1": 2, "c2": 0, "d1": 3, "d2": 0,
    "e1": 2, "e2": 1, "f1": 0, "f2": 3, "m1": 1, "m2": 2, "m3": 1, "m4": 1, "m5": 3, "m6": 3,
    "m7": 3, "w1": 0, "w2": 1, "w3": 3, "w4": 2, "w5": 0, "w6": 1, "w7": 3,
}  # fmt: skip
"""Of four inventions of each person, the one that is least like all the others before it."""


def all_genes(data: ShapeData) -> dict[str, Genes]:
    """Everybody's genes; children have their parents'."""
    genes: dict[str, Genes] = {}
    for number, role in enumerate(CAST):
        rng = np.random.default_rng(_SEED + 10 * number + _TAKES.get(role.id, 0))
        if role.mother and role.father:
            genes[role.id] = inherit(genes[role.mother], genes[role.father], rng)
        else:
            genes[role.id] = invent_genes(data, rng)
    return genes


def relatives(person: str) -> dict[str, Relationship]:
    """What each relative in the cast is to a person."""
    roles = {role.id: role for role in CAST}
    me = roles[person]
    parents = {parent for parent in (me.mother, me.father) if parent}
    found = dict.fromkeys(parents, Relationship.PARENT)
    for other in CAST:
        theirs = {parent for parent in (other.mother, other.father) if parent}
        if person in theirs:
            found[other.id] = Relationship.CHILD
        elif theirs & parents and other.id != person:
            found[other.id] = Relationship.SIBLING
        elif any(person in _parents(roles[parent]) for parent in theirs):
            found[other.id] = Relationship.GRANDCHILD
        elif any(other.id in _parents(roles[parent]) for parent in parents):
            found[other.id] = Relationship.GRANDPARENT
    partner = next((set(pair) - {person} for pair in COUPLES if person in pair), set())
    return found | dict.fromkeys(partner, Relationship.SPOUSE)


def _parents(role: CastMember) -> set[str]:
    return {parent for parent in (role.mother, role.father) if parent}
