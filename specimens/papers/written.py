"""Dates as different offices write them."""

import datetime as dt
from typing import Final

from specimens.dice import Dice

_DIGITS: Final = "〇一二三四五六七八九"
DATE_FORMS: Final = (
    "plain",
    "plain",
    "plain",
    "padded",
    "padded",
    "dash",
    "dot",
    "compact",
    "chinese",
)


def write_date(day: dt.date, form: str) -> str:
    """A date in one of the forms: plain, padded, dash, dot, slash, compact, chinese."""
    match form:
        case "plain":
            return f"{day.year}年{day.month}月{day.day}日"
        case "padded":
            return f"{day:%Y年%m月%d日}"
        case "dash":
            return f"{day:%Y-%m-%d}"
        case "dot":
            return f"{day:%Y.%m.%d}"
        case "slash":
            return f"{day:%Y/%m/%d}"
        case "compact":
            return f"{day:%Y%m%d}"
        case _:
            year = "".join(_DIGITS[int(digit)] for digit in str(day.year))
            return f"{year}年{chinese_number(day.month)}月{chinese_number(day.day)}日"


def chinese_number(number: int) -> str:
    """1 to 99 in Chinese digits (十一, 三十)."""
    tens, units = divmod(number, 10)
    head = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return head + (_DIGITS[units] if units or not tens else "")


def pick_date_form(dice: Dice) -> str:
    """One of the forms, the common ones more often."""
    return dice.pick(DATE_FORMS)
