"""What is seen when two pages are compared, one observation for each tie, before it is weighed."""

import datetime as dt
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final, NamedTuple

from models.intake.application import Relationship
from tasks.identity.similarity import Similarity, compare_names
from tasks.identity.ties.page_signs import NATIVE_PLACE, STATION, PagePair, PageSigns
from tasks.identity.ties.surnames import (
    are_of_one_clan,
    have_one_patronym,
    is_patronym,
    surname_of,
)
from tasks.identity.ties.tie import TieKind

SOON_DAYS: Final = 60
"""A birth is registered within a month (户口登记条例); one more for those who are late."""
_USUAL_LAG: Final = dt.timedelta(days=20)
"""From a birth to its registration, as the median is assumed (`benchmarks.ties`)."""
HOLDS: Final = "holds"
DIFFERS: Final = "differs"
_BEARING: Final = frozenset({"father", "mother", "sibling", "grandfather"})
"""Lines in which the younger one bears the elder's surname, often or now and then."""
_OF_ONE_CLAN: Final = _BEARING - {"mother"}
USUAL_YEARS: Final = MappingProxyType({"mother": (23, 34), "father": (24, 36)})
"""From and below which age most people have children: two thirds of all births."""
_DAYS_A_YEAR: Final = 365.25
_MATERNAL: Final = ("外", "姥")
_STATION: Final = "派出所"
_WHOLE_CITY: Final = "市辖区"
_LEAST_ADDRESS: Final = 8
"""Characters below which an address names no house."""


class ObservedTie(NamedTuple):
    """One respect in which two pages were compared.

    Attributes:
        context: What the rate depends on besides the outcome.
        outcome: What was seen.
        surname: The younger person's, where surnames were compared.
    """

    kind: TieKind
    context: str
    outcome: str
    fields: tuple[str, ...] = ()
    surname: str | None = None


def observe(pair: PagePair) -> tuple[ObservedTie, ...]:
    """Everything that can be compared, in the order in which it is weighed."""
    seen: list[ObservedTie] = []
    seen += _surnames(pair)
    seen += _ages(pair)
    seen += _number_places(pair)
    near = any(o.outcome == "county" for o in seen)
    seen += _native_places(pair, "county" if near else "apart")
    native = any(o.kind is TieKind.NATIVE_PLACE and o.outcome == HOLDS for o in seen)
    seen += _stations(pair, "native" if near and native else "county" if near else "apart")
    seen += _days(pair)
    seen += _addresses(pair)
    seen += _forms(pair)
    seen += _pictures(pair)
    return tuple(seen)


def line_of(pair: PagePair) -> str:
    """How the younger of the two descends from the elder, or how else they are related."""
    claimed = pair.relationship
    if claimed is Relationship.SIBLING:
        return "sibling"
    if claimed is Relationship.SPOUSE or claimed is None:
        return "couple"
    elder, _ = elder_and_younger(pair)
    if claimed in {Relationship.CHILD, Relationship.PARENT}:
        return {"男": "father", "女": "mother"}.get(elder.sex or "", "couple")
    words = (pair.applicant.word or "", pair.member.word or "")
    maternal = any(word.startswith(_MATERNAL) for word in words)
    return "grandfather" if elder.sex == "男" and not maternal else "grandparent"


def elder_and_younger(pair: PagePair) -> tuple[PageSigns, PageSigns]:
    """By what the form claims; of spouses and siblings the applicant counts as the elder."""
    if pair.relationship in {Relationship.PARENT, Relationship.GRANDPARENT}:
        return pair.member, pair.applicant
    return pair.applicant, pair.member


def _generations(pair: PagePair) -> str:
    """Whether a child is compared with its elder, or two grown-up people."""
    _, younger = elder_and_younger(pair)
    child = pair.relationship in {Relationship.CHILD, Relationship.GRANDCHILD}
    return "child" if child and younger.born is not None else "adults"


def has_common_surname(pair: PagePair) -> bool:
    """Whether a family's two names would share a surname here, as far as they were read."""
    names = [name for name in (pair.applicant.name, pair.member.name) if name]
    return line_of(pair) in _BEARING and all(surname_of(name) for name in names)


def _surnames(pair: PagePair) -> Iterator[ObservedTie]:
    """Only where the line says whose surname is borne; a look-alike decides nothing."""
    line = line_of(pair)
    elder, younger = elder_and_younger(pair)
    if line not in _BEARING:
        return
    if elder.name is None or younger.name is None:
        return
    one, other = surname_of(elder.name), surname_of(younger.name)
    if one is None or other is None:
        yield from _names_of_parts(line, younger.name, elder.name)
        return
    # A filler makes a surname of one character a name that can be compared.
    likeness = compare_names(f"{one}某", f"{other}某")
    if likeness is not Similarity.ALIKE:
        same = HOLDS if likeness is Similarity.SAME else DIFFERS
        yield ObservedTie(TieKind.SURNAME, line, same, ("name",), other)


def _names_of_parts(line: str, younger: str, elder: str) -> Iterator[ObservedTie]:
    """What names with a middle dot have in common, by the two ways of making them."""
    patronym = {"father": is_patronym, "sibling": have_one_patronym}.get(line)
    if patronym is not None and patronym(younger, elder):
        yield ObservedTie(TieKind.SURNAME, "parts", "patronym", ("name",))
    elif line in _OF_ONE_CLAN and are_of_one_clan(younger, elder):
        yield ObservedTie(TieKind.SURNAME, "parts", "clan", ("name",))


