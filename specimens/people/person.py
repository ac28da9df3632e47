"""Invented people with valid numbers, and the ID cards that the law would give them."""

import datetime as dt
from typing import Final, NamedTuple

from models.identity.id_number import check_character
from specimens.dice import Dice
from specimens.people.counties import County
from specimens.people.invented_names import NameStyle, invent_name

TODAY: Final = dt.date(2026, 11, 20)
"""The day on which every invented application is submitted; never the clock."""


class InventedPerson(NamedTuple):
    """Somebody who does not exist.

    Attributes:
        key: Role within the family ("father"); unique there.
        sex: 男 or 女.
        ethnicity: Without 族.
        place: Where the number was given out.
        address: Where the papers say that they live.
        former_name: Another name once borne; None for most.
        face: Whose face of the gallery they wear.
        native_place: 籍贯, handed down from the father's father; None where it is `place`.
    """

    key: str
    name: str
    sex: str
    birth_date: dt.date
    id_number: str
    ethnicity: str
    place: County
    address: str
    former_name: str | None
    face: str
    native_place: County | None = None

    def age_on(self, day: dt.date) -> int:
        """Completed years."""
        before = (day.month, day.day) < (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - before

    @property
    def age(self) -> int:
        """Completed years on the day of submission."""
        return self.age_on(TODAY)


class PrintedCardTerm(NamedTuple):
    """The validity of an ID card; `until` None is 长期."""

    authority: str
    start: dt.date
    until: dt.date | None

    @property
    def printed(self) -> str:
        """As the card prints it."""
        end = f"{self.until:%Y.%m.%d}" if self.until else "长期"
        return f"{self.start:%Y.%m.%d}-{end}"


def invent_person(
    key: str,
    sex: str,
    birth_date: dt.date,
    surname: str,
    home: County,
    address: str,
    style: NameStyle,
    dice: Dice,
) -> InventedPerson:
    """A person of this sex and birth date, with a valid number and a name of the time."""
    name = invent_name(surname, sex, birth_date.year, style, dice)
    former = None
    if dice.chance(0.12):
        former = invent_name(surname, sex, birth_date.year, style, dice)
    return InventedPerson(
        key,
        name,
        sex,
        birth_date,
        invent_number(home, birth_date, sex, dice),
        style.ethnicity,
        home,
        address,
        former if former != name else None,
        "",
    )


def invent_number(place: County, birth_date: dt.date, sex: str, dice: Dice) -> str:
    """A valid number: the sequence is odd for 男 and even for 女."""
    sequence = dice.whole(0, 497) * 2 + (1 if sex == "男" else 2)
    body = f"{place.code}{birth_date:%Y%m%d}{sequence:03d}"
    return body + check_character(body)


def birth_date_at_age(age: int, dice: Dice) -> dt.date:
    """A birth date with exactly this age on the day of submission (nought: at least a month)."""
    latest = add_years(TODAY, -age) - dt.timedelta(days=30 if age == 0 else 1)
    return latest - dt.timedelta(days=dice.whole(0, 250 if age == 0 else 350))


def add_years(day: dt.date, years: int) -> dt.date:
    """The same day in another year; 29 February becomes 28."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def card_term(person: InventedPerson, dice: Dice, *, expired: bool = False) -> PrintedCardTerm:
    """A card in force on the day of submission (or lately expired), by the law's terms."""
    if expired:
        return _expired_term(person, dice)
    for _ in range(40):
        start = TODAY - dt.timedelta(days=dice.whole(20, 365 * 19))
        start = max(start, dt.date(2005, 1, 1), person.birth_date + dt.timedelta(days=20))
        until = _term_end(person, start)
        if until is None or until > TODAY + dt.timedelta(days=60):
            return PrintedCardTerm(person.place.police, start, until)
    start = TODAY - dt.timedelta(days=10)
    return PrintedCardTerm(person.place.police, start, _term_end(person, start))


def _expired_term(person: InventedPerson, dice: Dice) -> PrintedCardTerm:
    for years in (20, 10, 5):
        start = add_years(TODAY, -years) - dt.timedelta(days=dice.whole(45, 500))
        until = _term_end(person, start)
        if start >= person.birth_date and until and until < TODAY:
            return PrintedCardTerm(person.place.police, start, until)
    start = max(add_years(person.birth_date, 1), dt.date(2004, 6, 1))
    return PrintedCardTerm(person.place.police, start, add_years(start, 5))


def _term_end(person: InventedPerson, start: dt.date) -> dt.date | None:
    age = person.age_on(start)
    if age >= 46:
        return None
    return add_years(start, 5 if age < 16 else 10 if age < 26 else 20)
