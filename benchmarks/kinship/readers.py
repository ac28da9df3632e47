"""What the most careful reader of some papers could tell, by trying every family that fits."""

from collections.abc import Iterator
from itertools import permutations
from typing import NamedTuple

from benchmarks.kinship.families import SimulatedPerson
from benchmarks.kinship.meaning import MEANINGS, counted_apart, may_be_couple
from benchmarks.kinship.papers import SimulatedBook, SimulatedPage, SimulatedPapers
from benchmarks.kinship.possible_family import (
    FEMALE,
    MALE,
    ConsistentWorld,
    descended,
    married,
)
from benchmarks.kinship.worlds import Opened, Written, fitting, open_between
from models.intake.application import Relationship


class _Desk(NamedTuple):
    """People of the papers as numbers of a world."""

    world: ConsistentWorld
    number: dict[str, int]


class Reader:
    """Everything that fits some papers, worked out once and asked for many pairs.

    Attributes:
        nothing_fits: The papers contradict each other: an adoption or a divorce lies between.
    """

    def __init__(self, papers: SimulatedPapers, *, literally: bool, without: str = "") -> None:
        """Try every family.

        Args:
            papers: What was handed in.
            literally: Whether 子, 女, 父, 母 are taken at their word, as the policy does.
            without: A certificate that something may have come after, and says nothing.

        Raises:
            TooManyWorldsError: Too many families fit.
        """
        self._words = {
            (book.name, page.person.number): page.word
            for book in papers.books
            for page in book.pages
        }
        self._fits: list[tuple[tuple[ConsistentWorld, ...], tuple[Opened, ...]]] = []
        desk = _seat(papers)
        apart = _counted_apart(papers.books, desk)
        for world in _certified(papers, desk, without):
            for grown, books in _opened(papers.books, desk, world, literally=literally):
                worlds = fitting(grown, books)
                fits = (w for w in worlds if not any(w.spouse[a] == b for a, b in apart))
                self._fits.append((tuple(fits), books))
        self._number = desk.number
        self._answers: dict[tuple[int, int], frozenset[Relationship]] = {}
        self.nothing_fits = not any(worlds for worlds, _ in self._fits)

    def open_between(self, x: SimulatedPerson, y: SimulatedPerson) -> frozenset[Relationship]:
        """Everything that y may be to x."""
        key = x.number, y.number
        if key not in self._answers:
            self._answers[key] = self._asked(x, y)
        return self._answers[key]

    def _asked(self, x: SimulatedPerson, y: SimulatedPerson) -> frozenset[Relationship]:
        one, other = (self._number[_name(p)] for p in (x, y))
        words = self._words_of(x, y)
        found = frozenset[Relationship]()
        for worlds, books in self._fits:
            found |= open_between(
                worlds,
                one,
                other,
                books,
                may_be_spouses=all(may_be_couple(a, b) for a, b in words),
                known=any({a, b} <= {*MEANINGS, "户主"} for a, b in words),
            )
        return found

    def _words_of(self, x: SimulatedPerson, y: SimulatedPerson) -> list[tuple[str, str]]:
        """Both people's words in every book that has a page of each."""
        return [
            (word, self._words[book, y.number])
            for (book, number), word in self._words.items()
            if number == x.number and (book, y.number) in self._words
        ]


def _counted_apart(books: list[SimulatedBook], desk: _Desk) -> list[tuple[int, int]]:
    """Pairs of one book who are no couple by the order of birth that their words count."""
    return [
        (desk.number[_name(one.person)], desk.number[_name(other.person)])
        for book in books
        for one, other in permutations(book.pages, 2)
        if counted_apart(one.word, other.word)
    ]


def _name(person: SimulatedPerson | str) -> str:
    return person if isinstance(person, str) else f"p{person.number}"


def _seat(papers: SimulatedPapers) -> _Desk:
    """Everybody whom a paper identifies."""
    people: dict[str, str] = {_name(p): p.sex for p in papers.bearers}
    for child, parents in papers.births:
        people[_name(child)] = child.sex
        people |= {_name(p): sex for sex, p in parents.items() if p is not None}
    for couple in papers.marriages:
        people |= {_name(p): p.sex for p in couple}
    world, number = ConsistentWorld(), {}
    for name, sex in people.items():
        world, number[name] = world.born(sex)
    return _Desk(world, number)


def _certified(papers: SimulatedPapers, desk: _Desk, without: str) -> Iterator[ConsistentWorld]:
    """The world with what the certificates say; none where they contradict each other."""
    called_adopted = {p.person.number for b in papers.books for p in b.pages if p.word[0] == "养"}
    worlds = [desk.world]
    for child, parents in papers.births:
        if child.number in called_adopted or without == f"birth-{child.number}":
            continue
        for parent in (p for p in parents.values() if p is not None):
            pair = desk.number[_name(child)], desk.number[_name(parent)]
            worlds = [grown for w in worlds for grown in descended(w, *pair)]
    for one, other in papers.marriages:
        if without != f"marriage-{one.number}":
            pair = desk.number[_name(one)], desk.number[_name(other)]
            worlds = [grown for w in worlds for grown in married(w, *pair)]
    yield from worlds


def _opened(
    books: list[SimulatedBook], desk: _Desk, world: ConsistentWorld, *, literally: bool
) -> Iterator[tuple[ConsistentWorld, tuple[Opened, ...]]]:
    """Every choice of householders whose page is missing."""
    if not books:
        yield world, ()
        return
    pages = tuple(_written(p, desk, literally=literally) for p in books[0].pages if _placed(p))
    for grown, holder in _holders(books[0], desk, world):
        for last, others in _opened(books[1:], desk, grown, literally=literally):
            yield last, (Opened(holder, pages), *others)


def _holders(
    book: SimulatedBook, desk: _Desk, world: ConsistentWorld
) -> Iterator[tuple[ConsistentWorld, int]]:
    if any(page.word == "户主" for page in book.pages):
        yield world, desk.number[_name(book.holder)]
        return
    inside = {desk.number[_name(page.person)] for page in book.pages}
    yield from ((world, i) for i in range(len(world.sex)) if i not in inside)
    yield world.born(MALE)
    yield world.born(FEMALE)


def _placed(page: SimulatedPage) -> bool:
    return page.word in MEANINGS


def _written(page: SimulatedPage, desk: _Desk, *, literally: bool) -> Written:
    meaning = MEANINGS[page.word]
    ways = meaning.literal if literally else meaning.ways
    return Written(desk.number[_name(page.person)], ways, meaning.fits)
