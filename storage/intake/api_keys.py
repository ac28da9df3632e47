"""The keys of the programs that hand applications in."""

import datetime as dt
import json
import re
import secrets
from collections.abc import Sequence
from typing import Final

from sqlalchemy import Engine, Row, insert, or_, select, update

from models.errors import KinbindError
from models.intake.application import Channel
from models.notices.exchange import ApiKey, IssuedKey
from storage.database.tables.exchange import ApiKeyRow
from storage.database.transactions import reading, writing
from storage.keys.keyring import Keyring

_MARK: Final = "kinbind_"
"""Begins every key, so that a scanner of source code recognises one that was left there."""
_NAME: Final = re.compile(r"[a-z][a-z0-9._-]{1,31}")
_COLUMNS: Final = tuple(c for c in ApiKeyRow.__table__.columns if c.name != "key_hash")
_USED_TO: Final = dt.timedelta(minutes=1)


class ApiKeyError(KinbindError):
    """A client's name is badly formed, or there is no such key."""


class ApiKeyRepository:
    """All keys that were ever given out."""

    def __init__(self, engine: Engine, keyring: Keyring) -> None:
        """Open the register in a database whose tables are up to date."""
        self._engine = engine
        self._keyring = keyring

    def new(self, client: str, channels: Sequence[Channel] = ()) -> IssuedKey:
        """Give out a key; a client's earlier ones stay good until they are revoked.

        Args:
            client: Small letters, digits and `._-`; stands in the audit log.
            channels: The channels for which it may hand in; empty: all.

        Raises:
            ApiKeyError: The name is badly formed.
        """
        if not _NAME.fullmatch(client):
            raise ApiKeyError(
                "接入方名称为 2 至 32 个小写字母、数字或 ._-。"
                " A client's name is 2 to 32 small letters, digits and ._-"
            )
        secret = _MARK + secrets.token_urlsafe(32)
        key = ApiKey(
            key_id=secrets.token_hex(4),
            client=client,
            channels=tuple(sorted(set(channels))),
            created_at=dt.datetime.now(dt.UTC),
        )
        row = key.model_dump() | {"channels": json.dumps(key.channels)}
        with writing(self._engine) as connection:
            connection.execute(insert(ApiKeyRow).values(**row, key_hash=self._hash(secret)))
        return IssuedKey(secret=secret, key=key)

    def list(self) -> tuple[ApiKey, ...]:
        """Every key, revoked ones too, by client and age."""
        query = select(*_COLUMNS).order_by(ApiKeyRow.client, ApiKeyRow.created_at)
        with reading(self._engine) as connection:
            return tuple(_key(row) for row in connection.execute(query))

    def revoke(self, name: str, at: dt.datetime) -> tuple[str, ...]:
        """End one key, or every key of a client.

        Args:
            name: A key's identifier or a client's name.
            at: When.

        Returns:
            The identifiers of the keys that are good no more.

        Raises:
            ApiKeyError: No key in force has or belongs to this name.
        """
        named = or_(ApiKeyRow.key_id == name, ApiKeyRow.client == name)
        in_force = (named, ApiKeyRow.revoked_at.is_(None))
        with writing(self._engine) as connection:
            query = select(ApiKeyRow.key_id).where(*in_force).order_by(ApiKeyRow.key_id)
            found = tuple(connection.scalars(query))
            if not found:
                raise ApiKeyError(
                    "没有该编号或接入方的有效密钥，请查看 kinbind api-key list。"
                    " There is no key in force of this identifier or client:"
                    " see kinbind api-key list."
                )
            connection.execute(update(ApiKeyRow).where(*in_force).values(revoked_at=at))
        return found

    def recognise(self, secret: str, now: dt.datetime) -> ApiKey | None:
        """The key in force that a client showed; None for any other text."""
        query = select(*_COLUMNS).where(
            ApiKeyRow.key_hash == self._hash(secret), ApiKeyRow.revoked_at.is_(None)
        )
        with reading(self._engine) as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        key = _key(row)
        if key.last_used_at is None or now - key.last_used_at > _USED_TO:
            self._note_use(key.key_id, now)
        return key

    def _note_use(self, key_id: str, now: dt.datetime) -> None:
        with writing(self._engine) as connection:
            connection.execute(
                update(ApiKeyRow).where(ApiKeyRow.key_id == key_id).values(last_used_at=now)
            )

    def _hash(self, secret: str) -> str:
        return self._keyring.fingerprint("api-key", secret)


def _key(row: Row[tuple[object, ...]]) -> ApiKey:
    values = dict(row._mapping)
    return ApiKey.model_validate(values | {"channels": tuple(json.loads(values["channels"]))})
