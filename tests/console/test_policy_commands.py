import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from console.cli import app

FOLDER = Path(__file__).parents[2] / "policies"


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
    assert any("broken.yaml:1: not YAML" in fault for fault in faults)
    assert any("none.yaml" in fault for fault in faults)


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
