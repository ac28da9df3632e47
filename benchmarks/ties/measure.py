"""Counts over many invented pairs: rates of each tie, weights, and what the bars let through."""

import random
from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

from benchmarks.ties.pairs import BookPair, Crowd, pairs
from benchmarks.ties.places import InventedCountry
from models.identity.division import Divisions
from tasks.identity.ties.observe import observe
from tasks.identity.ties.rates import FLOOR
from tasks.identity.ties.tie import TieKind
from tasks.identity.ties.weigh import weigh_ties

_A_CITY: Final = 40
"""Pairs that are drawn from one invented city before the next."""


class PairWeight(NamedTuple):
    """What the ties of one pair weigh against each of three kinds of strangers."""

    city: float
    namesakes: float
    neighbours: float

    def reaches(self, bar: "PairWeight") -> bool:
        """Whether it is enough against all three."""
        return all(found >= least for found, least in zip(self, bar, strict=True))


EXCLUDED: Final = PairWeight(-99.0, -99.0, -99.0)


class ReadFields(NamedTuple):
    """What reading gives beside names, numbers and days."""

    name: str
    native: bool
    station: bool


READINGS: Final = (
    ReadFields("names, numbers, days", native=False, station=False),
    ReadFields("and native place", native=True, station=False),
    ReadFields("and native place and station", native=True, station=True),
)
_Cell = tuple[TieKind, str, str]


def many(
    crowd: Crowd, divisions: Divisions, rng: random.Random, *, minors: bool, count: int
) -> Iterator[BookPair]:
    """Pairs from many cities."""
    country = InventedCountry(divisions, rng)
    while count > 0:
        city = country.city()
        drawn = min(count, _A_CITY)
        yield from pairs(city, crowd, minors=minors, count=drawn)
        count -= drawn


class TieCount(NamedTuple):
    """How often one outcome of one tie was seen in each crowd."""

    cell: _Cell
    family: float
    strangers: float


def tie_rates(divisions: Divisions, seed: int, count: int) -> list[TieCount]:
    """The share of each outcome, given its tie and context, in families and among strangers."""
    seen: dict[Crowd, Counter[_Cell]] = {}
    for crowd in (Crowd.FAMILY, Crowd.SAME_CITY):
        rng = random.Random(seed)  # noqa: S311
        seen[crowd] = Counter(
            observation[:3]
            for minors in (True, False)
            for pair in many(crowd, divisions, rng, minors=minors, count=count)
            for observation in observe(pair.signs(divisions))
        )
    cells = sorted({*seen[Crowd.FAMILY], *seen[Crowd.SAME_CITY]}, key=_in_order)
    return [
        TieCount(cell, *(_share(seen[c], cell) for c in (Crowd.FAMILY, Crowd.SAME_CITY)))
        for cell in cells
    ]


def _in_order(cell: _Cell) -> tuple[int, str, str]:
    return (list(TieKind).index(cell[0]), cell[1], cell[2])


def _share(seen: Counter[_Cell], cell: _Cell) -> float:
    total = sum(n for other, n in seen.items() if other[:2] == cell[:2])
    return seen[cell] / total if total else FLOOR


def weights(
    crowd: Crowd, divisions: Divisions, seed: int, *, minors: bool, count: int
) -> dict[str, list[PairWeight]]:
    """What the ties of many pairs weigh, by what is read; excluded ones far below all others."""
    rng = random.Random(seed)  # noqa: S311
    found: dict[str, list[PairWeight]] = {reading.name: [] for reading in READINGS}
    for pair in many(crowd, divisions, rng, minors=minors, count=count):
        for reading in READINGS:
            signs = pair.signs(divisions, native=reading.native, station=reading.station)
            ties = weigh_ties(signs)
            weight = PairWeight(ties.weight, ties.among_namesakes, ties.among_neighbours)
            found[reading.name].append(EXCLUDED if ties.excluded else weight)
    return found
