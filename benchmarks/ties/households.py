"""Invented households and the days on which their pages were printed."""

import datetime as dt
import random
from typing import Final, NamedTuple

from benchmarks.ties.places import InventedCity, InventedCounty, Village
from models.identity.id_number import check_character

TODAY: Final = dt.date(2026, 11, 20)
_YEAR: Final = 365.25

FATHER_S_NAME: Final = 0.92
"""Of children who bear the father's surname; else the mother's (twelve to one in 2020)."""
NATIVE_KEPT: Final = 0.95
"""Of children whose native place is entered as the father's."""
BIRTHS: Final = (
    *((18.0, 20.0, 0.03), (20.0, 25.0, 0.23), (25.0, 30.0, 0.37)),
    *((30.0, 35.0, 0.25), (35.0, 40.0, 0.09), (40.0, 48.0, 0.03)),
)
"""Ages of mothers, from and to, with their share of births: our estimate between the shares that
the censuses of 2010 and 2020 show; children of today were born between the two and after."""
CAME_FROM: Final = {
    True: ((0.94, "here"), (0.03, "city"), (0.03, "away")),
    False: ((0.45, "here"), (0.20, "city"), (0.35, "away")),
}
"""Where people of villages, and of towns, have their native place."""
BRIDE_FROM: Final = ((0.70, "here"), (0.20, "city"), (0.10, "away"))
"""Likewise for a wife in a village."""
BORN_THERE: Final = 0.85
"""First registered (code of the number) at the native place; else where the family lives now."""
CHILD_ELSEWHERE: Final = 0.12
"""Children who were first registered in another county than where the book is now."""
REISSUED_A_YEAR: Final = 0.05
"""Whole books that are issued anew in a year, by a move or a lost book."""
CAMPAIGN: Final = 0.35
"""Books that were issued anew in their county's campaign, within `CAMPAIGN_DAYS` days."""
CAMPAIGN_DAYS: Final = 90
REPRINTED_A_YEAR: Final = {True: 0.03, False: 0.01}
"""Single pages that are printed again in a year, of grown-ups and of children."""
LAG_DAYS: Final = 20.0
"""The median from birth to registration."""
STATION_RENAMED: Final = 0.02
"""Books in which one page still bears the seal of an office that was renamed or merged since."""
_SETS_UP: Final = (21, 36)


class InventedMember(NamedTuple):
    """One person of a household, as the page shows them."""

    name: str
    word: str
    sex: str
    born: dt.date
    number: str
    native_place: str
    registered: dt.date
    station: str


class InventedHousehold(NamedTuple):
    """A book: its householder, everybody else, its cover."""

    village: Village
    head: InventedMember
    others: tuple[InventedMember, ...]
    issued: dt.date
    address: str

    def with_word(self, *words: str) -> list[InventedMember]:
        """The members whom the book calls so."""
        return [m for m in self.others if m.word in words]


class _Person(NamedTuple):
    name: str
    sex: str
    born: dt.date
    code: str
    native: str


def invent_household(
    city: InventedCity, village: Village | None = None, surname: str | None = None
) -> InventedHousehold:
    """A householder of 24 to 58 with a spouse, children and now and then a father.

    Args:
        city: Where.
        village: One that is given; else any of the city.
        surname: The husband's, where it is given; else one of the place.
    """
    rng = city.rng
    home = village or city.village()
    rural = home.lineage is not None
    surname = surname or city.surname(home)
    head_is_man = rng.random() < 0.8
    born = TODAY - dt.timedelta(days=rng.uniform(24, 58) * _YEAR)
    man = _grown_up(city, home, surname, "男", born, CAME_FROM[rural])
    her_name = city.town_surname()
    spread = dt.timedelta(days=rng.gauss(2, 2.5) * _YEAR)
    arrived = BRIDE_FROM if rural else CAME_FROM[False]
    woman = _grown_up(city, home, her_name, "女", born + spread, arrived)
    head, spouse = (man, woman) if head_is_man else (woman, man)
    children = _children(city, home, man, woman)
    elder = _grown_up(
        city, home, surname, "男", born - dt.timedelta(days=rng.uniform(22, 34) * _YEAR), ()
    )._replace(native=man.native)
    age = (TODAY - head.born).days / _YEAR
    set_up = head.born + dt.timedelta(days=rng.uniform(_SETS_UP[0], min(_SETS_UP[1], age)) * _YEAR)
    issued = _issued(rng, set_up, home.county)
    everybody = [(head, "户主"), (spouse, "妻" if head_is_man else "夫")]
    everybody += [(child, "子" if child.sex == "男" else "女") for child in children]
    if head_is_man and rng.random() < 0.15:
        everybody.append((elder, "父亲"))
    years = (TODAY - set_up).days / _YEAR
    married = set_up + dt.timedelta(days=rng.uniform(-1, min(4, years)) * _YEAR)
    pages = [_page(rng, who, word, issued, married, home) for who, word in everybody]
    address = f"{city.name}{home.county.name}{home.station[:2]}街{rng.randrange(1, 300)}号"
    return InventedHousehold(home, pages[0], tuple(pages[1:]), issued, address)


