"""The console alone: its first password, its address, its answer."""

import os
import re
import subprocess
import sys
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[3]


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
