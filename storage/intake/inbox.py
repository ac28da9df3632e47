"""Where applications arrive: a folder, or a prefix of a bucket, of application folders."""

import contextlib
import os
import stat
import time
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from models.errors import KinbindError, SettingError
from storage.objects.store import ObjectMissingError
from storage.settings import Settings

BATCH_FILE: Final = "batch.json"
MARKER: Final = ".complete"
"""An empty file that a channel puts into a folder when everything else is there."""
BATCH_LIMIT: Final = 16 * 1024 * 1024
"""The most bytes of an employer's list that are looked at."""


class TooLargeError(KinbindError):
    """A file is larger than the reader allows."""


class ApplicationFolder(Protocol):
    """One application as it was handed in."""

    @property
    def name(self) -> str:
        """The folder's name; may be personal, so never log it."""

    def files(self) -> dict[str, int]:
        """Every file's path inside the folder, with `/`, and its size in bytes, sorted.

        Hidden files, and links that lead out of the folder, are left out.
        """

    def read(self, name: str, limit: int) -> bytes:
        """One of the files.

        Args:
            name: As `files` gives it.
            limit: The most bytes to accept.

        Raises:
            ObjectMissingError: There is no such file in the folder.
            TooLargeError: It has more bytes.
        """


class Inbox(Protocol):
    """A place where applications arrive."""

    def folders(self) -> Iterator[ApplicationFolder]:
        """Every application folder, sorted by name; hidden ones and loose files are left out.

        So are those that are not whole yet.
        """

    def batch_text(self) -> str | None:
        """The employer's list (`batch.json`) as it stands there; None where there is none."""


class Completeness(NamedTuple):
    """When an application folder is whole, so that it may be taken in.

    Attributes:
        still_seconds: For how long nothing in it may have changed.
        marker: Whether the channel puts `MARKER` into it last.
    """

    still_seconds: int = 0
    marker: bool = False

    def holds(self, names: Collection[str], changed_at: float) -> bool:
        """Whether a folder is whole.

        Args:
            names: The files that lie in it, hidden ones included.
            changed_at: When something in it changed last, seconds since the epoch.
        """
        if self.marker and MARKER not in names:
            return False
        return self.still_seconds == 0 or time.time() - changed_at >= self.still_seconds


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
    return _FolderInbox(folder.resolve(), whole)


class _FolderInbox:
    def __init__(self, root: Path, whole: Completeness) -> None:
        self._root = root
        self._whole = whole

    def folders(self) -> Iterator[ApplicationFolder]:
        for entry in sorted(os.scandir(self._root), key=lambda entry: entry.name):
            folder = Path(entry.path)
            if not entry.name.startswith(".") and folder.is_dir():
                inside = folder.resolve()
                if inside.is_relative_to(self._root) and self._is_whole(inside):
                    yield _LocalApplicationFolder(entry.name, inside)

    def _is_whole(self, folder: Path) -> bool:
        if self._whole == Completeness():
            return True
        names, changed_at = [], 0.0
        for path in (folder, *folder.rglob("*")):
            with contextlib.suppress(OSError):  # it may be renamed while we look
                names.append(path.name)
                # The second one cannot be set back by whoever copies with the old dates.
                state = path.lstat()
                changed_at = max(changed_at, state.st_mtime, state.st_ctime)
        return self._whole.holds(names, changed_at)

    def batch_text(self) -> str | None:
        path = self._root / BATCH_FILE
        if not path.is_file() or path.stat().st_size > BATCH_LIMIT:
            return None
        return path.read_text("utf-8", errors="replace")


class _LocalApplicationFolder:
    def __init__(self, name: str, root: Path) -> None:
        self.name = _readable(name)
        self._root = root

    def files(self) -> dict[str, int]:
        return {name: path.stat().st_size for name, path in sorted(self._paths().items())}

    def read(self, name: str, limit: int) -> bytes:
        path = self._paths().get(name)
        if path is None:
            raise ObjectMissingError("There is no such file in the application's folder.")
        with path.open("rb") as file:
            content = file.read(limit + 1)
        if len(content) > limit:
            raise TooLargeError("A file is larger than allowed.")
        return content

    def _paths(self) -> dict[str, Path]:
        """Regular files whose real place is inside the folder."""
        found: dict[str, Path] = {}
        for folder, folders, files in os.walk(self._root):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in files:
                path = Path(folder, name)
                if not name.startswith(".") and self._holds(path):
                    found[_readable(path.relative_to(self._root).as_posix())] = path
        return found

    def _holds(self, path: Path) -> bool:
        try:
            real = path.resolve(strict=True)
            return real.is_relative_to(self._root) and stat.S_ISREG(real.stat().st_mode)
        except (OSError, RuntimeError):  # a link to nowhere, or in a circle
            return False


def _readable(name: str) -> str:
    """A name that can be written as UTF-8, whatever bytes the file system holds."""
    return os.fsencode(name).decode("utf-8", errors="backslashreplace")
