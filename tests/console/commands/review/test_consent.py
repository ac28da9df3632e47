"""`kinbind consent`: texts, taking a consent back, deletion on request."""

import json

import pytest
from typer.testing import CliRunner

from console.cli import app
from console.commands.acting import os_account
from models.staff.staff_member import StaffRole
from storage.bootstrap import using_repositories
from storage.settings import Settings
from tests.tasks.checks.dossiers import child_in_book
from tests.tasks.policy.conftest import RECEIVED, decide_dossier


@pytest.fixture
def kinbind(tmp_path, monkeypatch):
    monkeypatch.setenv("KINBIND_HOME", str(tmp_path / "home"))
    return lambda *words: CliRunner().invoke(app, ["consent", *words])


@pytest.fixture
def bound(tmp_path, kinbind):
    with using_repositories(Settings(home=tmp_path / "home")) as opened:
        opened.staff.add("clerk", StaffRole.REVIEWER)
        opened.staff.set_os_user("clerk", os_account())
        decide_dossier(opened, child_in_book(), "A1", RECEIVED)


@pytest.mark.parametrize("kind", ["notice", "commitment", "face"])
def test_each_text_in_force_is_shown_in_both_languages(kinbind, kind):
    result = kinbind("text", kind, "--json")
    assert result.exit_code == 0, result.output
    text = json.loads(result.output)
    assert len(text["zh"]) == len(text["en"])
    assert text["title"]["zh"] in kinbind("text", kind).output


def test_a_version_that_there_is_not_ends_with_one(kinbind):
    assert kinbind("text", "notice", "--version", "1999").exit_code == 1
    assert kinbind("text", "nothing").exit_code == 2


def test_a_consent_is_taken_back(kinbind, bound):
    result = kinbind("withdraw", "A1", "--kind", "notice", "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.output) == {"rounds": 1, "faces_deleted": 0, "binding": "suspended"}
    assert kinbind("withdraw", "A2", "--kind", "notice").exit_code == 1


def test_deletion_is_refused_while_the_binding_is_in_force(kinbind, bound):
    words = ("delete", "A1", "--asked-by", "member")
    assert kinbind(*words).exit_code == 1
    assert json.loads(kinbind(*words, "--json").output)["refused"] == "bound"