def _ages(pair: PagePair) -> Iterator[ObservedTie]:
    """How old a parent was when the child was born."""
    line = line_of(pair)
    elder, younger = elder_and_younger(pair)
    if line not in USUAL_YEARS or elder.born is None or younger.born is None:
        return
    youngest, eldest = USUAL_YEARS[line]
    years = (younger.born - elder.born).days / _DAYS_A_YEAR
    outcome = "usual" if youngest <= years < eldest else "unusual"
    yield ObservedTie(TieKind.AGES, line, outcome, ("id_number",))


def _number_places(pair: PagePair) -> Iterator[ObservedTie]:
    """The member's number and the applicant's, or the book's address, begin in one place."""
    one, other = pair.applicant.region, pair.member.region
    if one is None or other is None:
        return
    if one == other or _address_names(pair, other):
        outcome = "county"
    else:
        outcome = "city" if one[:4] == other[:4] else "elsewhere"
    yield ObservedTie(TieKind.NUMBER_PLACE, _generations(pair), outcome, ("id_number",))


def _address_names(pair: PagePair, region: str) -> bool:
    """Whether the address on the cover names the county of this code."""
    address = pair.cover.address or ""
    names = {era.name for era in pair.divisions.eras.get(region, ())} - {_WHOLE_CITY}
    return any(len(name) > 1 and name in address for name in names)


def _native_places(pair: PagePair, near: str) -> Iterator[ObservedTie]:
    one, other = pair.applicant.native_place, pair.member.native_place
    if one is None or other is None:
        return
    line = "line" if line_of(pair) in {"father", "sibling", "grandfather"} else "apart"
    same = HOLDS if same_place(one, other) else DIFFERS
    yield ObservedTie(TieKind.NATIVE_PLACE, f"{line}/{near}", same, (NATIVE_PLACE,))


def same_place(one: str, other: str) -> bool:
    """Whether two places as printed are one: equal, or one with more of the address than the other.

    浙江省诸暨市 and 浙江诸暨 are one place; a province alone names none.
    """
    short, long = sorted((_bare_place(one), _bare_place(other)), key=len)
    return len(short) >= 4 and (long.startswith(short) or long.endswith(short))


def _bare_place(text: str) -> str:
    """Without the words that a clerk writes or leaves out."""
    for word in ("省", "自治区", "地区", "市", "县", "区"):
        text = text.replace(word, "")
    return text.replace(" ", "")


def _stations(pair: PagePair, near: str) -> Iterator[ObservedTie]:
    """The stations in the seals; names that have a letter in common may be one name misread."""
    one, other = pair.applicant.station, pair.member.station
    if one is None or other is None:
        return
    if one == other:
        yield ObservedTie(TieKind.STATION, near, HOLDS, (STATION,))
    elif not set(one.removesuffix(_STATION)) & set(other.removesuffix(_STATION)):
        yield ObservedTie(TieKind.STATION, near, DIFFERS, (STATION,))


def _days(pair: PagePair) -> Iterator[ObservedTie]:
    """The days on which the pages were made, by whether the child came after the book began.

    A book that is issued anew is printed on one day with everybody in it. Who is born later gets
    a page within weeks; who was there before and has a page of another day is possible and rarer.
    """
    one, day = pair.applicant.registered, pair.member.registered
    if day is None or (one is None and pair.cover.issued is None):
        return
    fields = ("registration_date",)
    if day in {one, pair.cover.issued}:
        yield ObservedTie(TieKind.REGISTRATION_DAY, _when(pair), "same_day", fields)
    elif one is not None:
        soon = _when(pair) == "born_after" and _is_soon(pair)
        outcome = "soon" if soon else "other_day"
        yield ObservedTie(TieKind.REGISTRATION_DAY, _when(pair), outcome, fields)


def _when(pair: PagePair) -> str:
    """Whether the child came after the book began: by its cover, else by the elder's page.

    One page alone may have been printed again since; the cover's day is the whole book's. A birth
    just before that day was hardly registered by then, where the page is not of that day itself.
    """
    elder, younger = elder_and_younger(pair)
    began = pair.cover.issued or elder.registered
    if _generations(pair) == "adults" or younger.born is None:
        return "adults"
    if began is None or younger.registered is None:
        return "born_before"
    missed = _is_soon(pair) or younger.born > began - _USUAL_LAG
    came_after = younger.born > began or (younger.registered > began and missed)
    return "born_after" if came_after else "born_before"


def _is_soon(pair: PagePair) -> bool:
    """Whether the younger one's page was made within weeks of the birth."""
    _, younger = elder_and_younger(pair)
    if younger.born is None or younger.registered is None:
        return False
    return (younger.registered - younger.born).days <= SOON_DAYS


def _addresses(pair: PagePair) -> Iterator[ObservedTie]:
    """The member's ID card and the cover name one house."""
    one, other = pair.cover.address, pair.card_address
    if one is None or other is None:
        return
    short, long = sorted((_bare_place(one), _bare_place(other)), key=len)
    same = len(short) >= _LEAST_ADDRESS and long.endswith(short)
    yield ObservedTie(TieKind.ADDRESS, "", HOLDS if same else DIFFERS, ("address",))


def _forms(pair: PagePair) -> Iterator[ObservedTie]:
    """One page prints a number and the other does not: prints of two provinces or of two times."""
    if pair.applicant.numbered is not pair.member.numbered:
        yield ObservedTie(TieKind.FORM, "", DIFFERS, ("household_number",))


def _pictures(pair: PagePair) -> Iterator[ObservedTie]:
    """Two pages on one photograph. One file says nothing: anybody can put two pictures into it."""
    (one, page, part), (other, its_page, its_part) = pair.applicant.picture, pair.member.picture
    if (one, page) == (other, its_page) and part != its_part:
        yield ObservedTie(TieKind.ONE_PICTURE, "", HOLDS)
