"""Text that every part of the system can keep and show."""

import re
from typing import Final

_UNUSABLE: Final = re.compile("[\x00\ud800-\udfff]")
_SHOWN: Final = "\u3000"
"""The space between Chinese characters counts as unprintable, and harms nothing."""


def is_plain_text(text: str) -> bool:
    """Whether a text holds no NUL, which PostgreSQL refuses, and no half of a character."""
    return not _UNUSABLE.search(text)


def printable(text: str) -> str:
    """A text from outside as a terminal may show it: what is no character is written out.

    Escapes, breaks, marks that turn the direction of writing, halves of characters.
    """
    return "".join(
        c if c.isprintable() or c in _SHOWN else c.encode("unicode_escape").decode() for c in text
    )
