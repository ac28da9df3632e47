"""Names as they are compared: spaces and the many middle dots unified."""

import re
import unicodedata
from typing import Final

MIDDLE_DOT: Final = "\u00b7"
_DOTS: Final = re.compile("[\u30fb\u2022\u2027\u00b7\u2219\u22c5\uff0e\uff65.]")
_NAME: Final = re.compile(rf"^[\u3400-\u9fff\U00020000-\U000323af{MIDDLE_DOT}〇]{{2,25}}$")


def normalise_name(text: str) -> str:
    """A name without spaces, with `·` as U+00B7 and full-width forms folded."""
    squeezed = re.sub(r"\s+", "", text)
    return unicodedata.normalize("NFKC", _DOTS.sub(MIDDLE_DOT, squeezed)).strip(MIDDLE_DOT)


def is_name(text: str) -> bool:
    """Whether a normalised text can be a Chinese person's name (2 to 25 Han characters and ·)."""
    return bool(_NAME.match(text))
