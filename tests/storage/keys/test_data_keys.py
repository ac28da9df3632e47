"""Data keys: apart from what they seal, wrapped by a master key that can be replaced, destroyed."""

import base64
import datetime as dt
import secrets
import shutil
import sys

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import OperationalError

from models.errors import IntegrityError, SettingError
from storage.bootstrap import using_repositories
from storage.database.engine import open_engine
from storage.database.schema import upgrade
from storage.database.tables.cases import InstallationRow
from storage.database.transactions import writing
from storage.key_places import outer_key_folder
from storage.keys import key_rotation
from storage.keys.keyring import Keyring
from storage.keys.master_key import MasterKey
from storage.private_files import create_private
from storage.settings import Settings

ON_BOTH_DATABASES = True
NOW = dt.datetime(2026, 11, 20, 1, 30, tzinfo=dt.UTC)
OLD = b"the master key of an older home!"


def older_home(settings):
    """A home as versions before data keys left it, and something that they sealed."""
    create_private(settings.home / "keys/master.key", OLD)
    engine = open_engine(settings)
    upgrade(engine)
    row = {"name": "key_check", "value": Keyring(OLD).check_value}
    with writing(engine) as connection:
        connection.execute(insert(InstallationRow).values(row))
    engine.dispose()
    return Keyring(OLD).seal(b"of long ago", "uploads/a")


def test_an_older_home_goes_on_with_its_key_and_what_it_sealed(settings):
    sealed, known = older_home(settings), Keyring(OLD).fingerprint("number", "1")
    for _ in range(2):
        with using_repositories(settings) as opened:
            assert opened.keyring.unseal(sealed, "uploads/a") == b"of long ago"
            assert opened.keyring.fingerprint("number", "1") == known
            new = opened.keyring.seal(b"of today", "uploads/b")
            assert opened.keyring.unseal(new, "uploads/b") == b"of today"
    with pytest.raises(IntegrityError):
        Keyring(OLD).unseal(new, "uploads/b")


def test_the_keys_of_a_new_home_lie_outside_it_and_follow_when_it_moves(settings, tmp_path):
    with using_repositories(settings) as opened:
        opened.archive.put_bytes("uploads/a", b"content")
    assert not settings.key_file.is_relative_to(settings.home)
    home = shutil.move(settings.home, tmp_path / "elsewhere")
    moved = settings.model_copy(update={"home": home})
    with using_repositories(moved) as opened:
        assert opened.archive.get_bytes("uploads/a") == b"content"


def test_keys_move_out_of_an_older_home_as_status_says(settings):
    sealed = older_home(settings)
    with using_repositories(settings):
        inside = settings.key_folder
    assert inside == settings.home / "keys"
    outer_key_folder(settings.home).parent.mkdir(parents=True, exist_ok=True)
    shutil.move(inside, outer_key_folder(settings.home))
    with using_repositories(settings) as opened:
        assert opened.keyring.unseal(sealed, "uploads/a") == b"of long ago"


def test_without_a_configuration_folder_keys_lie_in_the_home(settings, monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "file"))
    with using_repositories(settings):
        assert settings.key_file.is_relative_to(settings.home)


def test_what_was_destroyed_opens_for_nobody_and_the_rest_does(settings, repositories):
    archive, keyring = repositories.archive, repositories.keyring
    places = ("portraits/r1/0", "portraits/r1/1", "readings/r1", "portraits/r2/0")
    for place in places:
        archive.put_bytes(place, b"content")
    copies = {place: archive.store.get(place) for place in places}
    assert archive.destroy_keys(["portraits/r1/0"], NOW) == 1
    for place in places[:2]:
        with pytest.raises(IntegrityError, match="destroyed"):
            keyring.unseal(copies[place], place)
    with using_repositories(settings) as again:
        assert again.keyring.unseal(copies["readings/r1"], "readings/r1") == b"content"
        assert again.keyring.unseal(copies["portraits/r2/0"], "portraits/r2/0") == b"content"
    # Whatever comes to the same place later has a key of its own.
    assert keyring.unseal(keyring.seal(b"new", "portraits/r1/0"), "portraits/r1/0") == b"new"


