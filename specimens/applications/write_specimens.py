"""Applications as folders, each with its truth beside it."""

import json
from pathlib import Path

from specimens.applications.demo import demo_situations
from specimens.applications.invented_application import (
    InventedApplication,
    Progress,
    choose_situations,
    each_application,
)
from specimens.printing.typefaces import StyleSet
from specimens.situations.situation import Situation


def write_specimens(
    folder: Path,
    *,
    count: int,
    seed: int,
    level: str = "phone",
    style_set: StyleSet = "tuning",
    progress: Progress | None = None,
) -> list[Path]:
    """Draw applications into a folder; the same seed writes the same bytes.

    Args:
        folder: Made where it is missing. Each application becomes `folder/<id>/`, its truth
            `folder/<id>.truth.json` (inside the folder it would be a file that nobody named).
        count: How many.
        seed: 0 to 9,999 for tuning; from 90,000 on for measuring only.
        level: "scan", "phone", "hard" or "mixed".
        style_set: "held_out" takes typefaces and layouts that tuning never sees.
        progress: Called with the number done and the number wanted.

    Returns:
        The applications' folders.
    """
    return _write(folder, choose_situations(count, seed), seed, level, style_set, progress)


def write_demo(
    folder: Path, *, seed: int = 1, level: str = "phone", progress: Progress | None = None
) -> list[Path]:
    """Draw the demonstration's situations into a folder; see `write_specimens`."""
    return _write(folder, demo_situations(), seed, level, "tuning", progress)


def write_application(application: InventedApplication, folder: Path) -> Path:
    """Write one application's folder and its truth; the folder."""
    target = folder / application.application_id
    target.mkdir(parents=True, exist_ok=True)
    for name, data in application.files.items():
        (target / name).write_bytes(data)
    (target / "application.json").write_bytes(application.form_bytes)
    truth = json.dumps(application.truth, ensure_ascii=False, indent=2)
    (folder / f"{application.application_id}.truth.json").write_text(truth + "\n", encoding="utf-8")
    return target


def _write(
    folder: Path,
    situations: list[Situation],
    seed: int,
    level: str,
    style_set: StyleSet,
    progress: Progress | None,
) -> list[Path]:
    written = []
    for application in each_application(situations, seed, level, style_set=style_set):
        written.append(write_application(application, folder))
        if progress:
            progress(len(written), len(situations))
    return written
