"""Which hukou pages lie in one book.

A shared household number says so. Where a page carries none, nothing on it says to which book it
belongs: it is put with the only book there is, and that is kept as a doubt.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from models.identity.typed_text import normalise_serial
from models.kinship.kin_class import KinClass
from models.kinship.relation_word import read_relation_word
from models.policy.measures import ReadingRules
from models.reading.document import DocumentKind, DocumentReading
from tasks.identity.similarity import (
    Similarity,
    compare_names,
    compare_serials,
    is_cut_serial,
)

_NUMBER = "household_number"


@dataclass(frozen=True, slots=True)
class Booklets:
    """The books of one application; readings are known by their place in the dossier.

    Attributes:
        book_of: Opaque key of the book of each hukou reading.
        doubtful: Readings that were put into a book for want of another.
    """

    book_of: dict[int, str]
    doubtful: frozenset[int]


def group_pages(readings: Sequence[DocumentReading], rules: ReadingRules) -> Booklets:
    """Put every hukou page and cover into a book."""
    hukou = [
        i
        for i, r in enumerate(readings)
        if r.kind in {DocumentKind.HUKOU_COVER, DocumentKind.HUKOU_MEMBER}
    ]
    book_of: dict[int, str] = {}
    doubtful: set[int] = set()
    homes: dict[str, str] = {}
    for i in sorted(hukou, key=lambda i: not _numbered(readings[i], rules)):
        if number := book_number(readings[i]):
            home = _home_of_number(number, homes)
            book_of[i] = homes.setdefault(home, f"book-{len(homes) + 1}")
            if home != number or not _numbered(readings[i], rules):
                doubtful.add(i)
    for i in hukou:
        if i not in book_of:
            book_of[i] = _home_of_householder(readings, i, book_of) or "book-1"
            doubtful.add(i)
    return Booklets(book_of, frozenset(doubtful))


def book_number(reading: DocumentReading) -> str | None:
    """The household number of a page; None where it shows none that tells books apart.

    无, 1 or 0000 may stand in any book.
    """
    number = normalise_serial(reading.value(_NUMBER) or "")
    digits = [sign for sign in number if sign.isdigit()]
    tells = len(number) >= _LEAST_SIGNS and len(set(digits)) > 1
    return number if tells else None


_LEAST_SIGNS: Final = 4
"""Of a household number; the reader takes nothing shorter for one."""


def _numbered(reading: DocumentReading, rules: ReadingRules) -> bool:
    return rules.trusts(_NUMBER, reading.fields.get(_NUMBER))


def _home_of_number(number: str, homes: dict[str, str]) -> str:
    """The number of the book that this one belongs to: its own, or one that it may misread."""
    near = [
        n
        for n in homes
        if compare_serials(number, n) is not Similarity.DIFFERENT or is_cut_serial(number, n)
    ]
    return number if number in homes or not near else near[0]


def _home_of_householder(
    readings: Sequence[DocumentReading], i: int, book_of: dict[int, str]
) -> str | None:
    """The book whose cover or first page names the same householder."""
    name = householder_on(readings[i])
    if name is None:
        return None
    for other, book in book_of.items():
        theirs = householder_on(readings[other])
        if theirs and compare_names(name, theirs) is Similarity.SAME:
            return book
    return None


def householder_on(reading: DocumentReading) -> str | None:
    """The householder's name, where this page shows it."""
    if reading.kind is DocumentKind.HUKOU_COVER:
        return reading.value("householder_name")
    word = reading.value("relation_to_householder")
    if read_relation_word(word).kin is KinClass.HOUSEHOLDER:
        return reading.value("name")
    return None
