"""What an object store promises, whatever it is made of."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Final, Protocol

from models.errors import KinbindError
from models.record import Record

_KEY: Final = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._=-]{0,199}(?:/[A-Za-z0-9][A-Za-z0-9._=-]{0,199})*"
)
_MAX_KEY: Final = 512


class PutResult(StrEnum):
    """What became of a put."""

    CREATED = "created"
    EXISTED = "existed"


class ObjectMissingError(KinbindError):
    """There is no object under this key."""


class StoreCheck(Record):
    """What a store proved about itself; None where the form of store cannot have it.

    Attributes:
        form: "directory" or "s3".
        second_write_refused: A second put under a key left the first content in place.
        bad_checksum_refused: Content that does not fit its checksum was not taken.
        wrong_secret_refused: A request signed with a wrong secret was turned away.
        object_lock: The bucket can lock objects against deletion (WORM).
        notes: What an operator should know, one sentence each.
    """

    form: str
    second_write_refused: bool
    bad_checksum_refused: bool | None = None
    wrong_secret_refused: bool | None = None
    object_lock: bool = False
    notes: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether every promise that this form of store can keep was kept."""
        return self.second_write_refused and not (
            self.bad_checksum_refused is False or self.wrong_secret_refused is False
        )


class ObjectStore(Protocol):
    """Content under keys. A key is `segment/segment/...` of letters, digits and `._=-`."""

    def put(self, key: str, content: bytes) -> PutResult:
        """Store content under a key that is not taken; a taken key keeps what it has.

        Raises:
            ValueError: The key is not well formed.
            StorageUnavailableError: The store did not answer.
        """

    def get(self, key: str) -> bytes:
        """The content under a key.

        Raises:
            ObjectMissingError: There is none.
        """

    def exists(self, key: str) -> bool:
        """Whether there is content under a key."""

    def keys(self, prefix: str, *, after: str = "") -> Iterator[str]:
        """Every key that begins with a prefix, in order; an empty prefix means all.

        Args:
            prefix: What they begin with.
            after: Only those that come after this one.
        """

    def delete(self, key: str) -> bool:
        """Delete what lies under a key, every version of it; False where nothing does.

        Only retention calls this.

        Raises:
            StorageUnavailableError: The store did not answer.
            SettingError: The store refuses, because the object is locked.
        """

    def check(self) -> StoreCheck:
        """Try out what the store promises, with content of its own that it removes again."""


def checked_key(key: str) -> str:
    """Give back a well-formed key.

    Raises:
        ValueError: It is not; nothing of it is quoted.
    """
    if len(key) > _MAX_KEY or not _KEY.fullmatch(key):
        raise ValueError("An object key must be path segments of letters, digits and ._=-")
    return key
