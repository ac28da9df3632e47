"""An inbox in a folder: each folder inside it is one application."""

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from storage.intake.inbox import (
    BATCH_FILE,
    BATCH_LIMIT,
    ApplicationFolder,
    Completeness,
    TooLargeError,
)
from storage.objects.store import ObjectMissingError


class FolderInbox:
    """A folder of the file system, only ever read."""

    def __init__(self, root: Path, whole: Completeness) -> None:
        """Open a folder.

        Args:
            root: Its real place.
            whole: When an application's folder may be taken in.
        """
        self._root = root
        self._whole = whole

    def folders(self) -> Iterator[ApplicationFolder]:
        """Every application folder, sorted by name; hidden ones and loose files are left out."""
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
        """The employer's list as it stands there; None where there is none."""
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
