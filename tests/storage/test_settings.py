from pathlib import Path

import pytest

from models.errors import SettingError
from storage.settings import Settings, load_settings
from storage.shown_settings import describe_settings, unknown_variables


def test_every_setting_has_a_help_text_and_a_variable():
    lines = describe_settings(Settings())
    assert [line.variable for line in lines] == [
        f"KINBIND_{name.upper()}" for name in Settings.model_fields
    ]
    assert all(len(line.help) > 10 for line in lines)


def test_secrets_are_masked_wherever_settings_are_shown(tmp_path):
    settings = Settings(
        home=tmp_path,
        database_url="postgresql+psycopg://office:hunter2@db/kinbind",
        s3_access_key="hunter2",
        s3_secret_key="hunter2",  # noqa: S106
    )
    shown = " ".join(line.value for line in describe_settings(settings))
    assert "office:***@db" in shown
    assert "hunter2" not in shown + repr(settings) + str(settings)


def test_the_environment_decides(monkeypatch, tmp_path):
    monkeypatch.setenv("KINBIND_HOME", str(tmp_path))
    assert load_settings().home == tmp_path
    assert load_settings().database == f"sqlite:///{tmp_path}/case.db"


def test_the_home_folder_stays_when_the_directory_changes(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    settings = Settings()
    monkeypatch.chdir("/")
    assert settings.home == tmp_path / ".kinbind"


@pytest.mark.parametrize("value", ["http://hunter2", "hunter2", "s3:///hunter2", "S3://hunter2"])
def test_a_wrong_object_store_names_its_variable_and_not_its_value(monkeypatch, value):
    monkeypatch.setenv("KINBIND_OBJECT_STORE", value)
    with pytest.raises(SettingError, match="KINBIND_OBJECT_STORE") as caught:
        load_settings()
    assert "hunter2" not in str(caught.value)


def test_an_object_store_without_a_bucket_is_refused():
    with pytest.raises(ValueError, match="s3://bucket"):
        Settings(object_store="s3://")


def test_a_slip_in_a_variable_is_noticed():
    assert unknown_variables({"KINBIND_HOEM": "x", "KINBIND_HOME": "y", "PATH": "z"}) == [
        "KINBIND_HOEM"
    ]


def test_the_policies_folder_is_the_repositorys():
    assert Settings().policies == Path(__file__).resolve().parents[2] / "policies"


@pytest.mark.parametrize("lock", ["uploads=30", "bindings=0", "bindings", "audit=999999", "x=1"])
def test_only_what_is_never_deleted_can_be_locked(monkeypatch, lock):
    chosen = Settings(object_lock="bindings=3650 audit=30")
    assert chosen.lock_days == {"bindings": 3650, "audit": 30}
    monkeypatch.setenv("KINBIND_OBJECT_LOCK", lock)
    with pytest.raises(SettingError, match="OBJECT_LOCK"):
        load_settings()
