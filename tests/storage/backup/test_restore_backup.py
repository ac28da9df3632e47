"""An office is backed up while it works, and stands again on an empty machine."""

import datetime as dt
import shutil

import pytest
from pydantic import SecretStr

from models.audit.event import EventTag
from models.errors import IntegrityError, SettingError
from models.staff.staff_member import StaffRole
from storage.backup.backup_folder import back_up
from storage.backup.restore_backup import check_backup, restore
from storage.bootstrap import using_repositories
from storage.settings import Settings

ON_BOTH_DATABASES = True
NOW = dt.datetime(2026, 11, 20, 1, 30, tzinfo=dt.UTC)
NAME = "沈雨桐".encode()


def work(repositories, number):
    """A round with a paper and its line in the log; the head is kept outside."""
    made = repositories.cases.register(f"A{number}", f"d{number}", batch_id="b", received_at=NOW)
    round_id = made.round.round_id
    repositories.archive.put_bytes(f"readings/{round_id}", NAME)
    repositories.audit.append(
        EventTag.APPLICATION_RECEIVED,
        application_id=f"A{number}",
        round_id=round_id,
        actor="machine",
        idempotency_key=f"{round_id}:received",
    )
    repositories.audit.anchor(repositories.archive)
    return f"readings/{round_id}"


@pytest.fixture
def elsewhere(settings, tmp_path, monkeypatch):
    """Another machine: its own home and configuration, with the master key carried over."""
    master = tmp_path / "carried/master.key"
    master.parent.mkdir()

    def machine(number=1):
        if not master.exists():
            shutil.copy(settings.key_file, master)
        home = tmp_path / f"machine{number}"
        monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "configuration"))
        return Settings(home=home / "home", master_key_file=master)

    return machine


def test_an_office_stands_again_on_an_empty_machine(repositories, elsewhere, tmp_path):
    first, second = work(repositories, 1), work(repositories, 2)
    repositories.staff.add("lin", StaffRole.REVIEWER)
    repositories.archive.destroy_keys([first], NOW)
    made = back_up(repositories, tmp_path / "backup", tmp_path / "keys")
    assert made.events == 2
    files = [path for path in (tmp_path / "backup").rglob("*") if path.is_file()]
    content = b"".join(path.read_bytes() for path in files)
    assert NAME not in content
    assert repositories.settings.key_file.read_bytes() not in content
    assert not any(path.stat().st_mode & 0o077 for path in files)

    settings = elsewhere()
    report = restore(tmp_path / "backup", settings, tmp_path / "keys")
    assert (report.sound, report.deleted, report.broken) == (True, 1, ())
    with using_repositories(settings) as office:
        assert office.archive.get_bytes(second) == NAME
        assert [person.name for person in office.staff.list()] == ["lin"]
        work(office, 3)
        assert office.audit.verify(office.archive).events == 3


def test_what_is_deleted_today_opens_in_no_backup_of_yesterday(repositories, elsewhere, tmp_path):
    first, second = work(repositories, 1), work(repositories, 2)
    back_up(repositories, tmp_path / "yesterday", tmp_path / "keys")
    repositories.archive.destroy_keys([first], NOW)
    repositories.archive.delete(first)
    back_up(repositories, tmp_path / "today", tmp_path / "keys")
    settings = elsewhere()
    report = restore(tmp_path / "yesterday", settings, tmp_path / "keys")
    assert (report.deleted, report.broken) == (1, ())
    with using_repositories(settings) as office:
        assert office.archive.get_bytes(second) == NAME
        with pytest.raises(IntegrityError, match="destroyed"):
            office.archive.get_bytes(first)


@pytest.mark.service
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_an_office_moves_from_one_database_to_the_other_and_back(
    settings, database, elsewhere, tmp_path
):
    small = Settings(home=tmp_path / "small", master_key_file=settings.key_file)
    with using_repositories(small) as office:
        work(office, 1)
        office.staff.add("lin", StaffRole.REVIEWER)
        back_up(office, tmp_path / "first", tmp_path / "keys")
    large = elsewhere().model_copy(update={"database_url": SecretStr(database)})
    assert restore(tmp_path / "first", large, tmp_path / "keys").sound
    with using_repositories(large) as office:
        assert office.engine.dialect.name == "postgresql"
        key = work(office, 2)
        assert office.staff.add("wang", StaffRole.AUDITOR)
        assert office.audit.verify(office.archive).events == 2
        back_up(office, tmp_path / "second", tmp_path / "keys")
    again = elsewhere(2)
    assert restore(tmp_path / "second", again, tmp_path / "keys").sound
    with using_repositories(again) as office:
        assert office.archive.get_bytes(key) == NAME
        assert {person.name for person in office.staff.list()} == {"lin", "wang"}
        work(office, 3)
        assert office.audit.verify(office.archive).events == 3


def test_what_is_done_during_a_backup_waits_for_the_next_one(repositories, tmp_path, monkeypatch):
    work(repositories, 1)
    from storage.backup import backup_folder

    copy = backup_folder.copy_objects

    def meanwhile(*given):
        work(repositories, 2)
        return copy(*given)

    monkeypatch.setattr(backup_folder, "copy_objects", meanwhile)
    for events in (1, 3):
        made = back_up(repositories, tmp_path / "backup", None)
        report = check_backup(tmp_path / "backup", repositories.settings, None)
        assert (made.events, report.chain.events, report.sound) == (events, events, True)
        monkeypatch.setattr(backup_folder, "copy_objects", copy)
        work(repositories, 3)


def test_a_backup_that_was_damaged_or_is_none_is_told_apart(repositories, elsewhere, tmp_path):
    key = work(repositories, 1)
    back_up(repositories, tmp_path / "backup", tmp_path / "keys")
    (tmp_path / "backup/objects" / key).write_bytes(b"KB\x02 something else")
    report = check_backup(tmp_path / "backup", repositories.settings, tmp_path / "keys")
    assert (report.sound, report.broken) == (False, (key,))
    (tmp_path / "some").mkdir()
    (tmp_path / "some/file").touch()
    with pytest.raises(SettingError, match="neither empty nor a backup"):
        back_up(repositories, tmp_path / "some", None)
    with pytest.raises(SettingError, match="no manifest"):
        check_backup(tmp_path / "some", repositories.settings, None)
    with pytest.raises(SettingError, match="empty"):
        restore(tmp_path / "backup", repositories.settings, None)


def test_without_its_data_keys_a_backup_opens_nothing(repositories, elsewhere, tmp_path):
    work(repositories, 1)
    back_up(repositories, tmp_path / "backup", tmp_path / "keys")
    with pytest.raises(SettingError, match="wrapped keys are missing"):
        restore(tmp_path / "backup", elsewhere(), None)
