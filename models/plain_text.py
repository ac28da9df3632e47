"""Text that every part of the system can keep and show."""

import re
from typing import Final

_UNUSABLE: Final = re.compile("[\x00\ud800-\udfff]")


def is_plain_text(text: str) -> bool:
    """Whether a text holds no NUL, which PostgreSQL refuses, and no half of a character."""
    return not _UNUSABLE.search(text)
