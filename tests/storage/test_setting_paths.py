"""A process of another folder works in the same places."""

from storage.setting_paths import absolute_environment
from storage.settings import load_settings

RELATIVE = {
    "KINBIND_HOME": "home",
    "KINBIND_MASTER_KEY_FILE": "keys/master",
    "KINBIND_OUTCOME_FOLDER": "outcomes",
    "KINBIND_ROOTS_TO": "roots",
    "KINBIND_INBOX": "s3://bucket/inbox",
    "KINBIND_DATABASE_URL": "sqlite:///cases.db",
    "KINBIND_KEY_DATABASE_URL": "postgresql+psycopg://user:secret@host/keys",
}


def test_what_was_named_from_one_folder_is_the_same_from_another(tmp_path, monkeypatch):
    (tmp_path / "other").mkdir()
    monkeypatch.chdir(tmp_path)
    for name, value in RELATIVE.items():
        monkeypatch.setenv(name, value)
    told = absolute_environment(load_settings())
    assert told["KINBIND_DATABASE_URL"] == f"sqlite:///{tmp_path}/cases.db"
    assert told["KINBIND_ROOTS_TO"] == f"{tmp_path}/roots"
    unchanged = ("KINBIND_INBOX", "KINBIND_KEY_DATABASE_URL")
    assert all(told[name] == RELATIVE[name] for name in unchanged)
    monkeypatch.chdir("other")
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    assert absolute_environment(load_settings()) == told
