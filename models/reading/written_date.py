"""Dates as these papers write them: 1990年3月7日, 2010.05.12, 一九八〇年一月十一日, 长期.

A text has one date or none. A part that is not there is not there: a stamp that covers the day
leaves `1991年12月`, which is no date, and no digit is taken from the month to make a day of it.
"""

import datetime as dt
import re
from collections.abc import Iterator
from itertools import chain
from typing import Final, NamedTuple

LONG_TERM: Final = "长期"
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2099
"""No paper in use names a day outside these years; a card's term ends at most 20 years ahead."""

_MARKS: Final = r"[.\-–—/、,，·・。:：;；'`*]"
_DOT: Final = rf"{_MARKS}{{1,2}}"
_SPECK: Final = rf"{_MARKS}{{0,2}}"
_YEAR: Final = r"(?<!\d)(?P<y>(?:19|20)\d\d)"
_CLOCK: Final = (
    r"(?:(?P<h>\d{1,2})(?:[时點点](?P<min>\d{1,2}分|\d\d(?!\d))|[:：](?P<colon>\d\d)(?!\d)))?"
)
_DATES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        # 1990年3月7日; a reader takes 年, 月 and 日 for look-alikes and overlooks one of the three.
        # 用 is also a stamp's: where it covers a figure too, one side has but one left.
        rf"{_YEAR}{_SPECK}[年午牛]{_SPECK}(?P<m>\d{{1,2}}){_SPECK}(?:月|(?<=\d\d)用(?=\d\d)){_SPECK}"
        rf"(?P<d>\d{{1,2}}{_SPECK}[日曰]|\d\d(?!\d)){_CLOCK}",
        rf"{_YEAR}(?P<m>\d{{1,2}})月(?P<d>\d{{1,2}}日){_CLOCK}",
        rf"{_YEAR}年(?P<m>\d\d)(?P<d>\d\d日){_CLOCK}",
        # 2010.05.12, with one of the dots overlooked or both.
        rf"{_YEAR}{_DOT}(?P<m>\d{{1,2}}){_DOT}(?P<d>\d{{1,2}})(?![\d\u4e00-\u9fff])日?{_CLOCK}",
        rf"{_YEAR}{_DOT}(?P<m>\d{{1,2}}){_DOT}(?P<d>\d\d)(?=[\u4e00-\u9fff])日?{_CLOCK}",
        rf"{_YEAR}{_DOT}(?P<m>\d\d){_DOT}(?P<d>\d\d)(?P<h>\d\d)[:：](?P<colon>\d\d)(?!\d)",
        rf"{_YEAR}{_DOT}(?P<m>\d\d)(?P<d>\d\d)(?!\d)日?",
        rf"{_YEAR}(?P<m>\d\d){_DOT}(?P<d>\d\d)(?!\d)日?",
        rf"{_YEAR}(?P<m>\d\d)(?P<d>\d\d)(?![\dXx])日?{_CLOCK}",
        # A form that prints 年月日时分 beneath or between, the figures read in one run.
        rf"{_YEAR}(?P<m>\d\d)(?P<d>\d\d)(?P<h>\d\d)(?P<min>\d\d)(?=年?月?日?时分)",
    )
)
_CHINESE: Final = re.compile(
    r"(?P<y>[一二][〇零○OＯ一二三四五六七八九]{3})年(?P<m>[一二三四五六七八九十元正]{1,3})月"
    r"(?P<d>[一二三四五六七八九十廿卅]{1,4}(?=日)"
    rf"|[二三]?[十廿卅][一二三四五六七八九](?![一二三四五六七八九十日]))日?{_CLOCK}"
)
"""A day that ends with a unit after a ten is whole without 日 too: no figure can follow 二十七, but
one could follow 二十 or 二."""
_CHINESE_DIGITS: Final = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | dict.fromkeys(
    "零○OＯ", "0"
)


def _spellings(number: int) -> Iterator[str]:
    """How a number from 1 to 31 is written: 二十三 and 廿三."""
    tens, ones = divmod(number, 10)
    unit = "" if ones == 0 else "一二三四五六七八九"[ones - 1]
    yield {0: "", 1: "十", 2: "二十", 3: "三十"}[tens] + unit
    if tens >= 2:
        yield {2: "廿", 3: "卅"}[tens] + unit
        yield {2: "廿十", 3: "卅十"}[tens] + unit
    if tens == 1:
        yield "一十" + unit


