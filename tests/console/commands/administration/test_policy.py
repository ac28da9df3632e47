import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from console.cli import app
from kinbind.frames import load_replay
from storage.bootstrap import using_repositories
from storage.settings import Settings
from tests.tasks.checks.dossiers import child_in_book
from tests.tasks.policy.conftest import RECEIVED, decide_dossier

FOLDER = Path(__file__).parents[4] / "policies"


@pytest.fixture
def kinbind(tmp_path, monkeypatch):
    monkeypatch.setenv("KINBIND_HOME", str(tmp_path / "home"))
    return lambda *words: CliRunner().invoke(app, ["policy", *words])


@pytest.fixture
def folder(tmp_path, monkeypatch):
    copy = Path(shutil.copytree(FOLDER, tmp_path / "policies"))
    monkeypatch.setenv("KINBIND_POLICIES", str(copy))
    return copy


def altered(path: Path, *changes: tuple[str, str]) -> Path:
    text = path.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")
    return path


def test_the_shipped_policies_are_sound(kinbind):
    result = kinbind("check")
    assert result.exit_code == 0, result.output


def test_every_mistake_of_every_file_is_told_at_once(kinbind, folder):
    altered(folder / "henan.yaml", ("max_applicants_per_person", "max_applicant_per_person"))
    national = altered(folder / "national.yaml", ("minor_max_age: 15", "minor_max_age: old"))
    result = kinbind("check")
    assert result.exit_code == 2
    lines = national.read_text("utf-8").splitlines()
    line = next(i for i, text in enumerate(lines, 1) if "minor_max_age: old" in text)
    assert f"national.yaml:{line}: ages.minor_max_age" in result.output
    assert "did you mean max_applicants_per_person?" in result.output


def test_a_single_file_is_checked_among_the_others_of_its_folder(kinbind, folder, tmp_path):
    draft = shutil.copy(folder / "henan.yaml", tmp_path / "draft.yaml")
    assert kinbind("check", str(draft)).exit_code == 0
    altered(Path(draft), ("extends: national", "extends: nation"))
    result = kinbind("check", str(draft))
    assert result.exit_code == 2
    assert "draft.yaml:" in result.output
    assert "extends nation" in result.output


def test_a_file_that_is_not_there_or_no_yaml_is_named(kinbind, tmp_path):
    broken = tmp_path / "broken.yaml"
    broken.write_text("name: [", "utf-8")
    result = kinbind("check", str(broken), str(tmp_path / "none.yaml"), "--json")
    assert result.exit_code == 2
    faults = json.loads(result.output)["faults"]
    assert any(f["file"] == "broken.yaml" and "not YAML" in f["en"] for f in faults)
    assert any(f["file"] == "none.yaml" for f in faults)


def test_show_names_value_source_and_line(kinbind):
    result = kinbind("show", "--region", "410100", "--date", "2026-11-20")
    assert result.exit_code == 0
    assert "henan.yaml ← national.yaml" in result.output
    assert "每人最多被绑定次数：1" in result.output
    as_json = json.loads(
        kinbind("show", "--region", "410100", "--date", "2026-11-20", "--json").output
    )
    assert as_json["version"].startswith("henan.yaml@")


@pytest.mark.parametrize(
    "words",
    [("--region", "41"), ("--region", "410100", "--product", "lottery")],
)
def test_wrong_use_ends_with_two(kinbind, words):
    assert kinbind("show", *words).exit_code == 2


def test_a_broken_table_beside_the_policies_is_told(kinbind, folder):
    (folder / "calendar_overrides.csv").write_text("date,working\n2027-02-30,no\n", "utf-8")
    (folder / "divisions.csv").write_text("code,name,from,to,source\nx\n", "utf-8")
    result = kinbind("check")
    assert result.exit_code == 2
    assert "calendar_overrides.csv:2:" in result.output
    assert "divisions.csv:2" in result.output


def test_explain_and_replay_speak_of_a_decided_application(kinbind, tmp_path):
    with using_repositories(Settings(home=tmp_path / "home")) as opened:
        decide_dossier(opened, child_in_book(), "A1", RECEIVED)
    explained = kinbind("explain", "A1")
    assert explained.exit_code == 0, explained.output
    assert "✓ 亲属关系得到证明 relationship_is_proven    规则 rules R10 R11 R28" in explained.output
    assert json.loads(kinbind("explain", "A1", "--json").output)["outcome"] == "approved"
    table = tmp_path / "replay.parquet"
    asked = ("--policy", str(FOLDER), "--since", "2026-11-01", "--table", str(table))
    replayed = kinbind("replay", *asked)
    assert replayed.exit_code == 0, replayed.output
    assert "replayed 1，结果不变 unchanged 1" in replayed.output
    (row,) = load_replay(table, engine="arrow").to_pylist()
    assert (row["was"], row["becomes"], row["applications"]) == ("approved", "approved", 1)


def test_an_unknown_application_ends_with_one(kinbind):
    assert kinbind("explain", "nobody").exit_code == 1
