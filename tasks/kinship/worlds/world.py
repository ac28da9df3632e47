"""Small invented family worlds, in which everything a pair of words allows can be looked up.

A world is a handful of people with their legal parents and their present spouse. The steps
below walk from one person to a relative: each returns every way to find or to add that
relative, so a chain of steps enumerates all minimal families in which the chain exists.

Two axioms keep worlds finite and plain:

* A child's two recorded parents are married to each other. Whoever else begot a child is off
  the record, and so is that line of the family.
* Without step families, a married person's child is the child of both. With them, it may be
  the child of one only; the other parent is then off the record.
"""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

MALE: Final = "男"
FEMALE: Final = "女"
OFF_RECORD: Final = -1


class WorldPerson(NamedTuple):
    """One person of a world; links are indices, None where the world has not decided yet."""

    sex: str
    father: int | None = None
    mother: int | None = None
    spouse: int | None = None


class FamilyWorld(NamedTuple):
    """People and the rule for children of a marriage."""

    people: tuple[WorldPerson, ...]
    step_families: bool


class WorldPlace(NamedTuple):
    """A world and the person in it at whom a walk has arrived."""

    world: FamilyWorld
    person: int


def opposite(sex: str) -> str:
    """女 for 男 and 男 for 女."""
    return FEMALE if sex == MALE else MALE


def parents(world: FamilyWorld, person: int) -> frozenset[int]:
    """The recorded parents."""
    who = world.people[person]
    return frozenset(p for p in (who.father, who.mother) if p is not None and p != OFF_RECORD)


def children(world: FamilyWorld, person: int) -> tuple[int, ...]:
    """The recorded children, in the order in which they came into the world."""
    return tuple(i for i, who in enumerate(world.people) if person in (who.father, who.mother))


def to_parent(place: WorldPlace, sex: str) -> Iterator[WorldPlace]:
    """The mother or the father, found or added."""
    world, child = place
    known = _parent(world, child, sex)
    if known == OFF_RECORD:
        return
    if known is not None:
        yield WorldPlace(world, known)
        return
    world, parent = _add(world, WorldPerson(sex))
    world = _set_parent(world, child, parent)
    other = _parent(world, child, opposite(sex))
    if other is None or other == OFF_RECORD:
        yield WorldPlace(world, parent)
    elif world.people[other].spouse is None:
        yield from (WorldPlace(w, parent) for w in _marry(world, parent, other))


def to_child(place: WorldPlace, sex: str) -> Iterator[WorldPlace]:
    """Each child of that sex, and one more."""
    world, parent = place
    for child in children(world, parent):
        if world.people[child].sex == sex:
            yield WorldPlace(world, child)
    grown, child = _add(world, WorldPerson(sex))
    grown = _set_parent(grown, child, parent)
    yield from (WorldPlace(w, child) for w in _settle_other_parent(grown, child, parent))


def to_spouse(place: WorldPlace, sex: str) -> Iterator[WorldPlace]:
    """The spouse, found or added."""
    world, person = place
    who = world.people[person]
    if who.sex == sex:
        return
    if who.spouse is not None:
        yield WorldPlace(world, who.spouse)
        return
    world, spouse = _add(world, WorldPerson(sex))
    yield from (WorldPlace(w, spouse) for w in _marry(world, person, spouse))


def to_sibling(place: WorldPlace, sex: str) -> Iterator[WorldPlace]:
    """Each brother or sister, full or half, and one more on either side."""
    for side in (MALE, FEMALE):
        for parent in to_parent(place, side):
            yield from (s for s in to_child(parent, sex) if s.person != place.person)


def to_step_child(place: WorldPlace, sex: str) -> Iterator[WorldPlace]:
    """A child of the spouse whose other parent is off the record."""
    own_sex = place.world.people[place.person].sex
    for world, spouse in to_spouse(place, opposite(own_sex)):
        for child in children(world, spouse):
            if world.people[child].sex == sex and _parent(world, child, own_sex) == OFF_RECORD:
                yield WorldPlace(world, child)
        grown, child = _add(world, WorldPerson(sex))
        grown = _set_parent(grown, child, spouse)
        yield WorldPlace(_set_off_record(grown, child, own_sex), child)


def to_step_parent(place: WorldPlace, sex: str) -> Iterator[WorldPlace]:
    """The spouse of one parent where the other parent is off the record."""
    world, child = place
    known = _parent(world, child, sex)
    if known is not None and known != OFF_RECORD:
        return
    other = _parent(world, child, opposite(sex))
    if known is None and other is not None and other != OFF_RECORD:
        spouse = world.people[other].spouse
        if spouse is not None:
            return
    world = _set_off_record(world, child, sex)
    for parent in to_parent(WorldPlace(world, child), opposite(sex)):
        yield from to_spouse(parent, sex)


def _parent(world: FamilyWorld, child: int, sex: str) -> int | None:
    who = world.people[child]
    return who.father if sex == MALE else who.mother


def _add(world: FamilyWorld, person: WorldPerson) -> tuple[FamilyWorld, int]:
    return world._replace(people=(*world.people, person)), len(world.people)


def _replace(world: FamilyWorld, index: int, person: WorldPerson) -> FamilyWorld:
    people = world.people
    return world._replace(people=(*people[:index], person, *people[index + 1 :]))


def _set_parent(world: FamilyWorld, child: int, parent: int) -> FamilyWorld:
    who = world.people[child]
    if world.people[parent].sex == MALE:
        return _replace(world, child, who._replace(father=parent))
    return _replace(world, child, who._replace(mother=parent))


def _set_off_record(world: FamilyWorld, child: int, sex: str) -> FamilyWorld:
    who = world.people[child]
    if sex == MALE:
        return _replace(world, child, who._replace(father=OFF_RECORD))
    return _replace(world, child, who._replace(mother=OFF_RECORD))


def _marry(world: FamilyWorld, one: int, other: int) -> list[FamilyWorld]:
    """The two married, in every way in which their children can then be theirs."""
    world = _replace(world, one, world.people[one]._replace(spouse=other))
    world = _replace(world, other, world.people[other]._replace(spouse=one))
    worlds = [world]
    for parent in (one, other):
        for child in children(world, parent):
            worlds = list(_each(worlds, child, parent))
    return worlds


def _each(worlds: Iterable[FamilyWorld], child: int, parent: int) -> Iterator[FamilyWorld]:
    for world in worlds:
        yield from _settle_other_parent(world, child, parent)


def _settle_other_parent(world: FamilyWorld, child: int, parent: int) -> Iterator[FamilyWorld]:
    """Decide a child's other parent where its one parent is married."""
    spouse = world.people[parent].spouse
    other_sex = opposite(world.people[parent].sex)
    if spouse is None or _parent(world, child, other_sex) is not None:
        yield world
        return
    yield _set_parent(world, child, spouse)
    if world.step_families:
        yield _set_off_record(world, child, other_sex)
