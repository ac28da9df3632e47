import datetime as dt

import pytest

from models.reading.typed_date import typed_day, typed_moment

DAY = dt.date(2014, 1, 3)
MOMENT = dt.datetime.fromisoformat("2026-11-29T14:30")  # naive: local time, as papers print it


@pytest.mark.parametrize(
    "text", ["2014年1月3日", "2014.1.3", "2014-01-03", "20140103", "２０１４年1月 3日"]
)
def test_a_day_is_taken_as_people_type_it(text):
    assert typed_day(text) == DAY


@pytest.mark.parametrize(
    "text",
    ["2026-11-29 14:30", "2026-11-29T14:30", "2026年11月29日14时30分", "202611291430"],
)
def test_a_moment_is_taken_as_people_type_it(text):
    assert typed_moment(text) == MOMENT


@pytest.mark.parametrize(
    ("parse", "text"),
    [
        (typed_day, "2014年1月"),
        (typed_day, "2014-02-30"),
        (typed_day, "约2014年1月3日"),
        (typed_day, ""),
        (typed_moment, "2026-11-29"),
        (typed_moment, "2026-11-29 25:30"),
    ],
)
def test_what_is_no_date_is_refused(parse, text):
    with pytest.raises(ValueError, match="no date"):
        parse(text)
