"""Putting one object into a bucket: once, checked on arrival, locked where its class is.

What S3 does by `If-None-Match`, Aliyun OSS and Tencent COS do by headers of their own, and only in
buckets without versions; instead of S3's checksums they check Content-MD5. `docs/object-stores.md`
has the sources. Whether a server keeps its word is proven at every start.
"""

import base64
import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import ClientError

from storage.objects.s3_connection import error_code, error_status
from storage.objects.store import PutResult

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

IF_NONE_MATCH: Final = "if-none-match"
_TAKEN: Final = frozenset({"412", "PreconditionFailed", "FileAlreadyExists", "ObjectAlreadyExists"})
_LOCK_MODE: Final = "COMPLIANCE"
"""Nobody shortens it, whatever rights the office's key has: those of whom it protects."""


class ObjectWriter:
    """Puts objects of one bucket."""

    def __init__(
        self, client: "S3Client", bucket: str, put_once: str, lock_days: Mapping[str, int]
    ) -> None:
        """Prepare the client.

        Args:
            client: Of this bucket alone.
            bucket: Its name.
            put_once: `if-none-match`, or the header by which this server forbids overwriting.
            lock_days: First part of a key to the days for which such objects are locked.
        """
        self._client = client
        self._bucket = bucket
        self._lock_days = lock_days
        self.follows_s3 = put_once == IF_NONE_MATCH
        if not self.follows_s3:

            def forbid_overwriting(params: dict[str, Any], **_: object) -> None:
                params["headers"][put_once] = "true"

            client.meta.events.register("before-call.s3.PutObject", forbid_overwriting)

    def put(
        self, name: str, content: bytes, *, key: str = "", said_to_be: bytes | None = None
    ) -> PutResult:
        """Put an object; what lies there already stays.

        Args:
            name: Its name in the bucket.
            content: What it holds.
            key: Its key, which names its class; none: it is not locked.
            said_to_be: Content to give the checksum of instead, which tries the server out.
        """
        checked = content if said_to_be is None else said_to_be
        given = {**self._check_and_condition(checked), **self._lock(key)}
        try:
            self._client.put_object(Bucket=self._bucket, Key=name, Body=content, **given)
        except ClientError as error:
            if error_code(error) in _TAKEN:
                return PutResult.EXISTED
            raise
        return PutResult.CREATED

    def refuses_bad_checksum(self, name: str) -> bool:
        """Whether the server turns content away that does not fit its checksum."""
        try:
            self.put(name, b"content", said_to_be=b"other content")
        except ClientError as error:
            return 400 <= error_status(error) < 500
        return False

    def _check_and_condition(self, content: bytes) -> dict[str, Any]:
        if self.follows_s3:
            return {"ChecksumSHA256": _base64(hashlib.sha256(content)), "IfNoneMatch": "*"}
        return {"ContentMD5": _base64(hashlib.md5(content, usedforsecurity=False))}

    def _lock(self, key: str) -> dict[str, Any]:
        days = self._lock_days.get(key.partition("/")[0])
        if days is None:
            return {}
        until = dt.datetime.now(dt.UTC) + dt.timedelta(days=days)
        return {"ObjectLockMode": _LOCK_MODE, "ObjectLockRetainUntilDate": until}


def _base64(hashed: "hashlib._Hash") -> str:
    return base64.b64encode(hashed.digest()).decode()