def test_a_key_outlives_the_unit_of_work_in_which_something_was_sealed(repositories):
    def broken_off():
        with repositories.unit_of_work():
            repositories.archive.put_bytes("uploads/a", b"content")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken_off()
    assert repositories.archive.get_bytes("uploads/a") == b"content"


def test_a_new_master_key_opens_what_was_sealed_and_the_old_one_nothing(settings, repositories):
    repositories.archive.put_bytes("uploads/a", b"content")
    sealed, old = repositories.archive.store.get("uploads/a"), settings.key_file.read_bytes()
    assert repositories.keyring.rotate(settings, None) >= 1
    assert settings.key_file.read_bytes() != old
    with using_repositories(settings) as again:
        assert again.archive.get_bytes("uploads/a") == b"content"
        assert again.archive.store.get("uploads/a") == sealed  # nothing was written again
        assert again.audit.verify(again.archive).intact
    settings.key_file.write_bytes(old)
    with pytest.raises(SettingError, match="backup"), using_repositories(settings):
        pytest.fail("the old master key still opens it")


def test_a_process_that_ran_meanwhile_seals_nothing_with_the_old_master_key(settings, repositories):
    with using_repositories(settings) as other:
        other.keyring.rotate(settings, None)
    with pytest.raises(SettingError, match="start it again"):
        repositories.archive.put_bytes("uploads/a", b"content")


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.service
def test_who_seals_waits_for_nobody_else_who_seals_and_a_rotation_for_all(repositories):
    """Each thing that is sealed has a key of its own: one at a time would wait for every disk."""
    with repositories.engine.begin() as other:
        other.execute(text("SELECT master FROM root_keys FOR SHARE"))  # seals, not yet committed
        repositories.keyring.seal(b"of another picture", "uploads/b")
        rotates = text("SELECT master FROM root_keys FOR NO KEY UPDATE NOWAIT")
        with repositories.engine.connect() as rotation, pytest.raises(OperationalError):
            rotation.execute(rotates)


def test_a_rotation_that_was_interrupted_is_finished(settings, repositories, monkeypatch):
    repositories.archive.put_bytes("uploads/a", b"content")
    following = settings.key_file.with_name("master.key.next")

    create_private(following, secrets.token_bytes(32))  # before anything was wrapped
    with using_repositories(settings) as again:
        assert again.archive.get_bytes("uploads/a") == b"content"
    assert not following.exists()

    create_private(following, secrets.token_bytes(32))  # after all was
    key_rotation.rotate_to(following, repositories.keyring._data_keys)
    with using_repositories(settings) as again:
        assert again.archive.get_bytes("uploads/a") == b"content"
    assert not following.exists()


@pytest.mark.parametrize("source", ["environment", "command"])
def test_the_master_key_may_come_from_elsewhere_and_be_replaced_there(settings, tmp_path, source):
    def given(key):
        text = base64.b64encode(key).decode()
        if source == "environment":
            return settings.model_copy(update={"master_key": Settings(master_key=text).master_key})
        (tmp_path / "service.py").write_text(f"print({text!r})")
        command = f"{sys.executable} {tmp_path / 'service.py'}"
        return settings.model_copy(update={"master_key_command": command})

    first, second = secrets.token_bytes(32), secrets.token_bytes(32)
    with using_repositories(given(first)) as opened:
        opened.archive.put_bytes("uploads/a", b"content")
        with pytest.raises(SettingError, match="--to"):
            opened.keyring.rotate(opened.settings, None)
        create_private(tmp_path / "second", second)
        opened.keyring.rotate(opened.settings, tmp_path / "second")
    with using_repositories(given(second)) as opened:
        assert opened.archive.get_bytes("uploads/a") == b"content"
        assert opened.keyring.master_id == MasterKey(second).key_id
    assert not settings.key_file.exists()


def test_a_command_that_fails_is_named_and_not_quoted(settings):
    failing = settings.model_copy(update={"master_key_command": "false secret-token"})
    with pytest.raises(SettingError, match="KINBIND_MASTER_KEY_COMMAND") as error:
        Keyring.open(failing)
    assert "secret-token" not in str(error.value)
