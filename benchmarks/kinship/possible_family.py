"""One possible family: people with their parents in law and present spouse, and what cannot be.

Nobody is the own ancestor; nobody marries, or has a child with, a relative by blood up to first
cousins; spouses and parents stand in their generation; a person has one spouse.
"""

from collections.abc import Iterator
from typing import NamedTuple

from models.intake.application import Relationship

MALE, FEMALE = "男", "女"
R = Relationship


class ConsistentWorld(NamedTuple):
    """People by number; None where a link is not settled.

    Attributes:
        barred: Pairs (parent, child) that are no parent and child.
    """

    sex: tuple[str, ...] = ()
    father: tuple[int | None, ...] = ()
    mother: tuple[int | None, ...] = ()
    spouse: tuple[int | None, ...] = ()
    barred: frozenset[tuple[int, int]] = frozenset()

    def born(self, sex: str) -> "tuple[ConsistentWorld, int]":
        """The world with one more person, and that person's number."""
        grown = ConsistentWorld(
            (*self.sex, sex),
            (*self.father, None),
            (*self.mother, None),
            (*self.spouse, None),
            self.barred,
        )
        return grown, len(self.sex)

    def parents(self, person: int) -> tuple[int, ...]:
        """The parents that are settled."""
        father, mother = self.father[person], self.mother[person]
        if father is None:
            return () if mother is None else (mother,)
        return (father,) if mother is None else (father, mother)

    def children(self, person: int) -> tuple[int, ...]:
        """The children that are settled."""
        return tuple(c for c in range(len(self.sex)) if person in self.parents(c))


def relation(world: ConsistentWorld, x: int, y: int) -> Relationship:
    """What y is to x by law."""
    mine, theirs = set(world.parents(x)), set(world.parents(y))
    ties = (
        (R.SPOUSE, world.spouse[x] == y),
        (R.PARENT, y in mine),
        (R.CHILD, x in theirs),
        (R.SIBLING, bool(mine & theirs)),
        (R.GRANDPARENT, any(y in world.parents(p) for p in mine)),
        (R.GRANDCHILD, any(x in world.parents(p) for p in theirs)),
    )
    return next((tie for tie, holds in ties if holds), R.OTHER)


def married(world: ConsistentWorld, one: int, other: int) -> Iterator[ConsistentWorld]:
    """The world in which the two are married, if there is one."""
    if world.spouse[one] == other:
        yield world
    elif world.spouse[one] is None and world.spouse[other] is None:
        grown = world._replace(
            spouse=tuple(
                other if i == one else one if i == other else s for i, s in enumerate(world.spouse)
            )
        )
        if world.sex[one] != world.sex[other] and _stands(grown, one):
            yield grown


def descended(world: ConsistentWorld, child: int, parent: int) -> Iterator[ConsistentWorld]:
    """The world in which one is the other's parent, if there is one."""
    man = world.sex[parent] == MALE
    known = world.father if man else world.mother
    if known[child] == parent:
        yield world
    elif known[child] is None and child != parent and (parent, child) not in world.barred:
        links = tuple(parent if i == child else p for i, p in enumerate(known))
        grown = world._replace(father=links) if man else world._replace(mother=links)
        if _stands(grown, child):
            yield grown


def _stands(world: ConsistentWorld, near: int) -> bool:
    """Whether the world is possible, after a new link of `near`."""
    return _generations_agree(world, near) and not any(
        _close(world, one, other) for one, other in _couples(world)
    )


def _couples(world: ConsistentWorld) -> Iterator[tuple[int, int]]:
    """Spouses, and people who have a child together."""
    yield from ((i, s) for i, s in enumerate(world.spouse) if s is not None and i < s)
    for father, mother in zip(world.father, world.mother, strict=True):
        if father is not None and mother is not None:
            yield father, mother


def _close(world: ConsistentWorld, one: int, other: int) -> bool:
    """Whether two people are of one line, or share a parent or a grandparent."""
    lines = [_ancestors(world, person, 2) for person in (one, other)]
    return bool(lines[0] & lines[1])


def _ancestors(world: ConsistentWorld, person: int, most: int) -> set[int]:
    found, last = {person}, {person}
    for _ in range(most):
        last = {p for c in last for p in world.parents(c)}
        found |= last
    return found


def _generations_agree(world: ConsistentWorld, start: int) -> bool:
    """Whether everybody linked to one person has one generation; a cycle has none."""
    level, waiting = {start: 0}, [start]
    while waiting:
        here = waiting.pop()
        for there, up in _ties(world, here):
            if there not in level:
                level[there] = level[here] + up
                waiting.append(there)
            elif level[there] != level[here] + up:
                return False
    return True


def _ties(world: ConsistentWorld, person: int) -> list[tuple[int, int]]:
    """Everybody next to a person, and how many generations above."""
    spouse = world.spouse[person]
    return [
        *([(spouse, 0)] if spouse is not None else []),
        *((parent, 1) for parent in world.parents(person)),
        *((child, -1) for child in world.children(person)),
    ]
