"""What people type into a form, in the one shape in which it is compared."""

import re
import unicodedata
from typing import Final

_BETWEEN_SIGNS: Final = re.compile(r"[\s\u200b\ufeff\-\u2010-\u2015\u2212\u00b7.。]+")


def normalise_serial(text: str) -> str:
    """A number as it is printed: full-width forms folded, upper case, nothing between the signs.

    For identity numbers and the numbers of certificates, which hold letters and digits only.
    Letters are never taken for digits: whoever typed O for 0 is told.
    """
    return _BETWEEN_SIGNS.sub("", unicodedata.normalize("NFKC", text)).upper()
