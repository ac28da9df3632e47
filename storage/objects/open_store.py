"""Which object store the settings choose."""

from collections.abc import Mapping
from pathlib import Path

from models.errors import MissingPartError
from storage.objects.directory import DirectoryStore
from storage.objects.store import ObjectStore
from storage.settings import Settings


def open_store(settings: Settings) -> ObjectStore:
    """Open the bucket that the settings name, else the directory under the home folder."""
    if settings.object_store:
        # boto3 takes a second to import; an embedded installation never needs it.
        from storage.objects.s3 import S3Store

        return S3Store(settings, settings.object_store, lock_days=settings.lock_days)
    return DirectoryStore(settings.objects)


def open_dataset(location: str, settings: Settings) -> ObjectStore:
    """Open the place that the data team's tables are published to.

    Args:
        location: A folder, or `s3://bucket/prefix`.
        settings: The keys of the S3 server.
    """
    if location.startswith("s3://"):
        from storage.objects.s3 import S3Store

        return S3Store(settings, location)
    return DirectoryStore(Path(location).expanduser().absolute())


def refuse_overwriting(store: ObjectStore, settings: Settings) -> None:
    """Refuse to decide anything on a store in which what was written can be written again.

    Raises:
        MissingPartError: The bucket ignores conditional writes; says what to do.
        StorageUnavailableError: The server did not answer.
    """
    if not settings.object_store:
        return  # the directory store links files, which never replaces one
    from storage.objects.s3 import S3Store

    if isinstance(store, S3Store) and not store.refuses_second_write():
        msg = (
            f"对象存储 {settings.object_store} 会改写已写入的对象（不支持条件写入 If-None-Match），"
            "绑定与证据可能被覆盖，已停止。请改用支持条件写入的存储，再用 kinbind doctor 检查。"
            f" The object store {settings.object_store} overwrites what was written (it ignores"
            " If-None-Match): bindings and evidence would not be safe; stopped. Use a store with"
            " conditional writes and check it with kinbind doctor."
        )
        raise MissingPartError(msg)


def open_outcome_folder(settings: Settings) -> ObjectStore | None:
    """Open the place that outcome files are put to; None where the settings name none."""
    return _open(settings, settings.outcome_folder, for_group=True)


def open_roots(settings: Settings) -> ObjectStore | None:
    """Open the place outside that roots are put to as well; None where the settings name none."""
    return _open(settings, settings.roots_to, for_group=False, lock_days=settings.lock_days)


def _open(
    settings: Settings,
    location: str | None,
    *,
    for_group: bool,
    lock_days: Mapping[str, int] | None = None,
) -> ObjectStore | None:
    if not location:
        return None
    if location.startswith("s3://"):
        from storage.objects.s3 import S3Store

        return S3Store(settings, location, lock_days=lock_days)
    return DirectoryStore(Path(location).expanduser().absolute(), for_group=for_group)
