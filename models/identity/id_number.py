"""The citizen identity number (公民身份号码) after GB 11643-1999: `AAAAAA YYYYMMDD SSS C`."""

import datetime as dt
import operator
from enum import StrEnum
from typing import Final

from models.record import Record

WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS: Final = "10X98765432"
PROVINCES: Final = frozenset(
    {11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37}
    | {41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83}
)
FIRST_YEAR: Final = 1880
_LENGTH: Final = 18


class IdNumberFault(StrEnum):
    """Why a string is not an identity number."""

    LENGTH = "length"
    CHARACTERS = "characters"
    PROVINCE = "province"
    BIRTH_DATE = "birth_date"
    CHECK_DIGIT = "check_digit"


class IdNumber(Record):
    """A number that passed all structural checks."""

    text: str

    @property
    def region(self) -> str:
        """The six-digit division code of first registration; people move, so never an address."""
        return self.text[:6]

    @property
    def birth_date(self) -> dt.date:
        """The date of birth inside the number."""
        return dt.date.fromisoformat(f"{self.text[6:10]}-{self.text[10:12]}-{self.text[12:14]}")

    @property
    def sex(self) -> str:
        """男 for an odd sequence number, 女 for an even one."""
        return "男" if int(self.text[16]) % 2 else "女"


def check_character(first_17: str) -> str:
    """The check character of 17 digits (ISO 7064 MOD 11-2)."""
    total = sum(map(operator.mul, map(int, first_17), WEIGHTS))
    return CHECK_CHARACTERS[total % 11]


def upgrade_15(number: str) -> str:
    """The 18-character form of a 15-digit number, as old hukou pages print it."""
    longer = number[:6] + "19" + number[6:]
    return longer + check_character(longer)


def full_id_number(number: str) -> str:
    """A number in its 18 characters: one of 15 digits is lengthened, anything else stays."""
    return upgrade_15(number) if len(number) == 15 and number.isdecimal() else number


def is_permanent_resident_number(text: str) -> bool:
    """Whether a number is one of foreigners' permanent-resident cards since 2023.

    18 signs: 9, the province, the country's three digits, the birth date, a sequence and the same
    check character.
    """
    digits = text[:17].isascii() and text[:17].isdigit()
    if len(text) != _LENGTH or not digits or text[0] != "9" or int(text[1:3]) not in PROVINCES:
        return False
    return _real_date(text[6:14], dt.date.max) and check_character(text[:17]) == text[17]


def parse_id_number(text: str, *, today: dt.date) -> IdNumber | IdNumberFault:
    """Read an identity number; an outcome, not an exception, for anything that is none.

    Args:
        text: As entered or read; a lower-case x is accepted, spaces are not.
        today: No birth date may lie after it.
    """
    number = text.upper()
    if len(number) != _LENGTH:
        return IdNumberFault.LENGTH
    if not (number[:17].isascii() and number[:17].isdigit() and number[17] in "0123456789X"):
        return IdNumberFault.CHARACTERS
    if int(number[:2]) not in PROVINCES:
        return IdNumberFault.PROVINCE
    if not _real_date(number[6:14], today):
        return IdNumberFault.BIRTH_DATE
    if check_character(number[:17]) != number[17]:
        return IdNumberFault.CHECK_DIGIT
    return IdNumber(text=number)


def valid_id_number(text: str | None, *, today: dt.date) -> IdNumber | None:
    """The number when it is one, else None."""
    parsed = parse_id_number(text, today=today) if text else None
    return parsed if isinstance(parsed, IdNumber) else None


def _real_date(digits: str, today: dt.date) -> bool:
    try:
        born = dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return dt.date(FIRST_YEAR, 1, 1) <= born <= today
