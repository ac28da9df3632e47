import datetime as dt

from tasks.upkeep.retention_clock import retention_moment

NOW = dt.datetime(2026, 11, 20, 19, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def nights(repositories, *clocks):
    """By which moment each night of these clocks deletes."""
    for clock in clocks:
        at, _ = retention_moment(repositories, clock)
        repositories.retention.note_purge(at)
        yield at


def test_a_clock_that_went_ahead_deletes_a_week_at_most_and_goes_on_when_it_is_right(repositories):
    clocks = (NOW, NOW + 40 * DAY, NOW + 2 * DAY, NOW + 3 * DAY)
    found = list(nights(repositories, *clocks))
    assert found == [NOW, NOW + 7 * DAY, NOW + 2 * DAY, NOW + 3 * DAY]


def test_an_office_that_stood_still_catches_up_night_by_night(repositories):
    back = [NOW + (20 + n) * DAY for n in range(4)]
    found = list(nights(repositories, NOW, *back))
    assert [(at - NOW).days for at in found] == [0, 7, 14, 21, 23]
    assert retention_moment(repositories, back[-1]).ahead == 0 * DAY
