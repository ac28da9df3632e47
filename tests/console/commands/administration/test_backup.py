"""`kinbind backup`, `kinbind restore` and `kinbind keys` as an operator types them."""

import json
import sys

from typer.testing import CliRunner

from console.cli import app
from storage.bootstrap import using_repositories as open_for_a_block
from storage.settings import Settings


def test_an_operator_backs_up_checks_rotates_and_restores(tmp_path):
    def run(*words, home="home", **env):
        env = {"KINBIND_HOME": str(tmp_path / home), **env}
        return CliRunner().invoke(app, list(map(str, words)), env=env)

    with open_for_a_block(Settings(home=tmp_path / "home")) as office:
        office.archive.put_bytes("uploads/a", b"content")
        key_file = office.settings.key_file
    place, keys = tmp_path / "backup", tmp_path / "keys"
    assert "--keys" in run("backup", place).output  # says what this copy lacks
    assert run("backup", place, "--keys", keys).exit_code == 0
    checked = run("restore", "--check", place, "--keys", keys)
    assert checked.exit_code == 0, checked.output
    assert "open: 1" in checked.output

    before = json.loads(run("keys", "status", "--json").output)
    assert (before["in_home"], before["living"], before["destroyed"]) == (False, 1, 0)
    old = key_file.read_bytes()
    assert run("keys", "rotate").exit_code == 0
    after = json.loads(run("keys", "status", "--json").output)
    assert after["master_key_id"] != before["master_key_id"]
    assert run("backup", place, "--keys", keys).exit_code == 0

    (tmp_path / "old.key").write_bytes(old)
    (tmp_path / "old.key").chmod(0o600)
    other = {"XDG_CONFIG_HOME": str(tmp_path / "other")}
    wrong = run(
        "restore",
        place,
        "--keys",
        keys,
        home="wrong",
        KINBIND_MASTER_KEY_FILE=str(tmp_path / "old.key"),
        **other,
    )
    assert wrong.exit_code != 0
    other = {"XDG_CONFIG_HOME": str(tmp_path / "another")}
    (tmp_path / "service.py").write_text(
        f"import base64; print(base64.b64encode({key_file.read_bytes()!r}).decode())"
    )
    command = f"{sys.executable} {tmp_path / 'service.py'}"
    right = run(
        "restore", place, "--keys", keys, home="right", KINBIND_MASTER_KEY_COMMAND=command, **other
    )
    assert right.exit_code == 0, right.output
    assert run("audit", "verify").exit_code == 0
