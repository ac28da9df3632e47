"""Dates as people type them (2014年1月3日, 2014.1.3, 20140103), and with a time of day."""

import datetime as dt
import re
import unicodedata
from typing import Final

from models.reading.written_date import parse_date, parse_moment

_WRITTEN: Final = re.compile(r"[\d.\-/年月日号时分:〇零○一二三四五六七八九十廿卅]+")
"""What a day, and a time of day, are written with."""


def typed_day(text: str) -> dt.date:
    """The one day that a text says; no part of it may say anything else.

    Raises:
        ValueError: It says none.
    """
    plain = _plain(text)
    day = parse_date(plain) if _WRITTEN.fullmatch(plain) else None
    if day is None:
        raise ValueError("no date")
    return day


def typed_moment(text: str) -> dt.datetime:
    """The one day with its time of day, naive; the time may stand in figures alone or after a T.

    Raises:
        ValueError: It says none, or no time of day.
    """
    plain = _plain(text).replace("T", "").replace("点", "时")
    plain = re.sub(r"^(\d{8})(\d{2})(\d{2})$", r"\1\2:\3", plain)
    plain = re.sub(r"^(\d{4})(\d{2})(\d{2})(?=\d{2}:)", r"\1-\2-\3", plain)
    whole = _WRITTEN.fullmatch(plain) and re.search(r"[时:]\d", plain)
    moment = parse_moment(plain) if whole else None
    if moment is None:
        raise ValueError("no date with a time of day")
    return moment


def _plain(text: str) -> str:
    """Without blanks, full-width digits of a Chinese input method as plain ones."""
    return unicodedata.normalize("NFKC", "".join(text.split()))
