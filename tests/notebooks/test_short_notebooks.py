"""Notebooks that ask `kinbind.frames.questions` and draw the answers."""

import contextlib
from pathlib import Path

import jupytext  # type: ignore[import-untyped]
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
PICTURES = {"false_approvals": 1, "fairness": 5}


@pytest.fixture(scope="module")
def dataset(history):
    return history.tables


def run(name, folder):
    """Its sentences, and how many pictures it shows."""
    book = jupytext.read(FOLDER / f"{name}.py")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KINBIND_DATASET", str(folder))
        where = {"metadata": {"path": str(FOLDER)}}
        NotebookClient(book, kernel_name="python3", timeout=120, resources=where).execute()
    outputs = [output for cell in book.cells for output in cell.get("outputs", ())]
    assert [one for one in outputs if one.get("name") == "stderr"] == []
    shown = [one["data"] for one in outputs if "data" in one]
    said = [data["text/markdown"] for data in shown if "text/markdown" in data]
    return said, sum("image/png" in data for data in shown)


@pytest.mark.parametrize("name", PICTURES)
def test_it_begins_with_the_answer_and_draws_it(name, dataset):
    said, pictures = run(name, dataset)
    assert pictures == PICTURES[name]
    assert len(said) == 1
    assert "kinbind dataset" not in said[0]


@pytest.mark.parametrize("name", PICTURES)
def test_without_tables_it_says_what_to_do(name, tmp_path):
    with contextlib.chdir(tmp_path):
        said, pictures = run(name, tmp_path / "nothing")
    assert pictures == 0
    assert "kinbind dataset" in said[0]
