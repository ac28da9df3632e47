"""Names as they are compared: spaces and the many middle dots unified."""

import re
import unicodedata
from typing import Final

MIDDLE_DOT: Final = "\u00b7"
_DOTS: Final = re.compile(
    "[\u30fb\u2022\u2027\u00b7\u2219\u22c5\uff0e\uff65.\u02d9\u3002\uff61\\-\u2010-\u2015\u2212]+"
)
"""What is typed, or read, for the dot between the parts of a name: other dots, stops, hyphens."""
_UNSEEN: Final = re.compile("[\\s\u200b-\u200f\u2060\ufeff]+")
"""Spaces, and signs without width that come along when a name is pasted."""
_NAME: Final = re.compile(rf"^[\u3400-\u9fff\U00020000-\U000323af{MIDDLE_DOT}〇]{{2,50}}$")


def normalise_name(text: str) -> str:
    """A name without spaces, with `·` as U+00B7 and full-width forms folded."""
    squeezed = _UNSEEN.sub("", text)
    return unicodedata.normalize("NFKC", _DOTS.sub(MIDDLE_DOT, squeezed)).strip(MIDDLE_DOT)


def is_name(text: str) -> bool:
    """Whether a normalised text can be a Chinese person's name (2 to 50 Han characters and ·)."""
    return bool(_NAME.match(text))


def other_form_of_name(one: str, other: str) -> bool:
    """Whether two normalised names of several parts may be one person's.

    The parts of a minority name are written in either order, and an older card cuts a long name
    short or prints some of its parts only. Names without `·` in either are no such names.
    """
    if MIDDLE_DOT not in one + other:
        return False
    parts, others = one.split(MIDDLE_DOT), other.split(MIDDLE_DOT)
    if len(parts) == len(others):
        ordered = sorted(parts) == sorted(others)
        short = all(a.startswith(b) or b.startswith(a) for a, b in zip(parts, others, strict=True))
        return ordered or short
    few, many = sorted((parts, others), key=len)
    whole, start = "".join(many), "".join(few)
    return set(few) <= set(many) or (len(start) >= _LEAST_OF_CUT and whole.startswith(start))


_LEAST_OF_CUT: Final = 4
"""Characters of a name that was cut; fewer begin many names."""
