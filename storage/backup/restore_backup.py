"""An installation from a backup, onto an empty machine; and whether a backup is one."""

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pydantic import SecretStr

from models.audit.event import ChainReport
from models.errors import IntegrityError, SettingError
from models.record import Record
from storage.backup.backup_folder import (
    DATABASE,
    OBJECTS,
    copy_objects,
    read_manifest,
    restore_keys,
)
from storage.bootstrap import Repositories, using_repositories
from storage.database.copy_tables import copy_tables
from storage.database.engine import open_engine
from storage.database.schema import upgrade
from storage.key_places import INSTALLATION
from storage.keys.data_keys import KeyDestroyedError
from storage.objects.directory import DirectoryStore
from storage.objects.open_store import open_store
from storage.private_files import close_home, create_private
from storage.settings import Settings

_SEALED: Final = b"KB"


class RestoreReport(Record):
    """What a restored installation is worth.

    Attributes:
        chain: Of its audit log, against its objects.
        opened: Sealed objects that opened.
        deleted: Sealed objects whose key was destroyed when they were deleted.
        broken: Keys of sealed objects that did not open.
    """

    chain: ChainReport
    opened: int
    deleted: int
    broken: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether one can work with it."""
        return self.chain.intact and not self.broken


def restore(folder: Path, settings: Settings, keys: Path | None) -> RestoreReport:
    """Make the installation of the settings from a backup, and open everything in it.

    Args:
        folder: The backup.
        settings: Of the new installation; its database and home are empty.
        keys: The file of the wrapped data keys; None: they are in place already.

    Raises:
        SettingError: Something is in place that must not be, or the master key is another one.
    """
    read_manifest(folder)
    close_home(settings.home)
    create_private(settings.home / INSTALLATION, (folder / INSTALLATION).read_bytes())
    if keys is not None:
        restore_keys(settings, keys)
    _restore_database(folder, settings)
    copy_objects(DirectoryStore(folder / OBJECTS), open_store(settings))
    with using_repositories(settings) as repositories:
        return _look(repositories)


def check_backup(folder: Path, settings: Settings, keys: Path | None) -> RestoreReport:
    """Restore a backup into a folder that is thrown away, and open everything in it.

    Args:
        folder: The backup.
        settings: Where the master key comes from, and without `keys` the data keys.
        keys: The file of the wrapped data keys.

    Raises:
        SettingError: As for `restore`.
    """
    with tempfile.TemporaryDirectory(prefix="kinbind-restore-") as place:
        home = Path(place) / "home"
        elsewhere = {"home": home, "database_url": None, "object_store": None, "roots_to": None}
        trial = settings.model_copy(update=elsewhere | _key_places(settings, home, keys))
        return restore(folder, trial, keys)


def _key_places(settings: Settings, home: Path, keys: Path | None) -> dict[str, object]:
    """The master key in force, and the data keys in force or a copy of the file's."""
    database = f"sqlite:///{home / 'data-keys.db'}" if keys else settings.key_database
    return {"master_key_file": settings.key_file, "key_database_url": SecretStr(database)}


def _restore_database(folder: Path, settings: Settings) -> None:
    with contextlib.ExitStack() as opened:
        target = open_engine(settings)
        opened.callback(target.dispose)
        upgrade(target)
        source = open_engine(settings, url=f"sqlite:///{folder / DATABASE}")
        opened.callback(source.dispose)
        copy_tables(source, target)


def _look(repositories: Repositories) -> RestoreReport:
    opened = deleted = 0
    broken: list[str] = []
    for key in _sealed(repositories):
        try:
            repositories.archive.get_bytes(key)
        except KeyDestroyedError:
            deleted += 1
        except (IntegrityError, SettingError):
            broken.append(key)
        else:
            opened += 1
    chain = repositories.audit.verify(repositories.archive)
    return RestoreReport(chain=chain, opened=opened, deleted=deleted, broken=tuple(broken))


def _sealed(repositories: Repositories) -> Iterator[str]:
    store = repositories.archive.store
    return (key for key in store.keys("") if store.get(key).startswith(_SEALED))
