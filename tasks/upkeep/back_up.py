"""Back an installation up, with a line in the audit log."""

from pathlib import Path

from models.audit.event import EventTag
from storage.backup.backup_folder import BackupManifest, back_up
from storage.bootstrap import Repositories


def back_up_installation(
    repositories: Repositories, folder: Path, keys: Path | None, *, actor: str
) -> BackupManifest:
    """Copy everything but the master key into a folder.

    Args:
        repositories: Whose.
        folder: New, empty, or with an earlier backup.
        keys: A file for the wrapped data keys; None: they are not copied.
        actor: Who asked for it.

    Raises:
        SettingError: The folder holds something else.
    """
    made = back_up(repositories, folder, keys)
    repositories.audit.append(
        EventTag.BACKUP_MADE,
        application_id=None,
        round_id=None,
        actor=actor,
        details={"events": made.events, "objects": made.objects, "data_keys": keys is not None},
        idempotency_key=f"backup:{made.made_at.isoformat()}",
    )
    return made
