import datetime as dt

import pytest

from models.reading.written_date import parse_date, parse_moment, parse_term


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1990年3月7日", (1990, 3, 7)),
        ("1990 年 3 月 7 日", (1990, 3, 7)),
        ("2012年04月17日", (2012, 4, 17)),
        ("1991-10-17", (1991, 10, 17)),
        ("2011.12.09/某派出所", (2011, 12, 9)),
        ("2010/05/12", (2010, 5, 12)),
        ("19800111", (1980, 1, 11)),
        ("一九八〇年一月十一日", (1980, 1, 11)),
        ("二〇二三年一月五日", (2023, 1, 5)),
        ("二零二三年十二月三十一日", (2023, 12, 31)),
        ("一九九八年十月二十日", (1998, 10, 20)),
        ("二○○八年元月廿三日", (2008, 1, 23)),
    ],
)
def test_dates_as_these_papers_write_them(text, day):
    assert parse_date(text) == dt.date(*day)


@pytest.mark.parametrize("text", ["", "长期", "1990年13月7日", "2023年2月29日", "久居", "12"])
def test_what_is_no_date_is_none(text):
    assert parse_date(text) is None


def test_a_birth_certificate_gives_the_minute():
    assert parse_moment("2019年01月17日03时31分") == dt.datetime(2019, 1, 17, 3, 31)  # noqa: DTZ001


def test_a_term_has_a_start_and_an_end():
    term = dt.date(2010, 5, 12), dt.date(2030, 5, 12), False
    assert parse_term("2010.05.12-2030.05.12") == term


def test_a_long_term_has_no_end():
    assert parse_term("2010.05.12-长期") == (dt.date(2010, 5, 12), None, True)
