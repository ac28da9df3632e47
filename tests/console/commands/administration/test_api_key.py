"""`kinbind api-key`: keys are given out, listed and revoked."""

import datetime as dt
import json

from typer.testing import CliRunner

from console.cli import app
from storage.bootstrap import using_repositories as open_for_a_block
from storage.settings import Settings


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
