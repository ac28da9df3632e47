"""Which object store the settings choose."""

from storage.objects.directory import DirectoryStore
from storage.objects.store import ObjectStore
from storage.settings import Settings


def open_store(settings: Settings) -> ObjectStore:
    """Open the bucket that the settings name, else the directory under the home folder."""
    if settings.object_store:
        # boto3 takes a second to import; an embedded installation never needs it.
        from storage.objects.s3 import S3Store

        return S3Store(settings, settings.object_store)
    return DirectoryStore(settings.objects)