def _grown_up(
    city: InventedCity,
    home: Village,
    surname: str,
    sex: str,
    born: dt.date,
    came_from: tuple[tuple[float, str], ...],
) -> _Person:
    rng = city.rng
    native = _place(city, home.county, came_from)
    first = native if rng.random() < BORN_THERE else (home.county.code, _named(city, home.county))
    return _Person(_named_person(rng, surname), sex, born, first[0], native[1])


def _place(
    city: InventedCity, here: InventedCounty, shares: tuple[tuple[float, str], ...]
) -> tuple[str, str]:
    """A county's code and how a page prints it."""
    rng = city.rng
    weights = [share for share, _ in shares] or [1.0]
    where = rng.choices([place for _, place in shares] or ["here"], weights)[0]
    if where == "away":
        away = city.county_elsewhere()
        return away.code, f"外地{away.code[:4]}市{away.name}"
    county = here if where == "here" else city.other_county(here)
    return county.code, _named(city, county)


def _named(city: InventedCity, county: InventedCounty) -> str:
    return f"{city.name}{county.name}"


def _children(city: InventedCity, home: Village, man: _Person, woman: _Person) -> list[_Person]:
    rng = city.rng
    children: list[_Person] = []
    for _ in range(rng.choices((1, 2), (0.6, 0.4))[0]):
        born = woman.born + dt.timedelta(days=_mother_s_age(rng) * _YEAR)
        if not 0 <= (TODAY - born).days < 16 * _YEAR:
            continue
        if any(abs((born - c.born).days) < 300 for c in children):
            continue
        surname = (man if rng.random() < FATHER_S_NAME else woman).name[:1]
        here = home.county
        if rng.random() < CHILD_ELSEWHERE:
            code, _ = _place(city, here, ((0.4, "city"), (0.6, "away")))
        else:
            code = here.code
        native = man.native if rng.random() < NATIVE_KEPT else _named(city, here)
        children.append(
            _Person(_named_person(rng, surname), rng.choice("男女"), born, code, native)
        )
    return children


def _mother_s_age(rng: random.Random) -> float:
    """In years, when a child of hers is born."""
    youngest, eldest, _ = rng.choices(BIRTHS, [share for _, _, share in BIRTHS])[0]
    return rng.uniform(youngest, eldest)


def _named_person(rng: random.Random, surname: str) -> str:
    return surname + "".join(rng.choices("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂", k=2))


def _issued(rng: random.Random, set_up: dt.date, county: InventedCounty) -> dt.date:
    """The last day on which the whole book was issued."""
    days = [set_up]
    years = (TODAY - set_up).days / _YEAR
    days += [
        set_up + dt.timedelta(days=rng.uniform(0, years) * _YEAR)
        for _ in range(_count(rng, REISSUED_A_YEAR * years))
    ]
    # Every county had its own campaign, some time between 1998 and 2015.
    began = dt.date(1998, 1, 1) + dt.timedelta(days=int(county.code) * 7919 % 6200)
    if rng.random() < CAMPAIGN:
        day = began + dt.timedelta(days=rng.randrange(CAMPAIGN_DAYS))
        days += [day] if set_up <= day <= TODAY else []
    return _working_day(max(days))


def _page(
    rng: random.Random,
    who: _Person,
    word: str,
    issued: dt.date,
    married: dt.date,
    home: Village,
) -> InventedMember:
    """With the day on which it was printed last."""
    lag = min(900.0, rng.lognormvariate(0, 0.8) * LAG_DAYS)
    joined = married if word in {"妻", "夫"} else who.born + dt.timedelta(days=lag)
    day = issued if joined <= issued else min(joined, TODAY)
    adult = (TODAY - who.born).days > 18 * _YEAR
    years = (TODAY - day).days / _YEAR
    if _count(rng, REPRINTED_A_YEAR[adult] * years):
        day += dt.timedelta(days=rng.uniform(0, years) * _YEAR)
    renamed = rng.random() < STATION_RENAMED
    return InventedMember(
        who.name,
        word,
        who.sex,
        who.born,
        _number(rng, who),
        who.native,
        _working_day(day),
        "旧址派出所" if renamed else home.station,
    )


def _number(rng: random.Random, who: _Person) -> str:
    serial = rng.randrange(0, 499) * 2 + (who.sex == "男")
    first = f"{who.code}{who.born:%Y%m%d}{serial:03d}"
    return first + check_character(first)


def _count(rng: random.Random, mean: float) -> int:
    """How often something happened that happens so often on average."""
    count, left = 0, rng.expovariate(1.0)
    while left < mean:
        count, left = count + 1, left + rng.expovariate(1.0)
    return count


def _working_day(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=max(0, day.weekday() - 4))
