"""Every small family that fits some papers: what no reader of them could tell apart.

A world is people with their parents in law and their present spouse. Each printed word asks for a
chain of steps from the householder to its bearer; each certificate asks for links. Every way to
lead all chains through people who are there already, or through new ones, is one world. What two
people are to each other in all worlds together is what the papers leave open, and where that is
one relation, a careful reader could tell. This shares no code with the prover.

What holds in every world: nobody is the own ancestor; nobody marries, or has a child with, a
relative by blood up to first cousins; spouses and parents stand in their generation; a person has
one spouse. The clerk prints the nearest tie, so two people of one book have no other tie than their
words give, but for one thing that words leave open: whether the child of one spouse is the child of
both, and whether two parents of a child are married.
"""

import itertools
from collections.abc import Iterable, Iterator
from types import MappingProxyType
from typing import Final, NamedTuple

from models.intake.application import Relationship

MALE, FEMALE = "男", "女"
R = Relationship
MOST_WORLDS: Final = 400
"""Papers that fit more worlds than this are not looked at to the end."""


class TooManyWorldsError(Exception):
    """The papers fit more worlds than are looked at to the end."""


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


Arrival = tuple[ConsistentWorld, int]


class Written(NamedTuple):
    """One page: whose, and the ways from the householder that its word may mean.

    Attributes:
        ways: Chains of steps; see `WAYS`.
        fits: What the bearer may be to the householder in the end.
    """

    person: int
    ways: tuple[tuple[str, ...], ...]
    fits: frozenset[Relationship]


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


def _walks(
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
            yield from _walks(grown, there, way[1:], person, taken, known=known)


class Opened(NamedTuple):
    """One book: its householder and what its pages say."""

    holder: int
    pages: tuple[Written, ...]


def fitting(
    world: ConsistentWorld, books: Iterable[Opened], most: int = MOST_WORLDS
) -> tuple[ConsistentWorld, ...]:
    """Every world that grows from this one and fits all pages of all books.

    Raises:
        TooManyWorldsError: There are more than `most`.
    """
    books, worlds = tuple(books), {world}
    for book in books:
        for page in book.pages:
            grown = _grown(worlds, book.holder, page, most)
            worlds = {w for w in grown if _no_nearer(w, books)}
    return tuple(w for w in worlds if _printed_so(w, books))


def _grown(
    worlds: set[ConsistentWorld], holder: int, page: Written, most: int
) -> set[ConsistentWorld]:
    grown: set[ConsistentWorld] = set()
    for known, way in itertools.product(worlds, page.ways):
        start = _barred(known, holder, way, page)
        for world in _walks(start, holder, _plain(way), page.person, frozenset({holder})):
            grown.add(world)
            if len(grown) > most:
                raise TooManyWorldsError
    return grown


def _barred(
    world: ConsistentWorld, holder: int, way: tuple[str, ...], page: Written
) -> ConsistentWorld:
    """A step relation is none of blood: the householder is no parent, or child, of the bearer."""
    if "!" not in way:
        return world
    pair = (holder, page.person) if way[-1].startswith("down") else (page.person, holder)
    return world._replace(barred=world.barred | {pair})


def _plain(way: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(step for step in way if step != "!")


def _no_nearer(world: ConsistentWorld, books: Iterable[Opened]) -> bool:
    """Whether nobody is nearer already than a page says, be it read by now or not."""
    return all(
        relation(world, book.holder, page.person) in page.fits | {R.OTHER}
        for book in books
        for page in book.pages
        if page.person != book.holder
    )


def _printed_so(world: ConsistentWorld, books: Iterable[Opened]) -> bool:
    """Whether no page's bearer is nearer to the householder than the page says."""
    return all(
        relation(world, book.holder, page.person) in page.fits
        for book in books
        for page in book.pages
        if page.person != book.holder
    )


_CHAINS: Final = MappingProxyType(
    {
        R.SPOUSE: (("wed",),),
        R.PARENT: (("up",),),
        R.CHILD: (("down",),),
        R.SIBLING: (("beside",),),
        R.GRANDPARENT: (("up", "up"),),
        R.GRANDCHILD: (("down", "down"),),
    }
)


def open_between(
    worlds: Iterable[ConsistentWorld],
    x: int,
    y: int,
    books: Iterable[Opened],
    *,
    may_be_spouses: bool,
    known: bool,
) -> frozenset[Relationship]:
    """Everything that y may be to x: what holds in some world, or could be added to it.

    Args:
        worlds: All that fit the papers.
        x: The one.
        y: The other.
        books: What was read in the books.
        may_be_spouses: Whether the two people's words do not say that they are no couple.
        known: One book places both, so that no tie goes through people of whom it says nothing.
    """
    books, found = tuple(books), set[Relationship]()
    for world in worlds:
        now = relation(world, x, y)
        found.add(now)
        if now is R.OTHER:
            barred = frozenset() if may_be_spouses else frozenset({R.SPOUSE})
            wanted = frozenset(_CHAINS) - found - barred
            found |= {tie for tie in wanted if _addable(world, x, y, tie, books, known=known)}
    return frozenset(found)


def _addable(
    world: ConsistentWorld,
    x: int,
    y: int,
    wanted: Relationship,
    books: tuple[Opened, ...],
    *,
    known: bool,
) -> bool:
    """Whether the two can be this to each other in a world that leaves it open."""
    return any(
        relation(later, x, y) is wanted and _printed_so(later, books)
        for way in _CHAINS[wanted]
        for later in _walks(world, x, way, y, frozenset(), known=known)
    )
