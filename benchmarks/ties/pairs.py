"""Pairs of pages: of one family, and of strangers who pass for one."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import NamedTuple

from benchmarks.ties.households import InventedHousehold, InventedMember, invent_household
from benchmarks.ties.places import InventedCity
from models.identity.division import Divisions
from models.intake.application import Relationship
from tasks.identity.ties.page_signs import CoverSigns, PagePair, PageSigns
from tasks.identity.ties.surnames import surname_of

_CHILD = ("子", "女")
_ADULT = {"妻": Relationship.SPOUSE, "夫": Relationship.SPOUSE, "父亲": Relationship.PARENT}
_COVER_SHOWN = 0.6
_ONE_PICTURE = {True: 0.08, False: 0.02}
"""Of families, and of strangers who mean it: assumed, nothing is known."""
_CARD_IS_OF_THE_BOOK = 0.55
"""Of grown-ups, whose ID card still names the house where the book is."""


class Crowd(StrEnum):
    """Who the second page's household is to the first."""

    FAMILY = "family"
    SAME_CITY = "same city"
    SAME_SURNAME = "same city, same surname"
    NEIGHBOUR = "same village, same surname"


class BookPair(NamedTuple):
    """An applicant's book and the page of somebody said to be in it."""

    book: InventedHousehold
    member: InventedMember
    member_s_book: InventedHousehold
    relationship: Relationship
    cover: bool
    one_picture: bool
    card_address: str | None

    def signs(self, divisions: Divisions, *, native: bool = True, station: bool = True) -> PagePair:
        """As the checks see it; fields that reading does not give are left out."""
        head = _signs(self.book.head, 1, native=native, station=station)
        other = _signs(self.member, 2, native=native, station=station)
        if not self.one_picture:
            other = other._replace(picture=("another", 1, 1))
        cover = CoverSigns(self.book.address, self.book.issued) if self.cover else CoverSigns()
        return PagePair(head, other, self.relationship, cover, self.card_address, divisions)


def _signs(member: InventedMember, part: int, *, native: bool, station: bool) -> PageSigns:
    return PageSigns(
        name=member.name,
        sex=member.sex,
        word=member.word,
        born=member.born,
        region=member.number[:6],
        native_place=member.native_place if native else None,
        station=member.station if station else None,
        registered=member.registered,
        numbered=False,
        picture=("one", 1, part),
    )


def pairs(city: InventedCity, crowd: Crowd, *, minors: bool, count: int) -> Iterator[BookPair]:
    """Pairs that could pass: the word is there and the ages fit."""
    made = 0
    while made < count:
        book = invent_household(city)
        other = _OTHERS[crowd](city, book)
        for pair in _between(city, book, other, crowd, minors=minors)[: count - made]:
            made += 1
            yield pair


def _between(
    city: InventedCity,
    book: InventedHousehold,
    other: InventedHousehold,
    crowd: Crowd,
    *,
    minors: bool,
) -> list[BookPair]:
    members = other.with_word(*(_CHILD if minors else tuple(_ADULT)))
    fitting = [m for m in members if _fits(book.head, m, crowd)]
    return [_pair(city, book, member, other) for member in fitting[:1]]


def _pair(
    city: InventedCity, book: InventedHousehold, member: InventedMember, other: InventedHousehold
) -> BookPair:
    rng, one = city.rng, book is other
    grown_up = member.word in _ADULT
    at_home = rng.random() < _CARD_IS_OF_THE_BOOK
    card = other.address if at_home else f"{city.name}别处路{rng.randrange(900)}号"
    return BookPair(
        book,
        member,
        other,
        _ADULT.get(member.word, Relationship.CHILD),
        cover=rng.random() < _COVER_SHOWN,
        one_picture=rng.random() < _ONE_PICTURE[one],
        card_address=card if grown_up else None,
    )


def _fits(head: InventedMember, member: InventedMember, crowd: Crowd) -> bool:
    """What other checks would stop is no stranger who passes; a bearer of the name as asked."""
    years = (member.born - head.born).days / 365.25
    if member.word in _CHILD and not 18 <= years <= 48:
        return False
    if member.word == "父亲" and not -45 <= years <= -18:
        return False
    if member.word in {"妻", "夫"} and (member.sex == head.sex or abs(years) > 12):
        return False
    named = {surname_of(head.name), surname_of(member.name)}
    return crowd in {Crowd.FAMILY, Crowd.SAME_CITY} or len(named) == 1


def _family(_: InventedCity, book: InventedHousehold) -> InventedHousehold:
    return book


def _stranger(city: InventedCity, _: InventedHousehold) -> InventedHousehold:
    return invent_household(city)


def _namesake(city: InventedCity, book: InventedHousehold) -> InventedHousehold:
    """Who looks for a page of the own surname finds one, however rare the surname."""
    return invent_household(city, surname=surname_of(book.head.name))


def _neighbour(city: InventedCity, book: InventedHousehold) -> InventedHousehold:
    """Of the same village; in a town, of the same station; of the own surname."""
    return invent_household(city, book.village, surname_of(book.head.name))


_OTHERS: dict[Crowd, Callable[[InventedCity, InventedHousehold], InventedHousehold]] = {
    Crowd.FAMILY: _family,
    Crowd.SAME_CITY: _stranger,
    Crowd.SAME_SURNAME: _namesake,
    Crowd.NEIGHBOUR: _neighbour,
}
