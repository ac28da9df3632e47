"""Invented cities over the real division table: counties, police stations, villages, surnames.

What is assumed is said beside each figure; docs/ties.md lists it for people who know better.
"""

import random
from typing import Final, NamedTuple

from models.identity.division import LAST, Divisions
from tasks.identity.ties.surnames import PER_THOUSAND, RARE_PER_THOUSAND

RURAL_SHARE: Final = {True: 0.15, False: 0.60}
"""Of families in districts (区) and in other counties, who live in villages."""
STATIONS: Final = {True: 14, False: 18}
"""Police stations of a district and of another county."""
_STATION_NAMES: Final = tuple(
    f"{chr(0x5000 + k % 50)}{chr(0x5000 + (7 * k + 11) % 50)}派出所" for k in range(60)
)
"""So many names of stations are in use in the country (城关, 新华, …): two counties of a city may
each have one of a name. One name in twelve shares a character with another."""
VILLAGES: Final = 12
"""Of a rural station."""
LINEAGE: Final = (0.25, 0.85)
"""The share of a village's families that bear its commonest surname, from and to."""
REGIONAL_SPREAD: Final = 0.7
"""How unevenly surnames lie over the country: the deviation of the logarithm of a city's share."""
_LEAST_COUNTIES: Final = 4
_RARE: Final = tuple(
    "仝亓昝逄郄仉臧阚笪麴璩蒯逯晁郗佘糜尉暴隗"
    "牟敖滑巫乌焦山谷车侍宓全班仲宫宁仇栾甘厉戎祖武符景詹束幸司韶郜黎蓟薄印宿怀蒲邰从鄂索咸籍"
)
_RARE_NAMES: Final = 320
"""So many surnames of half a thousandth stand for the sixth of the people whom the table lacks."""


class InventedCounty(NamedTuple):
    """A county of a city."""

    code: str
    name: str
    district: bool


class Village(NamedTuple):
    """A village, or a neighbourhood of a town, which has no surname of its own.

    Attributes:
        station: The police station, by its name.
        lineage: The commonest surname of a village; None in a town.
        share: Of its families that bear it.
    """

    county: InventedCounty
    station: str
    lineage: str | None
    share: float


class InventedCity:
    """One prefecture-level city with its counties from the division table."""

    def __init__(self, country: "InventedCountry", prefix: str) -> None:
        """Give its counties a population and its people surnames."""
        self._country, self.prefix, rng = country, prefix, country.rng
        self.rng = rng
        self.name = country.divisions.eras[f"{prefix}00"][-1].name
        self.counties = tuple(country.counties[prefix])
        self._weights = [rng.lognormvariate(0, 0.6) for _ in self.counties]
        self._surnames = _surnames()
        self._shares = [
            share * rng.lognormvariate(0, REGIONAL_SPREAD) for share in self._surnames.values()
        ]
        self._names = list(self._surnames)
        self._villages: dict[tuple[str, int], Village] = {}

    def county(self) -> InventedCounty:
        """One where somebody lives."""
        return self.rng.choices(self.counties, self._weights)[0]

    def other_county(self, county: InventedCounty) -> InventedCounty:
        """Another county of the city."""
        return self.rng.choice([c for c in self.counties if c != county])

    def county_elsewhere(self) -> InventedCounty:
        """A county of another city of the country."""
        return self._country.county_away_from(self.prefix)

    def village(self) -> Village:
        """Where a family lives."""
        county = self.county()
        station = self.rng.choice(_stations(county))
        if self.rng.random() >= RURAL_SHARE[county.district]:
            return Village(county, station, None, 0.0)
        key = (station, self.rng.randrange(VILLAGES))
        if key not in self._villages:
            share = self.rng.uniform(*LINEAGE)
            self._villages[key] = Village(county, station, self.town_surname(), share)
        return self._villages[key]

    def surname(self, village: Village) -> str:
        """That of a family of this village."""
        if village.lineage and self.rng.random() < village.share:
            return village.lineage
        return self.town_surname()

    def town_surname(self) -> str:
        """That of anybody in the city."""
        return self.rng.choices(self._names, self._shares)[0]


def _stations(county: InventedCounty) -> list[str]:
    """The police stations of a county, always the same."""
    return random.Random(county.code).sample(  # noqa: S311
        _STATION_NAMES, STATIONS[county.district]
    )


def counties_by_city(divisions: Divisions) -> dict[str, list[InventedCounty]]:
    """Every county in use, by the first four digits of its code."""
    found: dict[str, list[InventedCounty]] = {}
    for code, eras in divisions.eras.items():
        name, in_use = eras[-1].name, eras[-1].last_year == LAST
        if in_use and not code.endswith("00") and name != "市辖区":
            found.setdefault(code[:4], []).append(InventedCounty(code, name, name.endswith("区")))
    return found


class InventedCountry:
    """The division table, from which cities are drawn."""

    def __init__(self, divisions: Divisions, rng: random.Random) -> None:
        """Keep the cities that have enough counties."""
        self.rng, self.divisions = rng, divisions
        self.counties = {
            prefix: counties
            for prefix, counties in counties_by_city(divisions).items()
            if len(counties) >= _LEAST_COUNTIES and f"{prefix}00" in divisions.eras
        }

    def city(self) -> "InventedCity":
        """Any city."""
        return InventedCity(self, self.rng.choice(list(self.counties)))

    def county_away_from(self, prefix: str) -> InventedCounty:
        """A county of another city."""
        other = self.rng.choice([p for p in self.counties if p != prefix])
        return self.rng.choice(self.counties[other])


def _surnames() -> dict[str, float]:
    rare = [f"{one}{n or ''}" for n in range(_RARE_NAMES // len(_RARE) + 1) for one in _RARE]
    shares = dict(PER_THOUSAND)
    for name in rare[:_RARE_NAMES]:
        shares.setdefault(chr(0x3400 + len(shares)) if name[1:] else name, RARE_PER_THOUSAND)
    return shares
