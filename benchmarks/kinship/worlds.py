"""Every small family that fits some papers: what no reader of them could tell apart.

A world is people with their parents in law and their present spouse. Each printed word asks for a
chain of steps from the householder to its bearer; each certificate asks for links. Every way to
lead all chains through people who are there already, or through new ones, is one world. What two
people are to each other in all worlds together is what the papers leave open, and where that is
one relation, a careful reader could tell. This shares no code with the prover.

The clerk prints the nearest tie, so two people of one book have no other tie than their words give,
but for one thing that words leave open: whether the child of one spouse is the child of both, and
whether two parents of a child are married. What no family can be says `possible_family`.
"""

import itertools
from collections.abc import Iterable
from types import MappingProxyType
from typing import Final, NamedTuple

from benchmarks.kinship.possible_family import ConsistentWorld, R, relation
from benchmarks.kinship.walks import walks
from models.intake.application import Relationship

MOST_WORLDS: Final = 400
"""Papers that fit more worlds than this are not looked at to the end."""


class TooManyWorldsError(Exception):
    """The papers fit more worlds than are looked at to the end."""


class Written(NamedTuple):
    """One page: whose, and the ways from the householder that its word may mean.

    Attributes:
        ways: Chains of steps; see `WAYS`.
        fits: What the bearer may be to the householder in the end.
    """

    person: int
    ways: tuple[tuple[str, ...], ...]
    fits: frozenset[Relationship]


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
        for world in walks(start, holder, _plain(way), page.person, frozenset({holder})):
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
    """Whether no page's bearer is nearer to the householder than the page says.

    Where there is no tie of blood or marriage, a step relation is the nearest: a clerk calls the
    spouse's child 继女 and not 儿媳, whomever else she has married.
    """
    return all(
        relation(world, book.holder, page.person) in page.fits
        and (
            any("!" in way for way in page.ways)
            or relation(world, book.holder, page.person) in _NEAREST
            or not _is_step(world, book.holder, page.person)
        )
        for book in books
        for page in book.pages
        if page.person != book.holder
    )


_NEAREST: Final = frozenset({R.SPOUSE, R.CHILD, R.PARENT})


def _is_step(world: ConsistentWorld, holder: int, person: int) -> bool:
    """Whether somebody is a child of the householder's spouse, or the spouse of a parent."""
    return world.spouse[holder] in world.parents(person) or any(
        world.spouse[parent] == person for parent in world.parents(holder)
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
        for later in walks(world, x, way, y, frozenset(), known=known)
    )
