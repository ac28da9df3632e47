"""The commands that start the console and register its people."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import httpx
from typer.testing import CliRunner

from console.cli import app
from models.staff.staff_member import StaffError

ROOT = Path(__file__).parents[3]


def test_people_are_registered_shut_out_and_given_new_passwords(tmp_path):
    env = {"KINBIND_HOME": str(tmp_path / "home")}

    def user(*words):
        return CliRunner().invoke(app, ["user", *words], env=env)

    added = user("add", "lin", "--role", "senior")
    assert re.search(r"shown this once: \S{16}$", added.output.strip())
    for refused in (("add", "lin"), ("add", "Lin Bad"), ("password", "nobody")):
        assert isinstance(user(*refused).exception, StaffError)
    user("disable", "lin")
    (line,) = user("list", "--json").output.splitlines()
    person = json.loads(line)
    assert (person["name"], person["role"], person["active"]) == ("lin", "senior", False)
    user("enable", "lin")
    assert re.search(r"shown this once: \S{16}$", user("password", "lin").output.strip())


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
