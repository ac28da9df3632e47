import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from models.errors import IntegrityError, SettingError
from storage.bootstrap import open_repositories
from storage.keys.keyring import Keyring
from storage.private_files import create_private
from storage.settings import Settings


@pytest.fixture
def keyring(settings):
    return Keyring.open(settings)


def test_what_was_sealed_opens_for_the_same_place_only(keyring):
    sealed = keyring.seal("张三".encode(), "uploads/a")
    assert keyring.unseal(sealed, "uploads/a").decode() == "张三"
    with pytest.raises(IntegrityError):
        keyring.unseal(sealed, "uploads/b")


def test_nothing_of_the_content_shows_and_two_seals_differ(keyring):
    content = b"110105194912310021" * 4
    first, second = keyring.seal(content, "a"), keyring.seal(content, "a")
    assert first != second
    assert content[:18] not in first


@pytest.mark.parametrize("position", [0, 2, 3, 7, 10, 19, 25, -1])
def test_one_changed_bit_anywhere_is_noticed(keyring, position):
    sealed = bytearray(keyring.seal(b"content", "a"))
    sealed[position] ^= 1
    with pytest.raises(IntegrityError):
        keyring.unseal(bytes(sealed), "a")


@pytest.mark.parametrize("length", [0, 2, 5, 18, 30])
def test_a_sealed_object_that_was_cut_short_is_noticed(keyring, length):
    with pytest.raises(IntegrityError):
        keyring.unseal(keyring.seal(b"content", "a")[:length], "a")


def test_another_key_opens_nothing_and_says_so(keyring, tmp_path):
    other = Keyring.open(Settings(home=tmp_path / "other"))
    with pytest.raises(IntegrityError, match="another master key"):
        other.unseal(keyring.seal(b"content", "a"), "a")


def test_a_fingerprint_is_stable_keyed_and_of_one_purpose(keyring, settings, tmp_path):
    value = "110105194912310021"
    known = keyring.fingerprint("number", value)
    assert Keyring.open(settings).fingerprint("number", value) == known
    assert keyring.fingerprint("name", value) != known
    assert keyring.fingerprint("numbe", "r" + value) != known
    assert Keyring.open(Settings(home=tmp_path / "other")).fingerprint("number", value) != known


def test_the_key_file_is_for_its_owner_alone(settings, keyring):
    assert settings.key_file.stat().st_mode & 0o777 == 0o600
    settings.key_file.chmod(0o644)
    with pytest.raises(SettingError, match="chmod 600"):
        Keyring.open(settings)


def test_a_folder_in_place_of_the_key_file_is_told_as_one(settings, keyring):
    settings.key_file.unlink()
    settings.key_file.mkdir(mode=0o700)
    with pytest.raises(SettingError, match="no regular file"):
        Keyring.open(settings)


def test_a_key_file_that_cannot_be_read_is_told_with_its_place(settings, keyring, monkeypatch):
    def refused(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", refused)
    with pytest.raises(SettingError, match=r"master\.key cannot be read: this account may not"):
        Keyring.open(settings)


def test_threads_that_open_a_new_home_at_once_agree_on_one_key(settings):
    with ThreadPoolExecutor(8) as pool:
        rings = list(pool.map(lambda _: Keyring.open(settings), range(8)))
    assert len({ring.check_value for ring in rings}) == 1
    assert len({Keyring.open(settings).unseal(r.seal(b"x", "a"), "a") for r in rings}) == 1
    drafts = [path for path in settings.key_file.parent.iterdir() if path.name.startswith(".")]
    assert drafts == []


def test_a_damaged_key_file_is_refused(settings, keyring):
    settings.key_file.write_bytes(b"short")
    with pytest.raises(SettingError, match="32 bytes"):
        Keyring.open(settings)


def test_a_database_refuses_a_key_that_is_not_its_own(settings, repositories):
    settings.key_file.unlink()
    with pytest.raises(SettingError, match="backup"):
        open_repositories(settings)
    assert not settings.key_file.exists()  # a new one would hide that the old one is missing
    create_private(settings.key_file, b"another master key of 32 bytes !")
    with pytest.raises(SettingError, match="backup"):
        open_repositories(settings)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("张三的申请", id="a person's name"),
        pytest.param("110105194912310021", id="an ID number"),
        pytest.param("A-11010519491231002X", id="an ID number in a longer name"),
        pytest.param("a/b", id="a path"),
        pytest.param("x" * 65, id="too long"),
    ],
)
def test_an_identifier_that_could_name_somebody_gets_an_alias(keyring, name):
    alias = keyring.public_id(name)
    assert alias.startswith("alias-")
    assert keyring.public_id(name) == alias
    assert keyring.public_id(alias) == alias


def test_an_ordinary_identifier_stays_as_it_is(keyring):
    assert keyring.public_id("A20261120-000123") == "A20261120-000123"


def test_keys_do_not_show_in_a_repr(keyring, settings):
    assert settings.key_file.read_bytes().hex()[:8] not in repr(vars(keyring)) + repr(keyring)


def test_importing_the_office_loads_no_cloud_library():
    program = (
        "import sys, storage.bootstrap, storage.intake.open_inbox\n"
        "heavy = {'boto3', 'alembic', 'pyarrow', 'prefect'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "[]"
