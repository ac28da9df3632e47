"""What `kinbind doctor` says of a part that is not sound."""

from types import SimpleNamespace

import pytest
from sqlalchemy import create_engine

from console.diagnosis import PartState, _case_database, _object_store
from storage.objects.store import StoreCheck


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
    office = SimpleNamespace(engine=create_engine("sqlite://"))
    assert _case_database(office).state is PartState.SOUND  # type: ignore[arg-type]
    monkeypatch.setattr("storage.database.engine.unsafe_server_settings", lambda _: ("fsync",))
    part = _case_database(office)  # type: ignore[arg-type]
    assert part.state is PartState.MISSING
    assert "fsync = off" in part.says
    assert "postgresql.conf" in part.says
