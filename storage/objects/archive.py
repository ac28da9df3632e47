"""Objects with a meaning: uploads, readings, bindings; encrypted unless said otherwise."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from typing import Generic, NamedTuple, TypeVar

from pydantic import ValidationError

from models.errors import IntegrityError
from models.record import Record
from storage.keys.key_scope import key_scope
from storage.keys.keyring import Keyring
from storage.objects.store import ObjectStore, PutResult

RecordType = TypeVar("RecordType", bound=Record)


class KeptRecord(NamedTuple, Generic[RecordType]):
    """A value as it is kept.

    Attributes:
        record: The value.
        digest: SHA-256 of the sealed object, hexadecimal: names this very content and, as
            sealing draws a fresh nonce, tells nothing about it.
    """

    record: RecordType
    digest: str


class Archive:
    """An object store whose content is sealed before it leaves the process."""

    def __init__(self, store: ObjectStore, keyring: Keyring) -> None:
        """Put a keyring in front of a store."""
        self.store = store
        self._keyring = keyring

    def put_bytes(self, key: str, content: bytes) -> PutResult:
        """Seal content and store it once.

        Raises:
            ValueError: The key ends in `.json`, which is kept for plain objects.
        """
        if key.endswith(".json"):
            raise ValueError("A sealed object's name must not end in .json")
        return self.store.put(key, self._keyring.seal(content, key))

    def get_bytes(self, key: str) -> bytes:
        """Fetch and open what `put_bytes` stored.

        Raises:
            ObjectMissingError: There is none.
            IntegrityError: It is not what was written there.
        """
        return self._keyring.unseal(self.store.get(key), key)

    def exists(self, key: str) -> bool:
        """Whether there is an object under a key."""
        return self.store.exists(key)

    def object_digest(self, key: str) -> str:
        """SHA-256 of an object as it lies in the store, hexadecimal.

        Raises:
            ObjectMissingError: There is none.
        """
        return _digest(self.store.get(key))

    def put_record(self, key: str, record: Record) -> PutResult:
        """Seal a value and store it once."""
        return self.put_bytes(key, record.model_dump_json().encode())

    def get_record(
        self, key: str, record_type: type[RecordType], digest: str | None = None
    ) -> RecordType:
        """Fetch a value that `put_record` stored.

        Args:
            key: Where it is.
            record_type: What it is.
            digest: The object's, where the caller was told which one it is to be.

        Raises:
            ObjectMissingError: There is none.
            IntegrityError: It is not what was written there, not of this type, or another object
                than that of this digest.
        """
        kept = self._kept(key, record_type)
        if digest is not None and kept.digest != digest:
            msg = (
                f"存放的 {record_type.__name__} 与上一步所交的不符，请运行 kinbind reconcile。"
                f" A stored {record_type.__name__} is not the one that was handed on:"
                " run kinbind reconcile."
            )
            raise IntegrityError(msg)
        return kept.record

    def find_or_keep(
        self, key: str, record_type: type[RecordType], make: Callable[[], RecordType]
    ) -> KeptRecord[RecordType]:
        """The value under a key; made and stored first where there is none.

        Of several processes that make it at once, the first one's stays, for all of them.

        Raises:
            IntegrityError: As for `get_record`.
        """
        if not self.exists(key):
            record = make()
            sealed = self._keyring.seal(record.model_dump_json().encode(), key)
            if self.store.put(key, sealed) is PutResult.CREATED:
                return KeptRecord(record, _digest(sealed))
        return self._kept(key, record_type)

    def _kept(self, key: str, record_type: type[RecordType]) -> KeptRecord[RecordType]:
        sealed = self.store.get(key)
        content = self._keyring.unseal(sealed, key)
        try:
            return KeptRecord(record_type.model_validate_json(content), _digest(sealed))
        except ValidationError:
            msg = (
                f"本版本无法读取存放的 {record_type.__name__}，请核对程序版本。"
                f" A stored {record_type.__name__} cannot be read by this version of the program."
            )
            raise IntegrityError(msg) from None

    def keep_upload(self, content: bytes) -> str:
        """Seal an uploaded file under its SHA-256, and give that (hexadecimal).

        What is there already is not sent again: a picture is a thousand times longer than asking.
        """
        digest = hashlib.sha256(content).hexdigest()
        if not self.exists(upload_key(digest)):
            self.put_bytes(upload_key(digest), content)
        return digest

    def delete(self, key: str) -> bool:
        """Delete an object for good; False where there is none. Only retention calls this."""
        return self.store.delete(key)

    def destroy_keys(self, places: Iterable[str], now: dt.datetime) -> int:
        """Destroy the data keys of what lay in places, so that no copy of it opens any more.

        Everything with the same key goes: see `key_scope`. Only retention calls this.

        Args:
            places: Objects' keys, or what sealed columns are for.
            now: The present.

        Returns:
            How many keys there were.
        """
        return self._keyring.destroy({key_scope(place) for place in places}, now)

    def put_plain(self, key: str, content: bytes) -> PutResult:
        """Store content as it is; for bindings, which carry their own sealed part."""
        return self.store.put(key, content)

    def get_plain(self, key: str) -> bytes:
        """Fetch what `put_plain` stored.

        Raises:
            ObjectMissingError: There is none.
        """
        return self.store.get(key)


def upload_key(digest: str) -> str:
    """The object key of an uploaded file."""
    return f"uploads/{digest}"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
