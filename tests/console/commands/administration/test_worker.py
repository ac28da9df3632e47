"""A worker for an orchestrator elsewhere takes nothing from the folder it is called in."""

import os
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from console.cli import app
from console.server.orchestrator.find_orchestrator import ROOT


class StartedError(Exception):
    """In place of the program that would follow."""


@pytest.fixture
def started(monkeypatch, tmp_path):
    """Calls the command in a folder that anybody may write into; gives what would follow."""
    seen = {}

    def follow(program, words, environment):
        seen.update(folder=Path.cwd(), words=words, environment=environment)
        raise StartedError

    monkeypatch.setattr(os, "execve", follow)
    monkeypatch.setattr("console.server.orchestrator.password.refuse_open", seen.setdefault)
    monkeypatch.setenv("PREFECT_API_URL", "http://orchestrator:4200/api")
    monkeypatch.setenv("KINBIND_HOME", "home")
    (tmp_path / ".env").write_text("PREFECT_API_URL=http://evil:4200/api\n")
    monkeypatch.chdir(tmp_path)

    def call(*words):
        answer = CliRunner().invoke(app, ["worker", *words])
        assert isinstance(answer.exception, StartedError), answer.output
        return seen

    return call


def test_it_stands_in_the_programs_folder_and_works_in_the_home_that_was_named(started, tmp_path):
    seen = started("--queue", "default")
    assert seen["folder"] == ROOT
    assert seen["environment"]["KINBIND_HOME"] == str(tmp_path / "home")
    assert seen["environment"]["PREFECT_API_URL"] == "http://orchestrator:4200/api"
    assert seen["words"][:3] == [sys.executable, "-m", "prefect"]
    assert seen["words"][-2:] == ["--work-queue", "default"]


def test_it_asks_for_the_password_of_the_orchestrator_first(started):
    assert "http://orchestrator:4200/api" in started()


def test_without_an_orchestrator_it_says_what_to_do(monkeypatch):
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    answer = CliRunner().invoke(app, ["worker"])
    assert "PREFECT_API_URL" in str(answer.exception) + answer.output
