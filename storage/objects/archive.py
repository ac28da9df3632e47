"""Objects with a meaning: uploads, readings, bindings; encrypted unless said otherwise."""

import hashlib
from typing import TypeVar

from pydantic import ValidationError

from models.errors import IntegrityError
from models.record import Record
from storage.keys.keyring import Keyring
from storage.objects.store import ObjectStore, PutResult

RecordType = TypeVar("RecordType", bound=Record)


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

    def put_record(self, key: str, record: Record) -> PutResult:
        """Seal a value and store it once."""
        return self.put_bytes(key, record.model_dump_json().encode())

    def get_record(self, key: str, record_type: type[RecordType]) -> RecordType:
        """Fetch a value that `put_record` stored.

        Raises:
            ObjectMissingError: There is none.
            IntegrityError: It is not what was written there, or not of this type.
        """
        content = self.get_bytes(key)
        try:
            return record_type.model_validate_json(content)
        except ValidationError:
            msg = f"A stored {record_type.__name__} cannot be read by this version."
            raise IntegrityError(msg) from None

    def keep_upload(self, content: bytes) -> str:
        """Seal an uploaded file under its SHA-256, and give that (hexadecimal)."""
        digest = hashlib.sha256(content).hexdigest()
        self.put_bytes(upload_key(digest), content)
        return digest

    def delete(self, key: str) -> bool:
        """Delete an object for good; False where there is none. Only retention calls this."""
        return self.store.delete(key)

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
