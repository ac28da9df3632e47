import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.reading.written_date import (
    FIRST_YEAR,
    LAST_YEAR,
    parse_date,
    parse_moment,
    parse_term,
)


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
        ("二〇一一年十一月二十七", (2011, 11, 27)),
        ("二〇一八年十二月十二", (2018, 12, 12)),
        ("旬2014年10月21日16时07分", (2014, 10, 21)),
        ("2014.1021", (2014, 10, 21)),
        ("2014.10.21签发", (2014, 10, 21)),
        ("19903月7日", (1990, 3, 7)),
        ("1990年3月7日复印无效", (1990, 3, 7)),
        ("1990年12用07日", (1990, 12, 7)),
    ],
)
def test_dates_as_these_papers_write_them(text, day):
    assert parse_date(text) == dt.date(*day)


@pytest.mark.parametrize(
    "text",
    [
        *("", "长期", "1990年13月7日", "2023年2月29日", "久居", "12"),
        *(
            "1991年12月禁止",
            "2000年1用1日",
            "2000年1用11日",
            "2000年11用1日",
            "1985年12月 日",
            "1985年12月",
            "年12月5日",
            "2014.09.2复印21",
            "2014.09.2",
        ),
        *("2014年09月2日", "2014年10月2", "2014.10.2复", "110105199003070022", "1101.05.19"),
        *(
            "1990年3月7日1990年3月8日",
            "0990年3月7日",
            "2199年3月7日",
            "2021年1022",
            "二〇一九年二三月五日",
            *(
                "二〇一一年十一月二十",
                "二〇一一年十一月十",
                "二〇一一年十一月二",
                "二〇一一年十一月",
            ),
            "二〇一一年十一月二十七八",
        ),
    ],
)
def test_what_is_no_date_is_none(text):
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("2019年01月17日03时31分", (2019, 1, 17, 3, 31)),
        ("2019年1月17日3时5分", (2019, 1, 17, 3, 5)),
        ("2019-01-17 03:31:20", (2019, 1, 17, 3, 31)),
        ("二〇一九年一月十七日03时31分", (2019, 1, 17, 3, 31)),
        ("202110222127年月日时分", (2021, 10, 22, 21, 27)),
    ],
)
def test_a_birth_certificate_gives_the_minute(text, minute):
    assert parse_moment(text) == dt.datetime(*minute)  # noqa: DTZ001


@pytest.mark.parametrize(
    "text",
    [
        *("2019年01月17日", "2019年01月17日 时 分", "2019年01月17日03时", "2019年01月17日03时3"),
        *(
            "2019年01月17日27时31分",
            "2019年01月17日下午3时31分",
            "20211022年月日时分",
            "2127年月日时分",
        ),
    ],
)
def test_a_time_that_is_not_there_whole_is_none(text):
    assert parse_moment(text) is None


def test_a_term_has_a_start_and_an_end():
    term = dt.date(2010, 5, 12), dt.date(2030, 5, 12), False
    assert parse_term("2010.05.12-2030.05.12") == term


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("2014.09.2复印21-2034.09.21", (None, (2034, 9, 21))),
        ("复印-2034.09.21", (None, (2034, 9, 21))),
        ("2014.09.21-2034.0复印1", ((2014, 9, 21), None)),
        ("2014.09.212034.09.21", ((2014, 9, 21), (2034, 9, 21))),
        ("20140921-20340921", ((2014, 9, 21), (2034, 9, 21))),
        ("20142034", (None, None)),
    ],
)
def test_a_hidden_end_of_a_term_is_not_the_other_one(text, term):
    start, end = (dt.date(*day) if day else None for day in term)
    assert parse_term(text) == (start, end, False)


def test_a_long_term_has_no_end():
    assert parse_term("2010.05.12-长期") == (dt.date(2010, 5, 12), None, True)


_GARBLED = st.text(
    alphabet="0123456789 年月日时分.-:：元十廿一二三四〇长期复印禁止OXx/", max_size=40
)


@given(_GARBLED)
def test_every_figure_of_a_date_stands_in_the_garbled_text_in_its_order(text):
    day = parse_date(text)
    if day is None or re.search("[一二三四〇元十廿]", text):
        return
    assert FIRST_YEAR <= day.year <= LAST_YEAR
    parts = (str(day.year), rf"0?{day.month}", rf"0?{day.day}(?!\d{{1}}[^\d])")
    assert re.search(r"(?<!\d)" + r"\D{0,5}".join(parts), re.sub(r"\s", "", text))


@given(_GARBLED)
def test_no_time_is_made_of_a_garbled_text(text):
    moment = parse_moment(text)
    assert moment is None or re.search(r"\d[时點点:：]\d{1,2}|\d{12}", re.sub(r"\s", "", text))


@given(st.dates(dt.date(FIRST_YEAR, 1, 1), dt.date(2026, 12, 31)), st.integers(0, 9), st.data())
def test_a_date_with_hidden_figures_is_that_date_or_none(day, word, data):
    shape = ("{0:%Y}年{0:%m}月{0:%d}日", "{0:%Y}.{0:%m}.{0:%d}", "{0.year}年{0.month}月{0.day}日")
    text = shape[word % 3].format(day)
    start = data.draw(st.integers(0, len(text) - 1))
    stop = data.draw(st.integers(start + 1, min(len(text), start + 3)))
    stamp = data.draw(st.sampled_from(["复印", "禁止", "用", "仅供办理"]))
    read = parse_date(text[:start] + stamp + text[stop:])
    assert read is None or read == day
