"""Characters that the recogniser takes for others, and whether it did so just now.

A rare character that was seldom shown to the network is read as its common neighbour, surely: 曈 as
瞳 at 0.97. Yet where the network knows the rare one at all it gives it a small probability, and
where the common one stands it does not.
"""

from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

import yaml
from pydantic import Field

from models.record import Record

FILE: Final = Path(__file__).with_name("confusions.yaml")
LEAST_LOG_ODDS: Final = -6.0
"""Natural logarithm of how likely a known rival is beside the character that was read, from which
it may stand there. Of 150 of the pairs in four typefaces 37 of 173 very sure misreadings come to
it, and 9 of 526 readings of characters that do stand there. The others are mostly characters that
the network does not know at all and gives no sign of:
`python -m benchmarks.reading.confusions odds`, seed 1."""
CONFUSED: Final = 0.9
"""A character whose known rival may stand there is no surer than this."""


class KnownConfusions(Record):
    """What was measured of a recogniser.

    Attributes:
        made_by: The command.
        recogniser: The model that was asked.
        read_for: By the character that is read, those that it is read for.
    """

    made_by: str
    recogniser: str
    read_for: dict[str, str] = Field(min_length=1)


@lru_cache(maxsize=1)
def known_confusions() -> MappingProxyType[str, str]:
    """By the character that is read, those that it is read for."""
    text = FILE.read_text(encoding="utf-8")
    return MappingProxyType(KnownConfusions.model_validate(yaml.safe_load(text)).read_for)
