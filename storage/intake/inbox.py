"""Where applications arrive: a folder, or a prefix of a bucket, of application folders."""

import time
from collections.abc import Collection, Iterator
from typing import Final, NamedTuple, Protocol

from models.errors import KinbindError

BATCH_FILE: Final = "batch.json"
MARKER: Final = ".complete"
"""An empty file that a channel puts into a folder when everything else is there."""
BATCH_LIMIT: Final = 16 * 1024 * 1024
"""The most bytes of an employer's list that are looked at."""


class TooLargeError(KinbindError):
    """A file is larger than the reader allows."""


class ApplicationFolder(Protocol):
    """One application as it was handed in."""

    @property
    def name(self) -> str:
        """The folder's name; may be personal, so never log it."""

    def files(self) -> dict[str, int]:
        """Every file's path inside the folder, with `/`, and its size in bytes, sorted.

        Hidden files, and links that lead out of the folder, are left out.
        """

    def read(self, name: str, limit: int) -> bytes:
        """One of the files.

        Args:
            name: As `files` gives it.
            limit: The most bytes to accept.

        Raises:
            ObjectMissingError: There is no such file in the folder.
            TooLargeError: It has more bytes.
        """


class Inbox(Protocol):
    """A place where applications arrive."""

    def folders(self) -> Iterator[ApplicationFolder]:
        """Every application folder, sorted by name; hidden ones and loose files are left out.

        So are those that are not whole yet.
        """

    def batch_text(self) -> str | None:
        """The employer's list (`batch.json`) as it stands there; None where there is none."""


class Completeness(NamedTuple):
    """When an application folder is whole, so that it may be taken in.

    Attributes:
        still_seconds: For how long nothing in it may have changed.
        marker: Whether the channel puts `MARKER` into it last.
    """

    still_seconds: int = 0
    marker: bool = False

    def holds(self, names: Collection[str], changed_at: float) -> bool:
        """Whether a folder is whole.

        Args:
            names: The files that lie in it, hidden ones included.
            changed_at: When something in it changed last, seconds since the epoch.
        """
        if self.marker and MARKER not in names:
            return False
        return self.still_seconds == 0 or time.time() - changed_at >= self.still_seconds
