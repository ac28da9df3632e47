"""The password of the orchestrator: made once, and asked for by whatever we work for."""

import http.server
import threading

import pytest

from console.server.orchestrator.password import password_environment, password_file, refuse_open
from models.errors import MissingPartError


@pytest.fixture
def answering():
    """A server that answers every request with a status."""
    servers = []

    def start(status):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                """Say nothing."""

        servers.append(http.server.HTTPServer(("127.0.0.1", 0), Handler))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_port}/api"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_an_orchestrator_that_obeys_anybody_is_not_worked_for(answering):
    with pytest.raises(MissingPartError, match="asks for no password"):
        refuse_open(answering(200))


@pytest.mark.parametrize("status", [401, 403])
def test_an_orchestrator_that_asks_is_worked_for(answering, status):
    refuse_open(answering(status))


def test_the_password_is_made_once_and_what_the_operator_set_stands(tmp_path, monkeypatch):
    first = password_environment(tmp_path)
    assert password_environment(tmp_path) == first
    assert len(set(first.values())) == 1
    assert password_file(tmp_path).stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("PREFECT_API_AUTH_STRING", "ours:word")
    assert set(password_environment(tmp_path).values()) == {"ours:word"}
