"""What `kinbind doctor` says of a part that is not sound."""

from types import SimpleNamespace

import pytest
from sqlalchemy import create_engine

from console.diagnosis import (
    PartState,
    _case_database,
    _kept,
    _object_store,
    _tried,
    _writable_policies,
)
from models.errors import MissingPartError
from storage.objects.store import StoreCheck
from storage.settings import Settings


@pytest.mark.parametrize(
    ("broken", "remedy"),
    [
        ({"second_write_refused": False}, "KINBIND_S3_PUT_ONCE"),
        ({"bad_checksum_refused": False}, "checksum"),
        ({"wrong_secret_refused": False}, "authentication"),
    ],
)
def test_each_promise_that_a_store_breaks_is_named_with_what_to_do(broken, remedy):
    kept = {"form": "s3", "second_write_refused": True, "bad_checksum_refused": True}
    whole = _object_store(StoreCheck.model_validate(kept | {"notes": ["note"]}))
    assert (whole.state, remedy in whole.says) == (PartState.SOUND, False)
    part = _object_store(StoreCheck.model_validate(kept | broken))
    assert part.state is PartState.MISSING
    assert remedy in part.says


def test_a_database_that_a_power_cut_damages_is_named_with_what_to_do(monkeypatch):
    monkeypatch.setattr("storage.database.server_settings.require_writable", lambda _: None)
    office = SimpleNamespace(engine=create_engine("sqlite://"))
    assert _case_database(office).state is PartState.SOUND  # type: ignore[arg-type]
    monkeypatch.setattr(
        "storage.database.server_settings.unsafe_server_settings", lambda _: ("fsync",)
    )
    part = _case_database(office)  # type: ignore[arg-type]
    assert part.state is PartState.MISSING
    assert "fsync = off" in part.says
    assert "postgresql.conf" in part.says


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (MissingPartError("缺少 it is missing"), "缺少 it is missing"),
        (RuntimeError("content"), "RuntimeError at test_diagnosis.py"),
        (OSError("content"), "OSError at test_diagnosis.py"),
    ],
)
def test_a_part_that_fails_in_any_way_is_told_and_the_others_too(error, told):
    def attempt():
        raise error

    part = _tried("part", attempt, "remedy")
    assert part.state is PartState.DEGRADED
    assert told in part.says
    assert "content" not in part.says


def test_a_home_that_cannot_be_used_is_told_as_one_part(tmp_path):
    (tmp_path / "file").touch()
    (part,) = _kept(Settings(home=tmp_path / "file" / "home"))
    assert part.state is PartState.MISSING
    assert str(tmp_path / "file") in part.says


def test_policies_that_others_may_write_are_told(tmp_path):
    file = tmp_path / "national.yaml"
    file.touch(mode=0o644)
    assert list(_writable_policies(tmp_path)) == []
    assert list(_writable_policies(tmp_path / "missing")) == []
    file.chmod(0o666)
    (part,) = _writable_policies(tmp_path)
    assert part.state is PartState.DEGRADED
    assert str(file) in part.says
