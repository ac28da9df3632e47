"""A store that takes connections and says nothing, or stops in the middle, is told as away."""

import socket
import threading
import time

import pytest
from botocore.config import Config

from models.errors import StorageUnavailableError
from storage.objects.s3 import S3Store
from tests.servers import s3_settings_of

_OPENING = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
_HALF = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + b"x" * 500


@pytest.fixture
def server(monkeypatch):
    """Gives the address of one that says so much to each request, and then nothing more."""
    short = {"read_timeout": 0.3, "retries": {"max_attempts": 2, "mode": "standard"}}
    monkeypatch.setattr("storage.objects.s3_connection.Config", lambda **k: Config(**(k | short)))
    listener = socket.create_server(("127.0.0.1", 0))
    kept = []

    def start(answer):
        def talk(peer):
            while request := peer.recv(65536):
                peer.sendall(_OPENING if answer and request.startswith(b"HEAD") else answer)

        def accept():
            while True:
                try:
                    peer, _ = listener.accept()
                except OSError:
                    return
                kept.append(peer)
                threading.Thread(target=talk, args=(peer,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        return f"http://127.0.0.1:{listener.getsockname()[1]}"

    yield start
    listener.close()
    for peer in kept:
        peer.close()


def test_one_that_never_answers_is_named_after_its_tries(server, tmp_path):
    settings = s3_settings_of(server(b""), tmp_path, "bucket")
    began = time.monotonic()
    with pytest.raises(StorageUnavailableError, match="did not answer \\(ReadTimeoutError\\)"):
        S3Store(settings, settings.object_store)
    assert time.monotonic() - began < 10


def test_one_that_stops_in_the_middle_of_an_object_gives_no_half_of_it(server, tmp_path):
    settings = s3_settings_of(server(_HALF), tmp_path, "bucket")
    store = S3Store(settings, settings.object_store)
    with pytest.raises(StorageUnavailableError, match="did not answer"):
        store.get("readings/1")
