"""The door for programs against its table, its description and its keys."""

import datetime as dt
import json
from pathlib import Path

from typer.testing import CliRunner

from console.api.app import create_api
from console.api.calls import CALLS
from console.cli import app
from storage.bootstrap import using_repositories as open_for_a_block
from storage.settings import Settings


def test_the_description_is_the_committed_one_and_names_every_call(client_of, repositories):
    told = client_of().get("/api/v1/openapi.json").json()
    assert told == json.loads(Path("docs/openapi.json").read_text("utf-8"))
    described = {(m.upper(), path) for path, calls in told["paths"].items() for m in calls}
    assert described == {(call.method, call.path) for call in CALLS}


def test_every_address_of_the_door_stands_in_its_table():
    found = set()
    for route in create_api(None).routes:
        inner = getattr(route, "original_router", None)
        for one in inner.routes if inner else (route,):
            found |= {(method, one.path) for method in one.methods - {"HEAD"}}
    assert found == {(call.method, call.path) for call in CALLS}


def test_keys_are_given_out_listed_and_revoked_and_never_kept_in_clear(tmp_path):
    env = {"KINBIND_HOME": str(tmp_path / "home")}

    def run(*words):
        return CliRunner().invoke(app, ["api-key", *words], env=env)

    shown = run("new", "cityapp", "--channel", "kiosk").output.strip().split()[-1]
    assert shown.startswith("kinbind_")
    assert run("new", "cityapp", "--channel", "nowhere").exit_code == 2
    (line,) = run("list", "--json").output.splitlines()
    assert shown not in line
    assert json.loads(line)["channels"] == ["kiosk"]
    with open_for_a_block(Settings(home=tmp_path / "home")) as repositories:
        assert repositories.api_keys.recognise(shown, dt.datetime.now(dt.UTC)).client == "cityapp"
        assert run("revoke", "cityapp").exit_code == 0
        assert repositories.api_keys.recognise(shown, dt.datetime.now(dt.UTC)) is None
    for path in (tmp_path / "home").rglob("*"):
        assert not path.is_file() or shown.encode() not in path.read_bytes()
