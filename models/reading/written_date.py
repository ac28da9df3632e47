"""Dates as these papers write them: 1990年3月7日, 2010.05.12, 一九八〇年一月十一日, 长期."""

import datetime as dt
import re
from typing import Final

LONG_TERM: Final = "长期"
_DIGITS: Final = {
    c: i
    for i, row in enumerate(
        (
            "〇零○O0Ｏ",
            "一壹1",
            "二贰2",
            "三叁3",
            "四肆4",
            "五伍5",
            "六陆6",
            "七柒7",
            "八捌8",
            "九玖9",
        )
    )
    for c in row
}
_ARABIC: Final = re.compile(
    r"(?P<y>\d{4})[年.\-/、,，·]{0,2}(?P<m>\d{1,2})[月.\-/、,，·]{0,2}(?P<d>\d{1,2})日?"
    r"(?:(?P<h>\d{1,2})[时:：](?P<min>\d{1,2})分?)?"
)
_COMPACT: Final = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)")
_CHINESE: Final = re.compile(
    r"([〇零○OＯ一二三四五六七八九]{4})年([一二三四五六七八九十元正]{1,3})月([一二三四五六七八九十廿卅]{1,4})日?"
)


def parse_date(text: str) -> dt.date | None:
    """The first date in a text, or None."""
    moment = parse_moment(text)
    return moment.date() if moment else None


def parse_moment(text: str) -> dt.datetime | None:
    """The first date in a text with its time of day where one is printed (else midnight), naive.

    The papers print local time without an offset; so does this.
    """
    squeezed = re.sub(r"\s+", "", text)
    compact = _COMPACT.search(squeezed)
    if compact:
        return _moment(*compact.groups())
    arabic = _ARABIC.search(squeezed)
    if arabic:
        return _moment(*arabic.group("y", "m", "d"), arabic["h"] or "0", arabic["min"] or "0")
    chinese = _CHINESE.search(squeezed)
    if chinese:
        year = "".join(str(_DIGITS[c]) for c in chinese[1])
        return _moment(year, str(_chinese_number(chinese[2])), str(_chinese_number(chinese[3])))
    return None


def parse_term(text: str) -> tuple[dt.date | None, dt.date | None, bool]:
    """Start, end and "long term" of a printed term (有效期限), e.g. `2010.05.12-长期`."""
    squeezed = re.sub(r"\s+", "", text)
    long_term = "长期" in squeezed or squeezed.endswith(("长", "期"))
    dates = [
        d
        for m in re.finditer(r"\d{4}[.\-年/·,，]?\d{1,2}[.\-月/·,，]?\d{1,2}", squeezed)
        if (d := parse_date(m.group(0)))
    ]
    start = dates[0] if dates else None
    end = dates[1] if len(dates) > 1 and not long_term else None
    return start, end, long_term


def _moment(*parts: str) -> dt.datetime | None:
    try:
        return dt.datetime(*(int(part) for part in parts))  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        return None


def _chinese_number(text: str) -> int:
    """1 to 31 in Chinese digits (十一, 廿三, 三十一, 元月)."""
    text = text.replace("廿", "二十").replace("卅", "三十")
    if text in {"元", "正"}:
        return 1
    tens, found, units = text.partition("十")
    if not found:
        return int("".join(str(_DIGITS[c]) for c in text if c in _DIGITS) or "0")
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[units] if units else 0)
