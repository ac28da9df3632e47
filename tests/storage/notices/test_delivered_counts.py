import datetime as dt

import pytest
from sqlalchemy import func, select, update

from benchmarks.scale.growth.costs_of_look import plan_of
from benchmarks.scale.growth.rows import NOW, fill
from models.notices.exchange import Destination
from storage.database.tables.exchange import DeliveryRow
from storage.database.transactions import reading, writing
from storage.notices.delivered_counts import count_delivered, forget_delivered, keep_delivered

ON_BOTH_DATABASES = True
ALL = 2000 - 2 * 100
DAY = dt.timedelta(days=1)


@pytest.fixture
def office(repositories):
    fill(repositories, 2000)
    return repositories


def count(office, now=NOW):
    with reading(office.engine) as connection:
        return count_delivered(connection, Destination.FOLDER, now)


def keep(office, now=NOW):
    with writing(office.engine) as connection:
        keep_delivered(connection, Destination.FOLDER, now)


def test_what_was_kept_and_what_came_since_are_all_that_arrived(office):
    assert count(office) == ALL
    for days in (200, 90, 89.5, 30, 2, 0):
        keep(office, NOW - days * DAY)
        assert count(office) == ALL


def test_a_count_kept_by_a_clock_that_went_ahead_is_not_believed(office):
    keep(office, NOW + 500 * DAY)
    assert count(office) == ALL
    keep(office)
    assert count(office) == ALL


def test_what_is_sent_once_more_is_counted_once_more(office):
    keep(office)
    again = DeliveryRow.notice_id.like("%7")
    with writing(office.engine) as connection:
        connection.execute(update(DeliveryRow).where(again).values(state="waiting"))
        forget_delivered(connection, Destination.FOLDER)
        arrived = select(func.count()).where(DeliveryRow.state == "delivered")
        stand = connection.execute(arrived).scalar_one()
    assert count(office) == stand < ALL


def test_a_month_that_was_counted_is_not_counted_again(office):
    keep(office)
    asked = plan_of(office.engine, lambda: count(office))
    if office.engine.dialect.name == "sqlite":
        assert "state=? AND next_try_at>?" in asked.text
