"""The commands that start the console and register its people."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

KINBIND = (sys.executable, "-m", "console.cli")
ROOT = Path(__file__).parents[2]


@pytest.fixture
def kinbind(tmp_path):
    env = os.environ | {"KINBIND_HOME": str(tmp_path / "home")}

    def run(*words):
        return subprocess.run(
            [*KINBIND, *words], env=env, cwd=ROOT, capture_output=True, text=True, check=False
        )

    run.env = env
    return run


def test_people_are_registered_shut_out_and_given_new_passwords(kinbind):
    added = kinbind("user", "add", "lin", "--role", "senior")
    assert re.search(r"shown this once: \S{16}$", added.stdout.strip())
    assert kinbind("user", "add", "lin").returncode == 1
    assert kinbind("user", "add", "Lin Bad").returncode == 1
    kinbind("user", "disable", "lin")
    (line,) = kinbind("user", "list", "--json").stdout.splitlines()
    person = json.loads(line)
    assert (person["name"], person["role"], person["active"]) == ("lin", "senior", False)
    assert kinbind("user", "password", "nobody").returncode == 1
    assert "NOT" not in kinbind("audit", "verify").stdout


def test_serve_prints_the_first_password_and_its_address_and_answers(kinbind):
    with subprocess.Popen(
        [*KINBIND, "serve", "--port", "0"],
        env=kinbind.env | {"PYTHONUNBUFFERED": "1"},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        try:
            assert "one-time password of admin" in server.stdout.readline()
            address = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())[0]
            assert httpx.get(f"{address}/health", timeout=30, trust_env=False).text == "ok"
        finally:
            server.terminate()
        assert "Traceback" not in server.stdout.read()
