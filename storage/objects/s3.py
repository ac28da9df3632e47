"""The object store of a larger installation: an S3 bucket."""

import contextlib
import secrets
from collections.abc import Iterator, Mapping
from typing import Final

import boto3
from botocore.exceptions import ClientError

from models.errors import SettingError
from storage.objects.s3_connection import (
    MISSING,
    REFUSED,
    connect,
    connect_as,
    error_code,
    split_location,
    translated,
)
from storage.objects.s3_writer import ObjectWriter
from storage.objects.store import ObjectMissingError, PutResult, StoreCheck, checked_key
from storage.settings import Settings

_OURS_ALREADY: Final = frozenset({"BucketAlreadyOwnedByYou", "BucketAlreadyExists"})
_NO_LOCK: Final = (
    "存储桶没有对象锁定（WORM），持有密钥者可以删除对象。"
    "The bucket has no object lock (WORM): whoever holds the key can delete objects."
)
_LOCK_UNUSED: Final = (
    "存储桶支持对象锁定而未启用，可设 KINBIND_OBJECT_LOCK（见 docs/object-stores.md）。"
    "The bucket has object lock, which is not used: see KINBIND_OBJECT_LOCK."
)


class S3Store:
    """Objects in a bucket; the server itself refuses a second put under a key."""

    def __init__(
        self, settings: Settings, location: str, *, lock_days: Mapping[str, int] | None = None
    ) -> None:
        """Open the bucket, and make it where there is none.

        Args:
            settings: Where the server is, and with which key.
            location: `s3://bucket` or `s3://bucket/prefix`.
            lock_days: First part of a key to the days for which such objects are locked.

        Raises:
            SettingError: The server refuses the key, or the bucket cannot lock.
            StorageUnavailableError: The server does not answer.
        """
        self._settings = settings
        self._bucket, self._prefix = split_location(location)
        self._client = connect(settings)
        self._lock_days = lock_days or {}
        self._writer = ObjectWriter(
            self._client, self._bucket, settings.s3_put_once, self._lock_days
        )
        with translated():
            self._ensure_bucket()
            if self._lock_days and not self._has_object_lock():
                raise _cannot_lock(location)

    def put(self, key: str, content: bytes) -> PutResult:
        """Store content under a free key; the server checks its checksum."""
        with translated():
            return self._writer.put(self._name(key), content, key=key)

    def get(self, key: str) -> bytes:
        """The content under a key.

        Raises:
            ObjectMissingError: There is none.
        """
        with translated():
            answer = self._client.get_object(Bucket=self._bucket, Key=self._name(key))
            with contextlib.closing(answer["Body"]) as body:
                return body.read()

    def exists(self, key: str) -> bool:
        """Whether there is content under a key."""
        try:
            with translated():
                self._client.head_object(Bucket=self._bucket, Key=self._name(key))
        except ObjectMissingError:
            return False
        return True

    def keys(self, prefix: str, *, after: str = "") -> Iterator[str]:
        """Every key that begins with a prefix and comes after another, in order."""
        paginate = self._client.get_paginator("list_objects_v2").paginate
        bucket, begin = self._bucket, self._prefix + prefix
        pages = (
            paginate(Bucket=bucket, Prefix=begin, StartAfter=self._prefix + after)
            if after
            else paginate(Bucket=bucket, Prefix=begin)
        )
        with translated():
            for page in pages:
                for entry in page.get("Contents", ()):
                    yield entry["Key"].removeprefix(self._prefix)

    def delete(self, key: str) -> bool:
        """Delete every version under a key; False where there is none.

        Raises:
            SettingError: The bucket's lock forbids it until its own term is over.
        """
        if not self.exists(key):
            return False
        name = self._name(key)
        with translated():
            for version in self._versions(name):
                self._client.delete_object(Bucket=self._bucket, Key=name, VersionId=version)
            self._client.delete_object(Bucket=self._bucket, Key=name)
            for version in self._versions(name):  # the mark that the last deletion left
                self._client.delete_object(Bucket=self._bucket, Key=name, VersionId=version)
        return True

    def refuses_second_write(self) -> bool:
        """Whether the server leaves what lies under a key, tried out under a key of its own."""
        key = self._name(f"probes/{secrets.token_hex(16)}")
        with translated():
            try:
                self._writer.put(key, b"first")
                return self._writer.put(key, b"second") is PutResult.EXISTED
            finally:
                self._client.delete_object(Bucket=self._bucket, Key=key)

    def check(self) -> StoreCheck:
        """Prove put-once, checksums and the secret against the server itself."""
        key = self._name(f"probes/{secrets.token_hex(16)}")
        with translated():
            try:
                self._writer.put(key, b"first")
                second = self._writer.put(key, b"second") is PutResult.EXISTED
                checksum = self._writer.refuses_bad_checksum(f"{key}-checksum")
            finally:
                for name in (key, f"{key}-checksum"):
                    self._client.delete_object(Bucket=self._bucket, Key=name)
            locked = self._has_object_lock()
            return StoreCheck(
                form="s3",
                second_write_refused=second,
                bad_checksum_refused=checksum,
                wrong_secret_refused=self._refuses_wrong_secret(),
                object_lock=locked,
                notes=self._notes(locked=locked),
            )

    def _name(self, key: str) -> str:
        return self._prefix + checked_key(key)

    def _notes(self, *, locked: bool) -> tuple[str, ...]:
        if locked:
            return () if self._lock_days else (_LOCK_UNUSED,)
        return (_NO_LOCK,)

    def _versions(self, name: str) -> list[str]:
        """Versions of an object in a bucket that keeps them, marks of deletions included."""
        if not self._writer.follows_s3:
            return []  # their put-once header holds in buckets without versions only
        found = self._client.list_object_versions(Bucket=self._bucket, Prefix=name)
        both = [*found.get("Versions", ()), *found.get("DeleteMarkers", ())]
        return [
            entry["VersionId"]
            for entry in both
            if entry.get("Key") == name and entry.get("VersionId", "null") != "null"
        ]

    def _ensure_bucket(self) -> None:
        try:
            self._client.head_bucket(Bucket=self._bucket)
        except ClientError as error:
            if error_code(error) not in MISSING | {"NoSuchBucket"}:
                raise
            self._create_bucket()

    def _create_bucket(self) -> None:
        """With object lock, which cannot be switched on later; without, where it is unknown."""
        try:
            self._client.create_bucket(Bucket=self._bucket, ObjectLockEnabledForBucket=True)
        except ClientError as error:
            if error_code(error) in _OURS_ALREADY:
                return
            if error_code(error) not in {"NotImplemented", "InvalidRequest"}:
                raise
            self._client.create_bucket(Bucket=self._bucket)

    def _refuses_wrong_secret(self) -> bool | None:
        credentials = boto3.Session().get_credentials()
        access = self._settings.s3_access_key
        name = access.get_secret_value() if access else credentials and credentials.access_key
        if not name:
            return None
        with contextlib.closing(
            connect_as(self._settings, name, secrets.token_hex(20))
        ) as stranger:
            try:
                stranger.head_bucket(Bucket=self._bucket)
            except ClientError as error:
                return error_code(error) in REFUSED
        return False

    def _has_object_lock(self) -> bool:
        try:
            answer = self._client.get_object_lock_configuration(Bucket=self._bucket)
        except ClientError:
            return False
        return answer["ObjectLockConfiguration"].get("ObjectLockEnabled") == "Enabled"


def _cannot_lock(location: str) -> SettingError:
    return SettingError(
        f"存储桶 {location} 没有对象锁定，而 KINBIND_OBJECT_LOCK 要求锁定；请换用建立时启用锁定的"
        "存储桶，或取消该设置。"
        f" The bucket {location} has no object lock, which KINBIND_OBJECT_LOCK asks for: use a"
        " bucket that was made with it, or unset that."
    )
