"""Who may say the same as a reading, and what that makes of its probability."""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from models.identity.person_name import normalise_name
from models.reading.document import FieldReading
from tasks.identity.similarity import MISREAD_DIGITS, digits_apart

_LEAST_ODDS: Final = 1e-6
_FIRST_YEAR, _LAST_YEAR = 1880, 2099  # of the births of people whose papers are read
_MOST: Final = 0.999
"""No reading of a photograph is surer than this."""


class Witness(StrEnum):
    """Who says the same, beside the reader."""

    STATED_NUMBER = "stated_number"  # the form gives this very number
    STATED_NAME = "stated_name"  # the form gives this very name
    STATED_LOOK_ALIKE = "stated_look_alike"  # likewise, but the name has a look-alike
    STATED_BIRTH = "stated_birth"  # the date inside the stated number
    NUMBER_BORNE_OUT = "number_borne_out"  # the picture shows the stated number, and no rival
    NAME_BORNE_OUT = "name_borne_out"  # likewise of a name
    BIRTH_BORNE_OUT = "birth_borne_out"  # likewise of the date inside the stated number
    BESIDE = "beside"  # the same person's number, or birth date and name, on the same paper
    OTHER_PAPER = "other_paper"  # another paper shows this very number or day
    COVER = "cover"  # the cover names this page's person as the householder that the page calls it
    NO_LOOK_ALIKE = "no_look_alike"  # sex and births leave one of two words that look alike


CHANCE: Final = MappingProxyType(
    {
        Witness.STATED_NUMBER: 1 / 1000,
        Witness.STATED_NAME: 1 / 50,
        Witness.STATED_LOOK_ALIKE: 1 / 10,
        Witness.STATED_BIRTH: 1 / 50,
        Witness.NUMBER_BORNE_OUT: 1 / 2000,
        Witness.NAME_BORNE_OUT: 1 / 200,
        Witness.BIRTH_BORNE_OUT: 1 / 1000,
        Witness.BESIDE: 1 / 20,
        Witness.OTHER_PAPER: 1 / 100,
        Witness.COVER: 1 / 50,
        Witness.NO_LOOK_ALIKE: 1 / 20,
    }
)
"""The share of misreadings that agree with a witness by chance.

Chosen with caution (docs/decisions/0020-witnesses.md): misreadings are too rare to count what they
land on; `benchmarks.reading.witnesses` tries. `BESIDE` is no chance of a misreading but of a
paper: one in twenty papers with a person's own number may bear another name than the form. For
`NO_LOOK_ALIKE`: of 50 words out of the list that were read with 0.75 to 0.95 none was wrong.
"""


def probability(confidence: float, witnesses: Iterable[Witness]) -> float:
    """That a reading is right, 0 to 1.

    Args:
        confidence: The reader's own probability.
        witnesses: Who says the same; each counts once.
    """
    odds = max(_LEAST_ODDS, confidence / max(1 - confidence, _LEAST_ODDS))
    for witness in witnesses:
        odds /= CHANCE[witness]
    return round(min(_MOST, odds / (1 + odds)), 4)


def is_contested(name: str, field: FieldReading) -> bool:
    """Whether the second reader saw another whole value.

    A second reading with characters missing is a failed one and contests nothing, as is one of a
    number that is far from the first and has no day of birth in it. A whole one contests, even
    where its check digit fails, for a forged digit looks like that. Of a name it has to be the very
    name; of a moment only its day counts.
    """
    value, second = field.value or "", field.second
    if second is None:
        return False
    if name.endswith("name"):
        return normalise_name(second) != normalise_name(value)
    if name.endswith("_time"):
        return second[:10] != value[:10]
    if name.endswith("id_number") and _is_no_number(second, value):
        return False
    return len(second) >= len(value) and value.upper() not in second.upper()


def _is_no_number(second: str, value: str) -> bool:
    """Whether a reading can be no resident's number, nor the first with a digit or two forged."""
    day = second[6:14]
    if digits_apart(second, value) <= MISREAD_DIGITS:
        return False
    try:
        born = dt.date.fromisoformat(f"{day[:4]}-{day[4:6]}-{day[6:]}")
    except ValueError:
        return True
    return not _FIRST_YEAR <= born.year <= _LAST_YEAR
