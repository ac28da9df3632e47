"""Whose parents by birth may be no parents in law: adoptions and other parents in books."""

from collections.abc import Iterable, Iterator
from types import MappingProxyType
from typing import Final

from models.kinship.claim import Claims, ParentageClaim
from models.kinship.kin_class import KinClass
from tasks.kinship.proof.book import BookPage, HukouBook
from tasks.kinship.proof.statements import Lineage


def lineage_of(books: Iterable[HukouBook], claims: Claims) -> Lineage:
    """Whose certificate of birth the books put in doubt, and everybody's sex."""
    books = tuple(books)
    pages = [page for book in books for page in book.pages]
    return Lineage(
        adopted=frozenset(child for book in books for child in _adopted(book)),
        displaced=frozenset(
            (birth.child, parent)
            for birth in claims.parentage
            for book in books
            for parent in _displaced(book, birth)
        ),
        sexes={page.person: page.word.sex for page in pages if page.word.sex},
        lines=dict(line for book in books for line in _lines(book)),
    )


_LINES: Final = MappingProxyType(
    {
        KinClass.FATHER_S_PARENT: "father",
        KinClass.MOTHER_S_PARENT: "mother",
        KinClass.SON_S_CHILD: "father",
        KinClass.DAUGHTER_S_CHILD: "mother",
    }
)
"""Through whom a word leads; 孙 may be printed of a daughter's child too (K7)."""


def _lines(book: HukouBook) -> Iterator[tuple[tuple[str, str], str]]:
    """Through whom householders and their grandparents or grandchildren are related."""
    heads = [page.person for page in book.pages if page.word.kin is KinClass.HOUSEHOLDER]
    for page in book.pages:
        for head in heads:
            if line := _LINES.get(page.word.kin):
                younger = page.word.kin in {KinClass.SON_S_CHILD, KinClass.DAUGHTER_S_CHILD}
                yield ((page.person, head) if younger else (head, page.person)), line


def _adopted(book: HukouBook) -> Iterator[str]:
    """Everybody whom the book calls adopted: on the own page, or by a parent's (养父)."""
    for page in book.pages:
        if page.word.kin is KinClass.ADOPTED_CHILD:
            yield page.person
        if page.word.kin in {KinClass.ADOPTIVE_PARENT, KinClass.STEP_PARENT}:
            yield from (p.person for p in book.pages if p.word.kin is KinClass.HOUSEHOLDER)


def _displaced(book: HukouBook, birth: ParentageClaim) -> Iterator[str]:
    """Parents on a certificate in whose place the book puts somebody else.

    With the father, the mother goes too, unless she is the spouse of the one who stands in his
    place: then he is her husband, whatever else he is.
    """
    inside = _parents_by(book, birth.child)
    by_birth = {sex: p for sex, p in (("女", birth.mother), ("男", birth.father)) if p}
    others = {p.person for p in inside if by_birth.get(p.word.sex or "", p.person) != p.person}
    if not others:
        return
    couple = {p.person for p in inside} | {
        p.person for p in book.pages if any(w.kin is KinClass.SPOUSE for w in p.word.meanings)
    }
    yield from (person for person in by_birth.values() if person not in couple)


def _parents_by(book: HukouBook, child: str) -> list[BookPage]:
    """The pages of those whom the book makes a person's parents."""
    word = next((p.word for p in book.pages if p.person == child), None)
    wanted = {
        KinClass.CHILD: KinClass.HOUSEHOLDER,
        KinClass.ADOPTED_CHILD: KinClass.HOUSEHOLDER,
        KinClass.HOUSEHOLDER: KinClass.PARENT,
    }
    return [p for p in book.pages if word is not None and p.word.kin is wanted.get(word.kin)]
