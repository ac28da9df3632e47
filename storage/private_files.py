"""Files and processes that no other account of the machine can look into."""

import contextlib
import os
import resource
import secrets
import stat
from pathlib import Path
from typing import Final

from models.errors import SettingError
from models.file_failure import file_failure

_OTHERS: Final = 0o077
_LOOKED_INTO: Final = ("keys", "logs", "orchestrator")
"""Folders of a home whose files are closed one by one at each start.

The others hold up to millions of files, written for this account alone; nobody passes the home.
"""


def harden_process() -> None:
    """Make this process and all that it starts write for its own account only, and dump no core.

    A core holds keys and papers in clear. And what it starts imports nothing from the folder in
    which somebody happens to stand: in an inbox others put files, and one named as a module of the
    standard library ran as the office.
    """
    os.umask(_OTHERS)
    os.environ["PYTHONSAFEPATH"] = "1"
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def create_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner reads, durably; where it exists already, it stays.

    Of several processes that try at once, the first one's content stays, whole.
    """
    draft = _draft(path, content)
    try:
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()


def replace_private(path: Path, content: bytes) -> None:
    """The same in place of a file that exists; who reads sees one or the other, whole."""
    _draft(path, content).replace(path)


def _draft(path: Path, content: bytes) -> Path:
    """A file beside another one, on the disk before this returns."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return draft


def close_home(home: Path) -> None:
    """Make the home folder, or take from others what they may do with one that exists.

    Raises:
        SettingError: It is a folder of another account, one that all accounts share, or none.
    """
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        failure = file_failure(error)
        msg = (
            f"KINBIND_HOME（{home}）无法使用：{failure.zh}。"
            f" KINBIND_HOME ({home}) cannot be used: {failure.en}."
        )
        raise SettingError(msg) from None
    found = home.stat()
    if found.st_uid != os.geteuid() or found.st_mode & stat.S_ISVTX:
        msg = (
            f"KINBIND_HOME（{home}）属于其他用户或为公用目录，请换一个只属于本用户的目录。"
            f" KINBIND_HOME ({home}) belongs to another user or to everybody; choose a folder that"
            " belongs to this user alone."
        )
        raise SettingError(msg)
    for folder in (home, *(home / name for name in _LOOKED_INTO)):
        if folder.is_dir() and not folder.is_symlink():
            _close(folder)
            _close_entries(folder)


def _close_entries(folder: Path) -> None:
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.is_symlink():
                _close(Path(entry.path))


def _close(path: Path) -> None:
    """Take from others what they may; what went away meanwhile, or is another account's, stays."""
    with contextlib.suppress(FileNotFoundError, PermissionError):
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & _OTHERS:
            path.chmod(mode & ~_OTHERS)
