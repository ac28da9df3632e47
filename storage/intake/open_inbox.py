"""The inbox that a location names."""

from pathlib import Path

from models.errors import SettingError
from storage.intake.folder_inbox import FolderInbox
from storage.intake.inbox import Completeness, Inbox
from storage.settings import Settings


def open_inbox(location: str, settings: Settings, *, still_seconds: int = 0) -> Inbox:
    """Open a folder, or `s3://bucket/prefix` on the server of the settings.

    Args:
        location: Where applications arrive.
        settings: Which server, and when a folder is whole.
        still_seconds: For how long a folder must have been still where the settings do not say.

    Raises:
        SettingError: There is no such folder, or the location names no bucket.
    """
    chosen = settings.inbox_still_seconds
    whole = Completeness(still_seconds if chosen is None else chosen, settings.inbox_marker)
    if location.startswith("s3://"):
        # boto3 takes a second to import; a folder never needs it.
        from storage.intake.bucket_inbox import BucketInbox

        return BucketInbox(settings, location, whole)
    folder = Path(location).expanduser()
    if not folder.is_dir():
        msg = (
            f"没有收件文件夹 {folder}，请检查路径。"
            f" There is no folder of applications {folder}: check the path."
        )
        raise SettingError(msg)
    return FolderInbox(folder.resolve(), whole)
