"""A log that ends before what was kept of it is written to by nobody until somebody says why."""

import datetime as dt
import shutil

import pytest

from models.audit.event import EventTag
from storage.audit.chain.log_guard import LogContradictedError
from storage.bootstrap import using_repositories
from tasks.upkeep.accept_log import accept_log

NOW = dt.datetime(2026, 11, 20, 1, 30, tzinfo=dt.UTC)


def append(repositories, number):
    repositories.audit.append(
        EventTag.BATCH_STARTED,
        application_id=None,
        round_id=None,
        actor="machine",
        idempotency_key=f"{number}",
    )
    repositories.audit.anchor(repositories.archive)


@pytest.fixture
def older(settings, tmp_path):
    """An installation whose database was set back from four events to two."""

    def made(settings):
        with using_repositories(settings) as repositories:
            append(repositories, 1)
            append(repositories, 2)
        shutil.copy(settings.home / "case.db", tmp_path / "older.db")
        with using_repositories(settings) as repositories:
            append(repositories, 3)
            append(repositories, 4)
        shutil.copy(tmp_path / "older.db", settings.home / "case.db")
        return settings

    return made


def test_an_older_database_is_read_and_not_written(older, settings):
    with using_repositories(older(settings)) as repositories:
        assert repositories.audit.verify().events == 2
        with pytest.raises(LogContradictedError, match="kinbind audit accept"):
            append(repositories, 5)

        def take_in():
            with repositories.unit_of_work():
                repositories.cases.register("A1", "d", batch_id="b", received_at=NOW)
                append(repositories, 5)

        with pytest.raises(LogContradictedError):
            take_in()
        assert repositories.cases.find("A1") == ()


def test_with_its_objects_set_back_too_a_place_outside_still_tells(older, settings, tmp_path):
    settings = older(settings.model_copy(update={"roots_to": str(tmp_path / "notary")}))
    shutil.rmtree(settings.objects / "audit")
    with using_repositories(settings) as repositories, pytest.raises(LogContradictedError) as told:
        append(repositories, 5)
    assert (told.value.events, told.value.kept) == (2, 4)


def test_once_somebody_said_why_it_goes_on_and_the_log_has_it(older, settings):
    with using_repositories(older(settings)) as repositories:
        assert accept_log(repositories, "备份恢复，磁盘损坏", actor="chen") == (2, 4)
    with using_repositories(settings) as repositories:
        append(repositories, 5)
        (accepted,) = repositories.audit.system_events((EventTag.LOG_ACCEPTED,), 9)
        assert accepted.details["kept"] == 4
        (place,) = repositories.archive.store.keys("audit/accepted/")
        assert repositories.archive.get_bytes(place).decode() == "备份恢复，磁盘损坏"
        assert accept_log(repositories, "again", actor="chen")[0] == 4  # nothing to accept


def test_an_untouched_log_has_nothing_to_accept(repositories):
    append(repositories, 1)
    assert accept_log(repositories, "why", actor="chen") == (1, 1)
