"""The auditors' questions in a terminal, over a simulated history and a run that was killed."""

import json

import pytest
from typer.testing import CliRunner

from console.cli import app
from kinbind.frames import load
from storage.audit.current_run import in_run
from storage.bootstrap import using_repositories
from storage.settings import Settings
from tasks.verification.batches import open_batch
from tests.tasks.checks.dossiers import child_in_book
from tests.tasks.policy.conftest import RECEIVED, decide_dossier

RUN = "6b1f0c9e-3a53-4f5e-9f7e-1a2b3c4d5e6f"


@pytest.fixture
def audit(history, monkeypatch):
    monkeypatch.setenv("KINBIND_HOME", str(history.settings.home))
    monkeypatch.setenv("KINBIND_MASTER_KEY_FILE", str(history.settings.key_file))
    monkeypatch.setenv("KINBIND_KEY_DATABASE_URL", history.settings.key_database)
    return lambda *words: CliRunner().invoke(app, ["audit", *words])


def lines(result):
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.output.splitlines()]


def test_decisions_are_told_by_person_and_by_the_day_on_which_they_were_given(audit):
    since = ("--since", "2026-01-01", "--until", "2026-12-31")
    told = lines(audit("decisions", *since, "--by", "lin", "--json"))
    assert {one["staff"] for one in told} == {"lin"}
    assert len({one["day"] for one in told}) == len(told) > 5
    (day,) = {told[0]["day"]}
    alone = lines(audit("decisions", "--since", day, "--until", day, "--by", "lin", "--json"))
    assert alone == told[:1]
    assert f"{day}  lin  通过 approved {told[0]['approved']}" in audit("decisions", *since).output


def test_samples_come_with_what_people_said_of_them(audit, history):
    told = lines(audit("samples", "--json"))
    table = load("samples", folder=history.tables)
    assert len(told) == len(table)
    assert sum(one["agreed"] for one in told) == table["agreed"].sum()
    assert "抽检意见 said: 通过 approved" in audit("samples").output


def test_a_search_by_code_finds_the_reasons_in_force_alone(audit, history):
    findings = load("findings", folder=history.tables)
    mine = findings[findings["code"].eq("X05")]
    in_force = mine.loc[mine["in_force"], "case"].nunique()
    assert 0 < in_force < mine["case"].nunique()
    assert len(lines(audit("search", "--code", "x05", "--limit", "999", "--json"))) == in_force
    some = audit("search", "--code", "X05", "--limit", "1").output
    assert "--limit" in some
    assert audit("search", "--code", "Z99").exit_code == 1
    assert audit("search").exit_code == 2


def test_a_run_that_was_killed_is_named_with_what_it_had_decided(tmp_path, monkeypatch):
    monkeypatch.setenv("KINBIND_HOME", str(tmp_path / "home"))
    with using_repositories(Settings(home=tmp_path / "home")) as office, in_run(RUN):
        open_batch(office, "b", RUN)
        decide_dossier(office, child_in_book(), "A1", RECEIVED)
    told = CliRunner().invoke(app, ["audit", "runs"]).output
    assert "没有结束 never came to its end" in told
    assert f"kinbind audit search --run {RUN}" in told
    found = CliRunner().invoke(app, ["audit", "search", "--run", RUN]).output
    assert found.startswith("A1  ")
