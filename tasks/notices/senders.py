"""The two ways out of the house: a signed request to an address, a file in a folder or bucket."""

import datetime as dt
import functools
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Protocol

import httpx

from models.errors import SettingError, StorageUnavailableError
from models.notices.exchange import Destination, Notice
from storage.objects.open_store import open_outcome_folder
from storage.objects.store import ObjectStore
from storage.setting_values import signing_keys
from storage.settings import Settings
from tasks.notices.webhook_signature import signed_headers

_SECONDS: Final = 10.0


class NotDeliveredError(Exception):
    """The other side did not take a notice; the text is ours and quotes nothing of its answer."""


class Sender(Protocol):
    """One way out."""

    @property
    def destination(self) -> Destination:
        """Where it leads."""
        ...

    def send(self, notice: Notice) -> None:
        """Send one notice.

        Raises:
            NotDeliveredError: The other side does not have it, or did not say so.
        """
        ...


@contextmanager
def open_senders(settings: Settings) -> Iterator[tuple[Sender, ...]]:
    """Every way out that the settings name."""
    senders: list[Sender] = [FolderSender(settings)] if settings.outcome_folder else []
    if settings.webhook_url is None:
        yield tuple(senders)
        return
    with httpx.Client(
        verify=_authorities(),
        follow_redirects=False,
        timeout=_SECONDS,
        trust_env=False,  # no proxy and no password file decides where outcomes go
    ) as client:
        webhook = WebhookSender(client, settings.webhook_url, signing_keys(settings.webhook_secret))
        yield (*senders, webhook)


@functools.cache
def _authorities() -> ssl.SSLContext:
    """Whom we trust to name a receiver: read once, since it takes longer than sending does."""
    return ssl.create_default_context()


class WebhookSender:
    """Signed requests to one address."""

    destination = Destination.WEBHOOK

    def __init__(self, client: httpx.Client, url: str, keys: tuple[bytes, ...]) -> None:
        """Send to an address, signing with each of the keys."""
        self._client = client
        self._url = url
        self._keys = keys

    def send(self, notice: Notice) -> None:
        """Send one notice; every answer of the 200s is a receipt, and no other one.

        Raises:
            NotDeliveredError: Another answer, or none.
        """
        body = notice.body.encode()
        headers = signed_headers(notice.notice_id, body, self._keys, dt.datetime.now(dt.UTC))
        try:
            # The answer's body is not read: it has nothing to tell, and could have no end.
            with self._client.stream("POST", self._url, content=body, headers=headers) as answer:
                status = answer.status_code
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError) as error:
            msg = f"no answer ({type(error).__name__})"
            raise NotDeliveredError(msg) from None
        if not 200 <= status < 300:
            msg = f"HTTP {status}"
            raise NotDeliveredError(msg)


class FolderSender:
    """One file for each notice, put once."""

    destination = Destination.FOLDER

    def __init__(self, settings: Settings) -> None:
        """Put files into the folder or bucket of the settings; opened when the first one goes."""
        self._settings = settings
        self._store: ObjectStore | None = None

    def send(self, notice: Notice) -> None:
        """Put one notice under its day and identifier; one that lies there already stays.

        Raises:
            NotDeliveredError: The folder or bucket did not take it.
        """
        day = notice.happened_at.astimezone(dt.UTC).date()
        try:
            self._store = self._store or open_outcome_folder(self._settings)
            if self._store is not None:
                self._store.put(f"{day}/{notice.notice_id}.json", notice.body.encode())
        except (StorageUnavailableError, SettingError):
            raise NotDeliveredError("the folder or bucket did not take it") from None
