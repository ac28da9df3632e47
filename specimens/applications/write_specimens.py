"""Applications as folders, each with its truth beside it."""

import json
from collections.abc import Iterable
from pathlib import Path

from specimens.applications.demo import demo_situations
from specimens.applications.invented_application import (
    InventedApplication,
    Progress,
    choose_situations,
    each_application,
)
from specimens.printing.typefaces import StyleSet


def write_specimens(
    folder: Path,
    *,
    count: int,
    seed: int,
    level: str = "phone",
    style_set: StyleSet = "tuning",
    numbered: bool = True,
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
        numbered: False draws members' pages without a household number.
        progress: Called with the number done and the number wanted.

    Returns:
        The applications' folders.
    """
    applications = each_application(
        choose_situations(count, seed), seed, level, style_set=style_set, numbered=numbered
    )
    return _write(folder, applications, count, progress)


def write_demo(
    folder: Path, *, seed: int = 1, level: str = "phone", progress: Progress | None = None
) -> list[Path]:
    """Draw the demonstration's situations into a folder; see `write_specimens`."""
    situations = demo_situations()
    return _write(folder, each_application(situations, seed, level), len(situations), progress)


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
    applications: Iterable[InventedApplication],
    wanted: int,
    progress: Progress | None,
) -> list[Path]:
    written = []
    for application in applications:
        written.append(write_application(application, folder))
        if progress:
            progress(len(written), wanted)
    return written
