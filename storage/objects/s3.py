"""The object store of a larger installation: an S3 bucket."""

import base64
import contextlib
import hashlib
import secrets
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

from models.errors import SettingError, StorageUnavailableError
from storage.objects.store import ObjectMissingError, PutResult, StoreCheck, checked_key
from storage.settings import Settings

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_MISSING: Final = frozenset({"404", "NoSuchKey", "NotFound"})
_TAKEN: Final = frozenset({"412", "PreconditionFailed"})
_REFUSED: Final = frozenset(
    {"401", "403", "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "Forbidden"}
)
_OURS_ALREADY: Final = frozenset({"BucketAlreadyOwnedByYou", "BucketAlreadyExists"})
_NO_LOCK: Final = (
    "The bucket has no object lock (WORM): whoever holds the key can delete objects.",
)


def connect(settings: Settings) -> "S3Client":
    """A client for the S3 server of the settings (path style, retries, timeouts)."""
    access, secret = settings.s3_access_key, settings.s3_secret_key
    return _client(
        settings,
        access.get_secret_value() if access else None,
        secret.get_secret_value() if secret else None,
    )


def split_location(location: str) -> tuple[str, str]:
    """Bucket and prefix of `s3://bucket/prefix`; the prefix ends in `/` or is empty.

    Raises:
        SettingError: It names no bucket.
    """
    bucket, _, prefix = location.removeprefix("s3://").partition("/")
    if not location.startswith("s3://") or not bucket:
        raise SettingError("An S3 location is written s3://bucket or s3://bucket/prefix.")
    prefix = prefix.strip("/")
    return bucket, f"{prefix}/" if prefix else ""


class S3Store:
    """Objects in a bucket; the server itself refuses a second put under a key."""

    def __init__(self, settings: Settings, location: str) -> None:
        """Open the bucket, and make it where there is none.

        Args:
            settings: Where the server is, and with which key.
            location: `s3://bucket` or `s3://bucket/prefix`.

        Raises:
            SettingError: The server refuses the key.
            StorageUnavailableError: The server does not answer.
        """
        self._settings = settings
        self._bucket, self._prefix = split_location(location)
        self._client = connect(settings)
        with translated():
            self._ensure_bucket()

    def put(self, key: str, content: bytes) -> PutResult:
        """Store content under a free key; the server checks its SHA-256."""
        with translated():
            return self._put(self._name(key), content, _checksum(content))

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
                self._put(key, b"first", _checksum(b"first"))
                return self._put(key, b"second", _checksum(b"second")) is PutResult.EXISTED
            finally:
                self._client.delete_object(Bucket=self._bucket, Key=key)

    def check(self) -> StoreCheck:
        """Prove put-once, checksums and the secret against the server itself."""
        key = self._name(f"probes/{secrets.token_hex(16)}")
        with translated():
            try:
                self._put(key, b"first", _checksum(b"first"))
                second = self._put(key, b"second", _checksum(b"second")) is PutResult.EXISTED
                checksum = self._refuses_bad_checksum(f"{key}-checksum")
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
                notes=() if locked else _NO_LOCK,
            )

    def _name(self, key: str) -> str:
        return self._prefix + checked_key(key)

    def _put(self, name: str, content: bytes, checksum: str) -> PutResult:
        try:
            self._client.put_object(
                Bucket=self._bucket,
                Key=name,
                Body=content,
                ChecksumSHA256=checksum,
                IfNoneMatch="*",
            )
        except ClientError as error:
            if _code(error) in _TAKEN:
                return PutResult.EXISTED
            raise
        return PutResult.CREATED

    def _versions(self, name: str) -> list[str]:
        """Versions of an object in a bucket that keeps them, marks of deletions included."""
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
            if _code(error) not in _MISSING | {"NoSuchBucket"}:
                raise
            self._create_bucket()

    def _create_bucket(self) -> None:
        """With object lock, which cannot be switched on later; without, where it is unknown."""
        try:
            self._client.create_bucket(Bucket=self._bucket, ObjectLockEnabledForBucket=True)
        except ClientError as error:
            if _code(error) in _OURS_ALREADY:
                return
            if _code(error) not in {"NotImplemented", "InvalidRequest"}:
                raise
            self._client.create_bucket(Bucket=self._bucket)

    def _refuses_bad_checksum(self, name: str) -> bool:
        try:
            self._put(name, b"content", _checksum(b"other content"))
        except ClientError as error:
            return 400 <= error.response["ResponseMetadata"]["HTTPStatusCode"] < 500
        return False

    def _refuses_wrong_secret(self) -> bool | None:
        credentials = boto3.Session().get_credentials()
        access = self._settings.s3_access_key
        name = access.get_secret_value() if access else credentials and credentials.access_key
        if not name:
            return None
        with contextlib.closing(_client(self._settings, name, secrets.token_hex(20))) as stranger:
            try:
                stranger.head_bucket(Bucket=self._bucket)
            except ClientError as error:
                return _code(error) in _REFUSED
        return False

    def _has_object_lock(self) -> bool:
        try:
            answer = self._client.get_object_lock_configuration(Bucket=self._bucket)
        except ClientError:
            return False
        return answer["ObjectLockConfiguration"].get("ObjectLockEnabled") == "Enabled"


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """The one place where boto3's errors become ours; what they quote stays behind."""
    try:
        yield
    except ClientError as error:
        raise _ours(error) from None
    except NoCredentialsError:
        msg = "No S3 key: set KINBIND_S3_ACCESS_KEY and KINBIND_S3_SECRET_KEY."
        raise SettingError(msg) from None
    except BotoCoreError as error:
        msg = f"The object store did not answer ({type(error).__name__})."
        raise StorageUnavailableError(msg) from None


def _ours(error: ClientError) -> Exception:
    code = _code(error)
    if code in _MISSING:
        return ObjectMissingError("There is no object under this key.")
    if code in _REFUSED:
        return SettingError(f"The object store refuses the key ({code}).")
    if code == "NoSuchBucket":
        return SettingError("The bucket does not exist.")
    return StorageUnavailableError(f"The object store answered {code}.")


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", "unknown"))


def _checksum(content: bytes) -> str:
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


def _client(settings: Settings, access: str | None, secret: str | None) -> "S3Client":
    return boto3.session.Session().client(
        "s3",
        endpoint_url=settings.s3_endpoint_url,
        region_name=settings.s3_region,
        aws_access_key_id=access,
        aws_secret_access_key=secret,
        config=Config(
            s3={"addressing_style": "path"},
            retries={"max_attempts": 5, "mode": "standard"},
            connect_timeout=5,
            read_timeout=30,
        ),
    )
