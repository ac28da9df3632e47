"""What else a paper may show that looks nearly like a stated value.

A value is only borne out against everything that could be mistaken for it: a number that differs in
a digit and is valid as well, another day, another character of a name.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import combinations

from models.identity.id_number import FIRST_YEAR, check_character, valid_id_number
from tasks.identity.similarity import look_alikes

_DIGITS = "0123456789"
_BODY = 17
_FIRST = dt.date(FIRST_YEAR, 1, 1)


def number_rivals(number: str, *, today: dt.date, likely: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Valid identity numbers one digit, or one swap of neighbours, and the check digit away.

    Args:
        number: Valid.
        today: No birth date lies after it.
        likely: For each of the 18 places the digits that were seen there beside the number's own;
            with them also numbers that differ in two such places.
    """
    bodies = set(_substituted(number[:_BODY], _DIGITS)) | set(_swapped(number[:_BODY]))
    bodies |= set(_twice_substituted(number[:_BODY], likely))
    numbers = (body + check_character(body) for body in sorted(bodies))
    return tuple(n for n in numbers if n != number and valid_id_number(n, today=today))


def date_rivals(day: dt.date, *, today: dt.date) -> tuple[dt.date, ...]:
    """The days whose figures differ from a day's in one place or by a swap of neighbours."""
    figures = day.strftime("%Y%m%d")
    others = {*_substituted(figures, _DIGITS), *_swapped(figures)} - {figures}
    days = (_day(other) for other in sorted(others))
    return tuple(d for d in days if d is not None and _FIRST <= d <= today)


def serial_rivals(serial: str) -> tuple[str, ...]:
    """Numbers without a check digit: every one that differs in one place or by a swap."""
    others = set(_swapped(serial))
    for place, character in enumerate(serial):
        kind = _DIGITS if character.isdigit() else "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        others |= {serial[:place] + c + serial[place + 1 :] for c in kind}
    return tuple(sorted(others - {serial}))


def name_rivals(name: str, seen: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Names with one character exchanged, one more or one fewer.

    Args:
        name: Normalised.
        seen: For each character along the line what the recogniser saw there, the likeliest first.
    """
    frames = tuple(tuple(characters) for characters in seen)
    spotted = {c for characters in frames for c in characters}
    others: set[str] = set()
    for place, character in enumerate(name):
        exchanged = look_alikes(character) | spotted
        others |= {name[:place] + c + name[place + 1 :] for c in exchanged}
        others.add(name[:place] + name[place + 1 :])
    first = {characters[0] for characters in frames if characters}
    for place in range(len(name) + 1):
        others |= {name[:place] + c + name[place:] for c in first}
    return tuple(sorted(others - {name, ""}))


def _substituted(text: str, characters: str) -> Iterator[str]:
    for place in range(len(text)):
        for c in characters:
            yield text[:place] + c + text[place + 1 :]


def _swapped(text: str) -> Iterator[str]:
    for place in range(len(text) - 1):
        yield text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def _twice_substituted(body: str, likely: tuple[str, ...]) -> Iterator[str]:
    places = [i for i, digits in enumerate(likely[: len(body)]) if digits]
    for one, other in combinations(places, 2):
        for a in likely[one]:
            for b in likely[other]:
                changed = list(body)
                changed[one], changed[other] = a, b
                yield "".join(changed)


def _day(figures: str) -> dt.date | None:
    try:
        return dt.date(int(figures[:4]), int(figures[4:6]), int(figures[6:]))
    except ValueError:
        return None
