"""Administrative divisions (行政区划, GB/T 2260) as the first six digits of a number name them."""

import re
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

LAST: Final = 9999


class Era(NamedTuple):
    """One name that a code stood for.

    Attributes:
        name: As published.
        first_year: Its first year; 0 where the record does not say.
        last_year: Its last year; `LAST` while it is in use or where the record does not say.
        source: Where the entry comes from.
    """

    name: str
    first_year: int
    last_year: int
    source: str


class Divisions(NamedTuple):
    """Every code that is on record, retired ones included: people keep the number they got."""

    eras: Mapping[str, tuple[Era, ...]]

    def on_record(self, code: str, *, born: int, year: int) -> bool:
        """Whether a number with this code can have been given.

        A number is given between birth and today, and not always in the year of birth, so a
        code counts whose time touches those years at all.

        Args:
            code: Six digits.
            born: Year of birth.
            year: The year of the question.
        """
        return any(
            min(e.first_year, e.last_year) <= year and max(e.first_year, e.last_year) >= born
            for e in self.eras.get(code, ())
        )


NO_DIVISIONS: Final = Divisions({})
"""Without a table no code can be called unknown."""


def places_named(text: str, divisions: Divisions) -> frozenset[str]:
    """The divisions that a printed place names, as the digits of their level.

    Two digits for a province, four for a city, six for a county; of several levels only the
    lowest (浙江省杭州市 is 3301). Empty where no name on record stands in the text.

    Args:
        text: A place as a certificate prints it, or a code of six digits.
        divisions: The codes on record.
    """
    bare = "".join(text.split())
    if bare.isdigit():
        return frozenset({_level(bare)}) if len(bare) == _DIGITS else frozenset()
    named = _named_in(bare, divisions, _whole_name) or _named_in(bare, divisions, _short_name)
    lowest = max((len(code) for code in named), default=0)
    upper = {code for code in named if len(code) < lowest}
    inside = {c for c in named if len(c) == lowest and (not upper or any(map(c.startswith, upper)))}
    return frozenset(inside or upper)


def place_name(code: str, divisions: Divisions) -> str:
    """A division in words, the province first; the code itself where it is not on record.

    Args:
        code: Six digits.
        divisions: The codes on record; of several names of a code the last one is given.
    """
    levels = dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00", code))
    names = [max(eras, key=_end).name for level in levels if (eras := divisions.eras.get(level))]
    if code not in divisions.eras:
        return code
    return "".join(name for name in names if name not in _NAMELESS)


def _end(era: Era) -> tuple[int, int]:
    return max(era.first_year, era.last_year), era.first_year


def _named_in(
    text: str, divisions: Divisions, name_of: Callable[[str, str], str]
) -> frozenset[str]:
    return frozenset(
        _level(code)
        for code, eras in divisions.eras.items()
        if any(len(name) > 1 and name in text for era in eras if (name := name_of(code, era.name)))
    )


def _whole_name(_code: str, name: str) -> str:
    return "" if name in _NAMELESS else name


def _short_name(code: str, name: str) -> str:
    """A province or city as people shorten it (杭州); counties share too many short names."""
    return re.sub(_SUFFIX, "", name) if code.endswith("00") and name not in _NAMELESS else ""


_SUFFIX: Final = re.compile(r"(?:省|市|(?:维吾尔|壮族|回族)?自治区|特别行政区)$")
_DIGITS: Final = 6
_NAMELESS: Final = frozenset(
    {"市辖区", "县", "省直辖行政单位", "省直辖县级行政单位", "自治区直辖县级行政单位"}
)
"""What codes between a province and its counties are called that are no place of their own."""


def _level(code: str) -> str:
    """The digits of a code that say something."""
    if code.endswith("0000"):
        return code[:2]
    return code[:4] if code.endswith("00") else code
