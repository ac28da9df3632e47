"""What one person of a family world is to another."""

from enum import StrEnum
from types import MappingProxyType
from typing import Final

from models.intake.application import Relationship
from tasks.kinship.worlds.world import FamilyWorld, children, parents


class KinRelation(StrEnum):
    """The fine-grained relation; everything after GRANDCHILD cannot be bound."""

    SPOUSE = "spouse"
    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    PARENT_IN_LAW = "parent_in_law"
    CHILD_IN_LAW = "child_in_law"
    SIBLING_IN_LAW = "sibling_in_law"
    STEP_PARENT = "step_parent"
    STEP_CHILD = "step_child"
    GREAT_GRANDPARENT = "great_grandparent"
    GREAT_GRANDCHILD = "great_grandchild"
    UNCLE_OR_AUNT = "uncle_or_aunt"
    NEPHEW_OR_NIECE = "nephew_or_niece"
    COUSIN = "cousin"
    OTHER_RELATIVE = "other_relative"
    UNKNOWN = "unknown"

    @property
    def relationship(self) -> Relationship:
        """The relation as far as a binding may rest on it."""
        return _BINDABLE.get(self, Relationship.OTHER)


_BINDABLE: Final = MappingProxyType(
    {KinRelation(r.value): r for r in Relationship if r is not Relationship.OTHER}
)
KIN_ORDER: Final = tuple(KinRelation)


def kin_of(world: FamilyWorld, one: int, other: int) -> KinRelation:
    """What `other` is to `one`; the nearest tie counts.

    Args:
        world: The family.
        one: Whose relative is meant.
        other: The relative; not the same person.
    """
    if world.people[one].spouse == other:
        return KinRelation.SPOUSE
    return (
        _by_blood(world, one, other)
        or _by_marriage(world, one, other)
        or KinRelation.OTHER_RELATIVE
    )


def _by_blood(world: FamilyWorld, one: int, other: int) -> KinRelation | None:
    up, up2 = parents(world, one), _up(world, parents(world, one))
    down, down2 = set(children(world, one)), _down(world, children(world, one))
    siblings = _down(world, up) - {one}
    ties: tuple[tuple[KinRelation, set[int] | frozenset[int]], ...] = (
        (KinRelation.PARENT, up),
        (KinRelation.CHILD, down),
        (KinRelation.SIBLING, siblings),
        (KinRelation.GRANDPARENT, up2),
        (KinRelation.GRANDCHILD, down2),
        (KinRelation.GREAT_GRANDPARENT, _up(world, up2)),
        (KinRelation.GREAT_GRANDCHILD, _down(world, down2)),
        (KinRelation.UNCLE_OR_AUNT, _down(world, up2) - up),
        (KinRelation.NEPHEW_OR_NIECE, _down(world, siblings)),
        (KinRelation.COUSIN, _down(world, _down(world, up2) - up)),
    )
    return next((kin for kin, people in ties if other in people), None)


def _by_marriage(world: FamilyWorld, one: int, other: int) -> KinRelation | None:
    own_children = set(children(world, one))
    own_siblings = _down(world, parents(world, one)) - {one}
    spouse = _spouses(world, {one})
    ties: tuple[tuple[KinRelation, set[int] | frozenset[int]], ...] = (
        (KinRelation.PARENT_IN_LAW, _up(world, spouse)),
        (KinRelation.CHILD_IN_LAW, _spouses(world, own_children)),
        (
            KinRelation.SIBLING_IN_LAW,
            (_down(world, _up(world, spouse)) - spouse) | _spouses(world, own_siblings),
        ),
        (KinRelation.STEP_PARENT, _spouses(world, parents(world, one))),
        (KinRelation.STEP_CHILD, _down(world, spouse)),
    )
    return next((kin for kin, people in ties if other in people), None)


def _up(world: FamilyWorld, people: set[int] | frozenset[int] | tuple[int, ...]) -> set[int]:
    return {parent for person in people for parent in parents(world, person)}


def _down(world: FamilyWorld, people: set[int] | frozenset[int] | tuple[int, ...]) -> set[int]:
    return {child for person in people for child in children(world, person)}


def _spouses(world: FamilyWorld, people: set[int] | frozenset[int]) -> set[int]:
    spouses = (world.people[person].spouse for person in people)
    return {spouse for spouse in spouses if spouse is not None}