_CHINESE_NUMBERS: Final = {
    spelling: number for number in range(1, 32) for spelling in _spellings(number)
} | {"元": 1, "正": 1}
_TERM_JOINED: Final = re.compile(r"(?<=[.·,，])(\d\d)((?:19|20)\d\d)(?=[.·,，])")
"""A day and the next date's year, the dash between them overlooked."""


class _WrittenDate(NamedTuple):
    """A date where it stands in a text, with its time of day where one is printed."""

    start: int
    stop: int
    day: dt.date
    time: dt.time | None


def parse_date(text: str) -> dt.date | None:
    """The date in a text; None where there is none or where it might be read as two."""
    days = {found.day for found in _dates(_squeezed(text))}
    return days.pop() if len(days) == 1 else None


def parse_moment(text: str) -> dt.datetime | None:
    """The date in a text with its time of day, naive; None where either is not there whole.

    The papers print local time without an offset; so does this.
    """
    found = _dates(_squeezed(text))
    if len({one.day for one in found}) != 1:
        return None
    times = {one.time for one in found}
    time = times.pop() if len(times) == 1 else None
    return None if time is None else dt.datetime.combine(found[0].day, time)


def parse_term(text: str) -> tuple[dt.date | None, dt.date | None, bool]:
    """Start, end and "long term" of a printed term (有效期限), e.g. `2010.05.12-长期`.

    Which end a date is, its place tells: what stands behind the dash is no start, however little
    of the start could be read.
    """
    squeezed = _TERM_JOINED.sub(r"\1-\2", _squeezed(text))
    found = _dates(squeezed)
    long_term = LONG_TERM in squeezed or re.search(r"\d[-–—一至]*[长期]$", squeezed) is not None
    if not found or len(found) > 2:
        return None, None, long_term
    first, last = found[0], found[-1]
    if first is last:
        is_end = re.search(r"\d|[-–—至]$", squeezed[: first.start]) is not None
        start, end = (None, first.day) if is_end else (first.day, None)
        return start, None if long_term else end, long_term
    return first.day, None if long_term else last.day, long_term


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _dates(squeezed: str) -> tuple[_WrittenDate, ...]:
    """Every date of a text in its order; one written so that parts may be missing is left out."""
    matches = chain.from_iterable(pattern.finditer(squeezed) for pattern in _DATES)
    found = [written for match in matches if (written := _arabic(match))]
    found += [w for match in _CHINESE.finditer(squeezed) if (w := _chinese(match))]
    kept: list[_WrittenDate] = []
    for one in sorted(found, key=lambda item: (item.start, -item.stop)):
        if not kept or one.start >= kept[-1].stop:
            kept.append(one)
    return tuple(kept)


def _arabic(match: re.Match[str]) -> _WrittenDate | None:
    parts = match.groupdict()
    month, day = parts["m"], re.sub(r"\D", "", parts["d"])
    # Nobody writes 09月2日 or 9月02日: a figure of the shorter one is hidden.
    if len(month) != len(day) and "0" in {month[0], day[0]}:
        return None
    if len(day) == 1 and len(month) == 2 and "日" not in parts["d"] and "曰" not in parts["d"]:
        return None
    return _written(match, int(parts["y"]), int(month), int(day))


def _chinese(match: re.Match[str]) -> _WrittenDate | None:
    year = "".join(_CHINESE_DIGITS[c] for c in match["y"])
    month, day = _CHINESE_NUMBERS.get(match["m"]), _CHINESE_NUMBERS.get(match["d"])
    return _written(match, int(year), month, day) if month and day else None


def _written(match: re.Match[str], year: int, month: int, day: int) -> _WrittenDate | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return _WrittenDate(match.start(), match.end(), dt.date(year, month, day), _time(match))
    except ValueError:
        return None


def _time(match: re.Match[str]) -> dt.time | None:
    """The time of day behind a date; `ValueError` where there is no such time."""
    parts = match.groupdict()
    minute = parts.get("min") or parts.get("colon")
    if not parts.get("h") or minute is None:
        return None
    return dt.time(int(parts["h"]), int(re.sub(r"\D", "", minute)))
