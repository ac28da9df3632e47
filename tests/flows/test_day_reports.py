import datetime as dt

import pytest

from flows.reports.day_reports import spans_of


@pytest.mark.parametrize(
    ("today", "names"),
    [
        ((2026, 11, 27), ["2026-11-26", "2026-11-27"]),
        ((2026, 11, 30), ["2026-11-27", "2026-11-28", "2026-11-29", "2026-11-30"]),
        ((2026, 12, 1), ["2026-11-30", "2026-11", "2026-12-01"]),
    ],
)
def test_a_morning_reports_what_ended_since_the_office_last_worked(today, names):
    assert [span.name for span in spans_of(dt.date(*today), {})] == names
