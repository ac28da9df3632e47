"""The embedded object store: a directory."""

import contextlib
import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from models.errors import StorageUnavailableError
from models.file_failure import file_failure
from storage.objects.store import ObjectMissingError, PutResult, StoreCheck, checked_key

_DRAFTS: Final = ".drafts"  # no key begins with a dot, so no object can lie in it
_STALE_SECONDS: Final = 3600.0
_NOTES: Final = (
    "目录没有防改写（WORM）：能写该磁盘的人可以删除或替换对象。"
    "A directory has no WORM: whoever may write to the disk can delete or replace objects.",
    "目录不核对校验和，加密对象自带校验。"
    "A directory checks no checksums; sealed objects carry their own.",
)


class DirectoryStore:
    """Objects as files; a file appears whole or not at all, and the first one stays."""

    def __init__(self, root: Path, *, for_group: bool = False) -> None:
        """Open the store, and make its folder where there is none.

        Args:
            root: The folder.
            for_group: Members of the folder's group may read; else nobody but this user.

        Raises:
            StorageUnavailableError: The folder cannot be made.
        """
        self._root = root
        self._drafts = root / _DRAFTS
        self._file_mode, self._folder_mode = (0o640, 0o750) if for_group else (0o600, 0o700)
        with _translated(self._root):
            root.mkdir(parents=True, exist_ok=True, mode=self._folder_mode)
            self._drafts.mkdir(exist_ok=True, mode=0o700)
            self._sweep()

    def put(self, key: str, content: bytes) -> PutResult:
        """Store content under a free key, on the disk before this returns.

        Raises:
            StorageUnavailableError: It cannot be written, or the folder itself is not there.
        """
        target = self._path(key)
        with _translated(self._root):
            if target.exists():
                return PutResult.EXISTED
            self._require_folder()
            self._make_folder(target.parent)
            return self._link(content, target)

    def get(self, key: str) -> bytes:
        """The content under a key.

        Raises:
            ObjectMissingError: There is none.
            StorageUnavailableError: It cannot be read, or the folder itself is not there.
        """
        with _translated(self._root):
            try:
                return self._path(key).read_bytes()
            except FileNotFoundError:
                self._require_folder()
                raise ObjectMissingError(
                    "对象库中没有这个对象。There is no object under this key."
                ) from None

    def exists(self, key: str) -> bool:
        """Whether there is content under a key.

        Raises:
            StorageUnavailableError: The folder itself is not there.
        """
        found = self._path(key).is_file()
        if not found:
            with _translated(self._root):
                self._require_folder()
        return found

    def keys(self, prefix: str, *, after: str = "") -> Iterator[str]:
        """Every key that begins with a prefix and comes after another, in order."""
        folder = self._root / prefix.rpartition("/")[0]
        if ".." in prefix.split("/") or prefix.startswith("/"):
            return
        if not folder.is_dir():
            with _translated(self._root):
                self._require_folder()
            return
        found = (path.relative_to(self._root).as_posix() for path in _files(folder))
        yield from sorted(key for key in found if key.startswith(prefix) and key > after)

    def delete(self, key: str) -> bool:
        """Delete what lies under a key, off the disk before this returns; False for nothing."""
        target = self._path(key)
        with _translated(self._root):
            try:
                target.unlink()
            except FileNotFoundError:
                self._require_folder()
                return False
            _sync_folder(target.parent)
        return True

    def check(self) -> StoreCheck:
        """Prove put-once; say what a directory cannot do."""
        key = f"probes/{secrets.token_hex(16)}"
        self.put(key, b"first")
        try:
            refused = self.put(key, b"second") is PutResult.EXISTED and self.get(key) == b"first"
        finally:
            self._path(key).unlink(missing_ok=True)
        return StoreCheck(form="directory", second_write_refused=refused, notes=_NOTES)

    def _require_folder(self) -> None:
        """A disk that is not mounted has lost no objects, and takes none."""
        self._drafts.stat()

    def _path(self, key: str) -> Path:
        return self._root / checked_key(key)

    def _link(self, content: bytes, target: Path) -> PutResult:
        draft = self._drafts / secrets.token_hex(16)
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, self._file_mode)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            try:
                os.link(draft, target)
            except FileExistsError:
                return PutResult.EXISTED
        finally:
            draft.unlink()
        _sync_folder(target.parent)
        return PutResult.CREATED

    def _make_folder(self, folder: Path) -> None:
        """Make the folders on the way, each one on the disk before something lies in it."""
        if folder.is_dir():
            return
        self._make_folder(folder.parent)
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=self._folder_mode)
        _sync_folder(folder.parent)

    def _sweep(self) -> None:
        """Remove what a killed writer left behind; nobody has seen it under a key."""
        for draft in self._drafts.iterdir():
            with contextlib.suppress(FileNotFoundError):
                if time.time() - draft.stat().st_mtime > _STALE_SECONDS:
                    draft.unlink()


def _files(folder: Path) -> Iterator[Path]:
    for entry in os.scandir(folder):
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(Path(entry.path))
        elif entry.is_file(follow_symlinks=False):
            yield Path(entry.path)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def _translated(root: Path) -> Iterator[None]:
    """The one place where the file system's errors become ours."""
    try:
        yield
    except OSError as error:
        failure = file_failure(error)
        msg = (
            f"对象存储目录 {root} 无法读写：{failure.zh}。"
            f" The object directory {root} did not take part: {failure.en}."
        )
        raise StorageUnavailableError(msg) from None
