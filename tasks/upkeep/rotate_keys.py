"""Replace the master key, with a line in the audit log."""

import datetime as dt
from pathlib import Path

from models.audit.event import EventTag
from storage.bootstrap import Repositories


def rotate_keys(repositories: Repositories, to: Path | None, *, actor: str) -> int:
    """Wrap every data key with a new master key; say how many there were.

    Args:
        repositories: Whose keys.
        to: A file that is the new key; None: a new one in place of the file of the old one.
        actor: Who asked for it.

    Raises:
        SettingError: The new key cannot be had.
    """
    before = repositories.keyring.master_id
    count = repositories.keyring.rotate(repositories.settings, to)
    after = repositories.keyring.master_id
    repositories.audit.append(
        EventTag.MASTER_KEY_ROTATED,
        application_id=None,
        round_id=None,
        actor=actor,
        idempotency_key=f"master-key:{after}:{dt.datetime.now(dt.UTC).isoformat()}",
        details={"before": before, "after": after, "data_keys": count},
    )
    return count
