"""What the people of the cast are to one another."""

from typing import Final

from models.intake.application import Relationship
from specimens.faces.cast import CAST, CastMember

COUPLES: Final = (
    ("a1", "a2"), ("a3", "a4"), ("b1", "b2"), ("b4", "b3"), ("c1", "c2"), ("d1", "d2"),
    ("e1", "e2"), ("f1", "f2"),
)  # fmt: skip


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
