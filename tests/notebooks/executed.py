"""Executes notebooks in one kernel: to start one takes longer than most notebooks."""

import base64
from pathlib import Path
from typing import NamedTuple

import jupytext  # type: ignore[import-untyped]
import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
NAMES = tuple(sorted(p.stem for p in FOLDER.glob("*.py") if p.read_text().startswith("# %%")))


class Executed(NamedTuple):
    """What a notebook showed: sentences, pictures as PNG, warnings, and what it printed last."""

    sentences: list[str]
    pictures: list[bytes]
    warnings: list[str]
    printed: str


def execute(asked, *, after=None):
    """Execute notebooks over folders, one after another, each with a clean namespace.

    Args:
        asked: Name of a notebook, folder of its tables, and file of a replay or None.
        after: Name of a notebook to code that is run at its end.
    """
    book = nbformat.v4.new_notebook()
    spans = []
    for name, folder, replay in asked:
        start = len(book.cells)
        book.cells.append(nbformat.v4.new_code_cell(_clean(folder, replay)))
        book.cells += jupytext.read(FOLDER / f"{name}.py").cells
        book.cells.append(nbformat.v4.new_code_cell((after or {}).get(name, "")))
        spans.append(slice(start, len(book.cells)))
    for cell in book.cells:
        cell.pop("id", None)
    where = {"metadata": {"path": str(FOLDER)}}
    NotebookClient(book, kernel_name="python3", timeout=120, resources=where).execute()
    return [_told(book.cells[span]) for span in spans]


def _clean(folder, replay):
    return "\n".join(
        (
            "%reset -f",
            "import os, tempfile",
            f"os.environ['KINBIND_DATASET'] = {str(folder)!r}",
            f"os.environ['KINBIND_REPLAY'] = {str(replay or folder / 'no-replay')!r}",
            "%reset -f",
        )
    )


def _told(cells):
    outputs = [output for cell in cells for output in cell.get("outputs", ())]
    shown = [output["data"] for output in outputs if "data" in output]
    printed = [o["text"] for o in outputs if o.get("name") == "stdout"]
    return Executed(
        sentences=[data["text/markdown"] for data in shown if "text/markdown" in data],
        pictures=[base64.b64decode(data["image/png"]) for data in shown if "image/png" in data],
        warnings=[output["text"] for output in outputs if output.get("name") == "stderr"],
        printed=printed[-1] if printed else "",
    )
