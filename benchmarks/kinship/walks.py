"""Walks through a family: every way to lead a chain of steps from one person to another.

A step leads to whom it leads already, to somebody who is there, or to somebody new.
"""

from collections.abc import Iterator

from benchmarks.kinship.possible_family import FEMALE, MALE, ConsistentWorld, descended, married

Arrival = tuple[ConsistentWorld, int]


def _step(
    world: ConsistentWorld, here: int, step: str, ends_at: int | None, *, known: bool = False
) -> Iterator[Arrival]:
    """Every way to take one step: to whom it leads already, to somebody there, to somebody new.

    Args:
        world: Where the step is taken.
        here: From whom.
        step: `up`, `down`, `wed` or `beside` (brothers and sisters), with 男 or 女 where the sex
            is fixed; `!` bars the one arrived at from being the householder's child or parent.
        ends_at: The only person who may be arrived at; None for anybody.
        known: Only to somebody there, and only by a link that a marriage or a child suggests.
    """
    name, sexes = step[:-1] if step[-1] in "男女" else step, step[-1] if step[-1] in "男女" else ""
    if name == "beside":
        for up in (f"up{MALE}", f"up{FEMALE}"):
            for grown, parent in _step(world, here, up, None, known=known):
                yield from (
                    (last, other)
                    for last, other in _step(grown, parent, f"down{sexes}", ends_at, known=known)
                    if other != here
                )
        return
    for sex in sexes or (MALE + FEMALE):
        for grown, there in _candidates(world, sex, ends_at):
            suggested = not known or (grown is world and _suggested(world, here, name, there))
            if there != here and suggested:
                yield from ((linked, there) for linked in _link(grown, here, name, there))


def _candidates(world: ConsistentWorld, sex: str, ends_at: int | None) -> Iterator[Arrival]:
    if ends_at is not None:
        if world.sex[ends_at] == sex:
            yield world, ends_at
        return
    yield from ((world, i) for i, own in enumerate(world.sex) if own == sex)
    yield world.born(sex)


def _suggested(world: ConsistentWorld, here: int, name: str, there: int) -> bool:
    """Whether a link is there, or joins a child to its parent's spouse, or a child's parents."""
    if name == "wed":
        both = set(world.children(here)) & set(world.children(there))
        return world.spouse[here] == there or bool(both)
    child, parent = (here, there) if name == "up" else (there, here)
    parents = world.parents(child)
    return parent in parents or any(world.spouse[p] == parent for p in parents)


def _link(world: ConsistentWorld, here: int, name: str, there: int) -> Iterator[ConsistentWorld]:
    if name == "wed":
        return married(world, here, there)
    child, parent = (here, there) if name == "up" else (there, here)
    return descended(world, child, parent)


def walks(
    world: ConsistentWorld,
    here: int,
    way: tuple[str, ...],
    person: int,
    taken: frozenset[int],
    *,
    known: bool = False,
) -> Iterator[ConsistentWorld]:
    """Every world in which this way leads to this person, through people outside `taken`."""
    if not way:
        if here == person:
            yield world
        return
    last = len(way) == 1
    for grown, there in _step(world, here, way[0], person if last else None, known=known):
        if last or there not in taken:
            yield from walks(grown, there, way[1:], person, taken, known=known)
