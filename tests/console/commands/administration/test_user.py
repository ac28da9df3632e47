"""`kinbind user`: people are registered, shut out and given new passwords."""

import json
import re

from typer.testing import CliRunner

from console.cli import app
from models.staff.staff_member import StaffError


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


def test_a_role_that_is_none_is_refused_with_those_that_are(tmp_path):
    env = {"KINBIND_HOME": str(tmp_path / "home")}
    refused = CliRunner().invoke(app, ["user", "add", "lin", "--role", "boss"], env=env)
    assert refused.exit_code == 2
    for role in ("boss", "reviewer", "senior", "auditor", "operator", "admin"):
        assert role in refused.output
    assert not (tmp_path / "home").exists()
