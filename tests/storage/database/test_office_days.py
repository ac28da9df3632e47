import datetime as dt

from sqlalchemy import literal, select

from models.clock import CHINA
from storage.database.office_days import date_of, office_day, unix_seconds
from storage.database.tables.base import Moment
from storage.database.transactions import reading

ON_BOTH_DATABASES = True


def test_a_day_of_the_office_begins_at_midnight_in_china(repositories):
    midnight = dt.datetime(2026, 11, 20, tzinfo=CHINA)
    moments = [midnight - dt.timedelta(microseconds=1), midnight, midnight + dt.timedelta(hours=23)]
    asked = [literal(moment, Moment) for moment in moments]
    with reading(repositories.engine) as connection:
        days = connection.execute(select(*map(office_day, asked))).one()
        seconds = connection.execute(select(*map(unix_seconds, asked))).one()
    assert [date_of(day).day for day in days] == [19, 20, 20]
    assert list(seconds) == [int(moment.timestamp()) for moment in moments]
