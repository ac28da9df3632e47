"""How papers write a value: every way in which a stated one may stand on its line."""

import datetime as dt
from collections.abc import Callable
from typing import Final, NamedTuple

from tasks.reading.likelihood.emissions import NeighbourText

_CHINESE: Final = "〇一二三四五六七八九"


class WrittenVariant(NamedTuple):
    """One way to write values of a sort.

    Attributes:
        write: From a normalised value to the text.
        before: What may stand before it on the line.
        after: What may stand after it.
    """

    write: Callable[[str], str]
    before: NeighbourText
    after: NeighbourText


def _day(template: str) -> Callable[[str], str]:
    def write(value: str) -> str:
        day = dt.date.fromisoformat(value[:10])
        return template.format(y=f"{day.year:04}", m=day.month, d=day.day)

    return write


def _chinese_day(value: str) -> str:
    day = dt.date.fromisoformat(value[:10])
    year = "".join(_CHINESE[int(c)] for c in f"{day.year:04}")
    return f"{year}年{_chinese_number(day.month)}月{_chinese_number(day.day)}日"


def _chinese_number(number: int) -> str:
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else f"{_CHINESE[tens]}十"
    return ten + (_CHINESE[ones] if ones else "")


NUMBERS: Final = (WrittenVariant(str, NeighbourText.ANYTHING, NeighbourText.ANYTHING),)
"""A number of 18 characters may run on into the next column: its length and check digit tell it."""
SERIALS: Final = (
    WrittenVariant(str, NeighbourText.NO_LETTER_OR_DIGIT, NeighbourText.NO_LETTER_OR_DIGIT),
)
NAMES: Final = (
    WrittenVariant(str, NeighbourText.NO_HAN, NeighbourText.NO_HAN),
    WrittenVariant(
        "名{}".format, NeighbourText.NO_HAN, NeighbourText.NO_HAN
    ),  # the end of the label 姓名
)
DAYS: Final = (
    WrittenVariant(_day("{y}年{m:02}月{d:02}日"), NeighbourText.NO_DIGIT, NeighbourText.ANYTHING),
    WrittenVariant(_day("{y}年{m}月{d}日"), NeighbourText.NO_DIGIT, NeighbourText.ANYTHING),
    WrittenVariant(_chinese_day, NeighbourText.NO_DIGIT, NeighbourText.ANYTHING),
    WrittenVariant(_day("{y}.{m:02}.{d:02}"), NeighbourText.NO_DIGIT, NeighbourText.NO_DIGIT),
    WrittenVariant(_day("{y}-{m:02}-{d:02}"), NeighbourText.NO_DIGIT, NeighbourText.NO_DIGIT),
    WrittenVariant(_day("{y}{m:02}{d:02}"), NeighbourText.NO_DIGIT, NeighbourText.NO_DIGIT),
)
"""Without 日 at its end a date goes on where a digit follows."""
