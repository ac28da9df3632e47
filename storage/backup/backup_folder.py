"""A backup as it lies: `case.db`, `objects/`, `installation` and a manifest; never a master key.

Objects are immutable, so that a second backup into the same folder adds what is new. They are
copied after the database: whatever that names is there. What was deleted since stays in the folder
and opens for nobody, because its key is gone. Data keys go into a file of their own.
"""

import contextlib
import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from pydantic import AwareDatetime
from sqlalchemy import select

from models.errors import SettingError
from models.record import Record
from storage.audit.chain.hash_chain import BINDINGS, HEADS, ROOTS
from storage.bindings.binding_repository import binding_key
from storage.bootstrap import Repositories
from storage.database.copy_tables import copy_tables
from storage.database.engine import open_engine
from storage.database.schema import HEAD, upgrade
from storage.database.tables.audit import AuditHeadRow
from storage.database.tables.cases import BindingRow
from storage.database.transactions import reading
from storage.key_places import INSTALLATION, installation_id
from storage.keys.data_keys import DataKeys
from storage.objects.directory import DirectoryStore
from storage.objects.store import ObjectStore, PutResult
from storage.private_files import close_home, replace_private
from storage.settings import Settings

DATABASE: Final = "case.db"
OBJECTS: Final = "objects"
_MANIFEST: Final = "manifest.json"


class BackupManifest(Record):
    """What a backup holds.

    Attributes:
        revision: Of the database's tables.
        key_check: By what an installation knows its keys; it does not give them away.
        events: Of the audit log.
        head: Hash of the last one.
        objects: In the folder.
    """

    made_at: AwareDatetime
    revision: str
    key_check: str
    events: int
    head: str
    objects: int


def read_manifest(folder: Path) -> BackupManifest:
    """The manifest of a backup.

    Raises:
        SettingError: There is none, or it is of a newer version.
    """
    try:
        found = BackupManifest.model_validate_json((folder / _MANIFEST).read_bytes())
    except (OSError, ValueError):
        msg = f"{folder} 不是完整的备份。{folder} is no complete backup: it has no manifest."
        raise SettingError(msg) from None
    if found.revision != HEAD:
        msg = (
            f"备份的表版本为 {found.revision}，本程序为 {HEAD}，请用做备份时的版本恢复后再升级。"
            f" The backup has tables of revision {found.revision}, this program {HEAD}: restore it"
            " with the version that made it, and update then."
        )
        raise SettingError(msg)
    return found


def back_up(repositories: Repositories, folder: Path, keys: Path | None) -> BackupManifest:
    """Copy an installation into a folder while people work; the manifest comes last.

    Args:
        repositories: Whose.
        folder: New or empty, or with an earlier backup of the same installation.
        keys: Where the wrapped data keys go, in place of an earlier copy; None: nowhere.

    Raises:
        SettingError: The folder holds something else.
    """
    _prepare(folder, repositories.keyring.check_value)
    copied = _copy_database(repositories, folder)
    store = DirectoryStore(folder / OBJECTS)
    copy_objects(repositories.archive.store, store, copied.is_of)
    name = installation_id(repositories.settings.home)
    replace_private(folder / INSTALLATION, name.encode())
    if keys is not None:
        _copy_keys(repositories, keys)
    manifest = BackupManifest(
        made_at=dt.datetime.now(dt.UTC),
        revision=HEAD,
        key_check=repositories.keyring.check_value,
        events=copied.events,
        head=copied.head,
        objects=sum(1 for _ in store.keys("")),
    )
    replace_private(folder / _MANIFEST, manifest.model_dump_json(indent=1).encode())
    return manifest


def copy_objects(
    source: ObjectStore, target: ObjectStore, wanted: Callable[[str], bool] = lambda _: True
) -> int:
    """Copy every wanted object that is not there yet; say how many."""
    return sum(
        target.put(key, source.get(key)) is PutResult.CREATED
        for key in source.keys("")
        if wanted(key) and not target.exists(key)
    )


class _CopiedDatabase(NamedTuple):
    """The state that was copied; what came later waits for the next backup.

    Attributes:
        events: Of its log.
        head: Hash of the last one.
        bindings: The object keys of its bindings.
    """

    events: int
    head: str
    bindings: frozenset[str]

    def is_of(self, key: str) -> bool:
        """Whether an object belongs to that state: a binding or a head of later contradicts it."""
        if key.startswith(BINDINGS) and key.endswith(".json"):
            return key in self.bindings
        for folder in (HEADS, ROOTS):
            if key.startswith(folder):
                return int(key.removeprefix(folder)) <= self.events
        return True


def _prepare(folder: Path, key_check: str) -> None:
    """Make the folder for ourselves alone; a folder of another installation is left alone."""
    close_home(folder)
    if any(folder.iterdir()) and not (folder / _MANIFEST).exists():
        msg = f"{folder} 不是空目录，也不是备份。{folder} is neither empty nor a backup."
        raise SettingError(msg)
    if (folder / _MANIFEST).exists() and read_manifest(folder).key_check != key_check:
        msg = f"{folder} 是另一套系统的备份。{folder} is the backup of another installation."
        raise SettingError(msg)
    with contextlib.suppress(FileNotFoundError):
        (folder / _MANIFEST).unlink()  # until this backup is whole there is none


def _copy_database(repositories: Repositories, folder: Path) -> _CopiedDatabase:
    """A new copy in place of an earlier one."""
    draft = folder / f".{DATABASE}"
    for left_over in folder.glob(f".{DATABASE}*"):
        left_over.unlink()
    engine = open_engine(repositories.settings, url=f"sqlite:///{draft}")
    try:
        upgrade(engine)
        copy_tables(repositories.engine, engine)
        with reading(engine) as connection:
            head = connection.execute(select(AuditHeadRow.events, AuditHeadRow.hash)).one_or_none()
            bindings = map(binding_key, connection.scalars(select(BindingRow.binding_id)))
            copied = _CopiedDatabase(
                head.events if head else 0, head.hash if head else "", frozenset(bindings)
            )
    finally:
        engine.dispose()  # the last connection folds the write-ahead log into the file
    for left_over in folder.glob(f"{DATABASE}-*"):
        left_over.unlink()
    draft.replace(folder / DATABASE)
    return copied


def _copy_keys(repositories: Repositories, path: Path) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    target = DataKeys.in_file(repositories.settings, draft)
    try:
        repositories.keyring.export(target)
    finally:
        target.close()
    draft.replace(path)


def restore_keys(settings: Settings, path: Path) -> None:
    """Put the wrapped keys of a file where an installation looks for them.

    Raises:
        SettingError: There is no such file, or there are keys already.
    """
    if not path.is_file():
        msg = f"没有文件 {path}。There is no file {path}."
        raise SettingError(msg)
    with contextlib.ExitStack() as opened:
        source = DataKeys.in_file(settings, path)
        opened.callback(source.close)
        target = DataKeys.open(settings)
        opened.callback(target.close)
        source.export(target)
