"""The papers of an invented family: pages of one or two books, and certificates."""

import dataclasses
import random

from benchmarks.kinship.families import NO_WORD, SimulatedFamily, SimulatedPerson, print_word
from models.kinship.claim import (
    APPLICANT,
    MEMBER,
    Claims,
    HukouClaim,
    MarriageClaim,
    ParentageClaim,
)


@dataclasses.dataclass
class SimulatedPage:
    """One registration card.

    Attributes:
        stretched: The word is printed for a step relation (子).
    """

    person: SimulatedPerson
    word: str
    stretched: bool


@dataclasses.dataclass
class SimulatedBook:
    """One booklet: who its householder is, and its pages, of which some may be missing."""

    name: str
    holder: SimulatedPerson
    pages: list[SimulatedPage]


@dataclasses.dataclass
class SimulatedPapers:
    """What was handed in about one family.

    Attributes:
        births: People whose certificate of birth is there, with the parents it names; an outsider
            is a text.
        marriages: Couples whose certificate is there, ended ones too.
    """

    family: SimulatedFamily
    books: list[SimulatedBook]
    births: list[tuple[SimulatedPerson, dict[str, SimulatedPerson | str | None]]]
    marriages: list[tuple[SimulatedPerson, SimulatedPerson]]

    @property
    def bearers(self) -> list[SimulatedPerson]:
        """Everybody who has a page."""
        return [page.person for book in self.books for page in book.pages]

    def claims(self, x: SimulatedPerson, y: SimulatedPerson) -> Claims:
        """What the papers say where x applies for y."""
        called = {x.number: APPLICANT, y.number: MEMBER}

        def name(person: SimulatedPerson) -> str:
            return called.get(person.number, f"p{person.number}")

        def name_of(parent: SimulatedPerson | str | None) -> str | None:
            return name(parent) if isinstance(parent, SimulatedPerson) else parent

        return Claims(
            hukou=tuple(
                HukouClaim(
                    document=f"page-{page.person.number}",
                    person=name(page.person),
                    book=book.name,
                    word=page.word,
                    sex=page.person.sex,
                    householder_sex=book.holder.sex if book.holder in self.bearers else None,
                    confidence=0.99,
                )
                for book in self.books
                for page in book.pages
            ),
            parentage=tuple(
                ParentageClaim(
                    document=f"birth-{child.number}",
                    child=name(child),
                    mother=name_of(parents["女"]),
                    father=name_of(parents["男"]),
                    confidence=0.99,
                )
                for child, parents in self.births
            ),
            marriages=tuple(
                MarriageClaim(
                    document=f"marriage-{one.number}",
                    spouses=(name(one), name(other)),
                    confidence=0.99,
                )
                for one, other in self.marriages
            ),
        )

    def two_pages(self, x: SimulatedPerson, y: SimulatedPerson) -> "SimulatedPapers":
        """Nothing but the pages of these two."""
        books = [
            SimulatedBook(b.name, b.holder, [p for p in b.pages if p.person in (x, y)])
            for b in self.books
        ]
        return SimulatedPapers(self.family, [b for b in books if b.pages], [], [])


def issue_papers(rng: random.Random) -> SimulatedPapers:
    """A random family and some of its papers."""
    family = SimulatedFamily(rng)
    books = [_book("one", family, rng, [])]
    if rng.random() < 0.25:
        books.append(_book("two", family, rng, [p.person for p in books[0].pages]))
    bearers = [page.person for book in books for page in book.pages]
    parents = [p for bearer in bearers for p in bearer.parents]
    near = list(dict.fromkeys((*bearers, *parents)))
    births = [
        (p, _named(p, rng))
        for p in near
        if p.parents and rng.random() < (0.35 if p in bearers else 0.1)
    ]
    couples = [(p, p.spouse) for p in near if p.spouse and p.sex == "男" and rng.random() < 0.25]
    ended = [c for c in family.ended if rng.random() < 0.1]
    return SimulatedPapers(family, books, births, couples + ended)


def _book(
    name: str, family: SimulatedFamily, rng: random.Random, elsewhere: list[SimulatedPerson]
) -> SimulatedBook:
    """A book of a random householder; a fifth of its pages is not handed in."""
    holder = rng.choice([p for p in family.people if p not in elsewhere] or family.people)
    words = {p.number: print_word(holder, p, rng) for p in family.people}
    others = [p for p in family.people if p is not holder and p not in elsewhere]
    near = [p for p in others if words[p.number][0] not in NO_WORD]
    members = [holder, *rng.sample(near, min(len(near), rng.choice((2, 3, 4, 5, 6))))]
    far = [p for p in others if p not in members]
    if far and rng.random() < 0.2:
        members.append(rng.choice(far))
    kept = [p for p in members if rng.random() < 0.8] or members
    return SimulatedBook(name, holder, [SimulatedPage(p, *words[p.number]) for p in kept])


def _named(person: SimulatedPerson, rng: random.Random) -> dict[str, SimulatedPerson | str | None]:
    """The parents on a certificate; an outsider where no parent by birth is of the family."""
    named: dict[str, SimulatedPerson | str | None] = {
        sex: None if rng.random() < 0.2 else f"out-{sex}-{person.number}" for sex in "男女"
    }
    return named | {p.sex: p for p in person.birth_parents}
