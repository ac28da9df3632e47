"""An inbox in a bucket: each folder under the prefix is one application."""

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from storage.intake.inbox import (
    BATCH_FILE,
    BATCH_LIMIT,
    ApplicationFolder,
    Completeness,
    TooLargeError,
)
from storage.objects.s3_connection import connect, split_location, translated
from storage.objects.store import ObjectMissingError
from storage.settings import Settings

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


class BucketInbox:
    """A prefix of the upload bucket, only ever read."""

    def __init__(self, settings: Settings, location: str, whole: Completeness) -> None:
        """Open `s3://bucket/prefix` on the server of the settings.

        Args:
            settings: Which server.
            location: The bucket and the prefix.
            whole: When a folder may be taken in.

        Raises:
            SettingError: The location names no bucket.
        """
        self._client = connect(settings)
        self._bucket, self._prefix = split_location(location)
        self._whole = whole

    def folders(self) -> Iterator[ApplicationFolder]:
        """Every application folder, sorted by name; hidden ones and loose files are left out."""
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket, Prefix=self._prefix, Delimiter="/"
        )
        with translated():
            folders = [
                entry["Prefix"] for page in pages for entry in page.get("CommonPrefixes", ())
            ]
        for folder in sorted(folders):
            name = folder.removeprefix(self._prefix).rstrip("/")
            if name and not name.startswith(".") and self._is_whole(folder):
                yield _BucketApplicationFolder(self._client, self._bucket, folder, name)

    def _is_whole(self, folder: str) -> bool:
        if self._whole == Completeness():
            return True
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket, Prefix=folder
        )
        with translated():
            found = [entry for page in pages for entry in page.get("Contents", ())]
        names = [entry["Key"].rpartition("/")[2] for entry in found]
        changed_at = max((entry["LastModified"].timestamp() for entry in found), default=0.0)
        return self._whole.holds(names, changed_at)

    def batch_text(self) -> str | None:
        """The employer's list as it stands there; None where there is none."""
        try:
            content = _fetch(self._client, self._bucket, self._prefix + BATCH_FILE, BATCH_LIMIT)
        except (ObjectMissingError, TooLargeError):
            return None
        return content.decode("utf-8", errors="replace")


class _BucketApplicationFolder:
    def __init__(self, client: "S3Client", bucket: str, prefix: str, name: str) -> None:
        self.name = name
        self._client = client
        self._bucket = bucket
        self._prefix = prefix

    def files(self) -> dict[str, int]:
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket, Prefix=self._prefix
        )
        with translated():
            found = {
                entry["Key"].removeprefix(self._prefix): entry["Size"]
                for page in pages
                for entry in page.get("Contents", ())
            }
        return {name: size for name, size in sorted(found.items()) if _is_inside(name)}

    def read(self, name: str, limit: int) -> bytes:
        if not _is_inside(name):
            raise ObjectMissingError("There is no such file in the application's folder.")
        return _fetch(self._client, self._bucket, self._prefix + name, limit)


def _fetch(client: "S3Client", bucket: str, key: str, limit: int) -> bytes:
    with translated():
        answer = client.get_object(Bucket=bucket, Key=key)
        with contextlib.closing(answer["Body"]) as body:
            if answer["ContentLength"] > limit:
                raise TooLargeError("A file is larger than allowed.")
            return body.read()


def _is_inside(name: str) -> bool:
    """A key is any text: one with empty, hidden or climbing parts is not a file of the folder."""
    return not any(part == "" or part.startswith(".") for part in name.split("/"))
