"""The console alone: its first password, its address, its answer."""

import os
import re
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx

from console.server.serve_console import console_server, serve_console

ROOT = Path(__file__).parents[3]
UPLOAD = (
    b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\nn"
)
"""The rest of it does not come."""


def test_serve_prints_the_first_password_and_its_address_and_answers(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-m", "console.cli", "serve", "--console-only", "--port", "0"],
        env=os.environ | {"KINBIND_HOME": str(tmp_path / "home"), "PYTHONUNBUFFERED": "1"},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        try:
            assert "one-time password of admin" in server.stdout.readline()
            found = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())
            assert found is not None
            assert httpx.get(f"{found[0]}/health", timeout=30, trust_env=False).text == "ok"
        finally:
            server.terminate()
        assert "Traceback" not in server.stdout.read()


def test_a_console_that_is_told_to_end_waits_for_no_slow_upload(repositories, monkeypatch, capfd):
    monkeypatch.setattr("console.server.serve_console.END_SECONDS", 1)
    server = console_server(repositories, hosts=(), tls=None)
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(
        target=lambda: serve_console(repositories, server, listener, settle_every=0), daemon=True
    )
    with socket.create_connection(listener.getsockname(), timeout=20) as client:
        thread.start()
        client.sendall(UPLOAD)
        while not server.server_state.tasks:
            time.sleep(0.02)
        server.should_exit = True
        thread.join(10)
    assert not thread.is_alive()
    said = capfd.readouterr().err
    assert "Cancel 1 running task" in said
    assert "Traceback" not in said
