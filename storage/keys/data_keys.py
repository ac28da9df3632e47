"""Data keys: one for each subject and class of what is sealed, wrapped by the master key.

What is deleted loses its key too: a copy of the sealed object in yesterday's backup then opens for
nobody. So the wrapped keys lie apart from what they seal: beside the master key where the case
database is SQLite, and they are left out of backups. A new master key wraps them anew; nothing
that they sealed is written again.
"""

import datetime as dt
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from sqlalchemy import (
    Column,
    DateTime,
    Engine,
    LargeBinary,
    MetaData,
    String,
    Table,
    bindparam,
    func,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError as RowTakenError
from sqlalchemy.schema import CreateTable

from models.errors import IntegrityError, SettingError, StaleProcessError
from storage.database.engine import open_engine
from storage.database.portions import portions
from storage.database.transactions import reading, serialise, snapshot, writing
from storage.keys.master_key import ANOTHER_MASTER, KEY_BYTES, MasterKey
from storage.settings import Settings

DATA_KEY_ID_BYTES: Final = 16
_ROOT: Final = "root"
_PORTION: Final = 500
_TABLES: Final = MetaData()
_KEYS: Final = Table(
    "data_keys",
    _TABLES,
    Column("key_id", String(32), primary_key=True),
    Column("scope", String(64), unique=True),
    Column("wrapped", LargeBinary),
    Column("master", String(16)),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("destroyed_at", DateTime(timezone=True)),
)
_ROOTS: Final = Table(
    "root_keys",
    _TABLES,
    Column("name", String(16), primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
    Column("master", String(16), nullable=False),
)
_WRAPPED: Final = select(_KEYS.c.key_id, _KEYS.c.wrapped, _KEYS.c.master)
_BY_ID: Final = _WRAPPED.where(_KEYS.c.key_id == bindparam("key_id"))
_BY_SCOPE: Final = _WRAPPED.where(_KEYS.c.scope == bindparam("scope"))


class KeyDestroyedError(IntegrityError):
    """What was sealed opens for nobody any more: it was deleted."""


class DataKey(NamedTuple):
    """A key that seals; its repr shows the identity only."""

    key_id: bytes
    content: bytes

    def __repr__(self) -> str:
        """The key's identity."""
        return f"DataKey({self.key_id.hex()})"


class KeyCounts(NamedTuple):
    """How many data keys there are, and how many were destroyed."""

    living: int
    destroyed: int


class DataKeys:
    """All wrapped keys of one installation, in a database of their own transactions.

    A key is made and committed before anything is sealed with it, whatever becomes of the unit of
    work around it.
    """

    def __init__(self, engine: Engine) -> None:
        """Open the keys, and make their tables where there are none."""
        self._engine = engine
        with reading(engine) as connection:
            made = inspect(connection).has_table(_ROOTS.name)
        if not made:
            self._make_tables()
        self.master: MasterKey | None = None

    def _make_tables(self) -> None:
        with writing(self._engine) as connection:
            serialise(connection, "kinbind key tables")
            for table in (_KEYS, _ROOTS):
                connection.execute(CreateTable(table, if_not_exists=True))

    @classmethod
    def open(cls, settings: Settings) -> "DataKeys":
        """The keys by the settings in force."""
        return cls(open_engine(settings, url=settings.key_database))

    @classmethod
    def in_file(cls, settings: Settings, path: Path) -> "DataKeys":
        """Keys in a file of their own."""
        return cls(open_engine(settings, url=f"sqlite:///{path}"))

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()

    @property
    def master_id(self) -> str:
        """The identity of the master key in force."""
        return self._master().key_id

    def root(self) -> bytes | None:
        """The secret from which everything but data keys derives; None where there is none yet.

        Raises:
            SettingError: The master key is not the one that wrapped it.
        """
        with reading(self._engine) as connection:
            row = connection.execute(select(_ROOTS).where(_ROOTS.c.name == _ROOT)).one_or_none()
        if row is None or self.master is None:
            return None
        if row.master != self.master.key_id:
            raise SettingError(
                "主密钥与案件库不匹配，请恢复该库的密钥备份。"
                " The master key is not the one of this case database; restore the key's backup."
            )
        return self.master.unwrap(row.wrapped, _ROOT)

    def root_master(self) -> str | None:
        """The identity of the master key that wraps the root secret; None where there is none."""
        with reading(self._engine) as connection:
            return connection.scalar(select(_ROOTS.c.master).where(_ROOTS.c.name == _ROOT))

    def keep_root(self, secret: bytes) -> None:
        """Wrap and keep the root secret; of several at once, the first one's stays."""
        master = self._master()
        row = {"name": _ROOT, "wrapped": master.wrap(secret, _ROOT), "master": master.key_id}
        try:
            with writing(self._engine) as connection:
                connection.execute(insert(_ROOTS).values(row))
        except RowTakenError:
            return

    def of_scope(self, scope: str) -> DataKey:
        """The living key of a scope, made where there is none.

        Args:
            scope: A keyed hash of what the key is for.
        """
        found = self._living(scope)
        if found is not None:
            return found
        master = self._master()
        key_id, key = secrets.token_bytes(DATA_KEY_ID_BYTES), secrets.token_bytes(KEY_BYTES)
        row = {
            "key_id": key_id.hex(),
            "scope": scope,
            "wrapped": master.wrap(key, key_id.hex()),
            "master": master.key_id,
            "made_at": dt.datetime.now(dt.UTC),
        }
        try:
            with writing(self._engine) as connection:
                # Shared by all who seal, until their units of work end; only a rotation shuts it.
                root = select(_ROOTS.c.master).where(_ROOTS.c.name == _ROOT)
                if connection.scalar(root.with_for_update(read=True)) != master.key_id:
                    raise _rotated()
                connection.execute(insert(_KEYS).values(row))
        except RowTakenError:  # another process was first
            return self.of_scope(scope)
        return DataKey(key_id, key)

    def by_id(self, key_id: bytes) -> bytes:
        """The key of that identity.

        Raises:
            IntegrityError: There never was one, or, as `KeyDestroyedError`, it was destroyed.
        """
        with reading(self._engine) as connection:
            row = connection.execute(_BY_ID, {"key_id": key_id.hex()}).one_or_none()
        if row is None:
            raise IntegrityError(ANOTHER_MASTER)
        if row.wrapped is None:
            raise KeyDestroyedError(
                "该内容已删除，其密钥已销毁。"
                " The key of a sealed object was destroyed: it was deleted."
            )
        return self._unwrapped(row.wrapped, row.key_id, row.master)

    def destroy(self, scopes: Iterable[str], now: dt.datetime) -> int:
        """Destroy the keys of scopes, and say how many there were; their identities remain."""
        gone = {"scope": None, "wrapped": None, "master": None, "destroyed_at": now}
        with writing(self._engine) as connection:
            return sum(
                connection.execute(
                    update(_KEYS).where(_KEYS.c.scope.in_(chunk)).values(gone)
                ).rowcount
                for chunk in portions(sorted(set(scopes)))
            )

    def counts(self) -> KeyCounts:
        """How many keys live, and how many were destroyed."""
        query = select(func.count(_KEYS.c.wrapped), func.count(_KEYS.c.destroyed_at))
        with reading(self._engine) as connection:
            living, destroyed = connection.execute(query).one()
        return KeyCounts(living, destroyed)

    def rewrap(self, new: MasterKey) -> int:
        """Wrap every key with another master key, in one transaction; say how many there were."""
        old = self._master()
        with writing(self._engine) as connection:
            root = select(_ROOTS).where(_ROOTS.c.name == _ROOT).with_for_update()
            row = connection.execute(root).one()
            secret = old.unwrap(row.wrapped, _ROOT)
            moved = {"wrapped": new.wrap(secret, _ROOT), "master": new.key_id}
            connection.execute(update(_ROOTS).where(_ROOTS.c.name == _ROOT).values(moved))
            count = 0
            living = select(_KEYS.c.key_id, _KEYS.c.wrapped).where(_KEYS.c.wrapped.is_not(None))
            for key_id, wrapped in connection.execute(living).all():
                values = {
                    "wrapped": new.wrap(old.unwrap(wrapped, key_id), key_id),
                    "master": new.key_id,
                }
                connection.execute(update(_KEYS).where(_KEYS.c.key_id == key_id).values(values))
                count += 1
        self.master = new
        return count

    def export(self, target: "DataKeys") -> None:
        """Copy every key, wrapped as it is, into an empty database of keys.

        Raises:
            SettingError: There are keys in it already.
        """
        if target.root_master() is not None:
            raise SettingError(
                "目标处已有数据密钥，请换一个空的位置。"
                " There are data keys at the target already: choose an empty place."
            )
        with snapshot(self._engine) as rows, writing(target._engine) as copy:
            for table in (_ROOTS, _KEYS):
                query = select(table).order_by(*table.primary_key)
                found = rows.execution_options(yield_per=_PORTION).execute(query).mappings()
                for portion in found.partitions(_PORTION):
                    copy.execute(insert(table), [dict(row) for row in portion])

    def _living(self, scope: str) -> DataKey | None:
        with reading(self._engine) as connection:
            row = connection.execute(_BY_SCOPE, {"scope": scope}).one_or_none()
        if row is None:
            return None
        content = self._unwrapped(row.wrapped, row.key_id, row.master)
        return DataKey(bytes.fromhex(row.key_id), content)

    def _unwrapped(self, wrapped: bytes, key_id: str, master_id: str) -> bytes:
        master = self._master()
        if master_id != master.key_id:
            raise _rotated()
        return master.unwrap(wrapped, key_id)

    def _master(self) -> MasterKey:
        if self.master is None:
            raise SettingError(
                "缺少主密钥，请从备份恢复。There is no master key: restore it from its backup."
            )
        return self.master


def _rotated() -> StaleProcessError:
    return StaleProcessError(
        "主密钥已更换，请重新启动本进程。"
        " The master key was rotated while this process ran: start it again."
    )
