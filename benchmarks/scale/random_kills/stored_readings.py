"""An inbox of invented applications whose pictures show nothing, and the readings of them.

What a reader would have read is stored by the picture's digest; `stored_reader` gives it to the
reading process. So a batch of sixty costs seconds, and everything but the engines is real.
"""

import hashlib
import json
import os
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from specimens.history.simulate import SimulatedCase, simulate

_READER: Final = Path(__file__).with_name("stored_reader")


def write_stored(folder: Path, *, count: int, seed: int) -> dict[str, str]:
    """Write `folder/inbox` and the readings beside it.

    Args:
        folder: Where to.
        count: Applications.
        seed: Another one is another inbox.

    Returns:
        The environment in which reading processes give these readings.
    """
    readings = folder / "readings"
    readings.mkdir(parents=True)
    for case in simulate(count, seed=seed):
        _write(case, folder / "inbox", readings)
    path = os.pathsep.join(filter(None, (str(_READER), os.environ.get("PYTHONPATH"))))
    return {"PYTHONPATH": path, "STORED_READINGS": str(readings)}


def _write(case: SimulatedCase, inbox: Path, readings: Path) -> None:
    form = case.dossier.application
    place = inbox / form.application_id
    place.mkdir(parents=True)
    (place / "application.json").write_text(form.model_dump_json(by_alias=True), "utf-8")
    for number, paper in enumerate(case.dossier.readings):
        content = _picture(f"{form.application_id} {number}")
        (place / paper.file).write_bytes(content)
        digest = hashlib.sha256(content).hexdigest()
        stored = paper.model_copy(update={"digest": digest})
        (readings / f"{digest}.json").write_text(stored.model_dump_json(), "utf-8")


def _picture(name: str) -> bytes:
    """A small JPEG that is like no other."""
    seed = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4])
    noise = np.random.default_rng(seed).integers(0, 255, (24, 32, 3), np.uint8)
    return cv2.imencode(".jpg", noise)[1].tobytes()


def outcomes_of(results: Path) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Outcome and codes of each application of a results file."""
    lines = [json.loads(line) for line in results.read_text("utf-8").splitlines()]
    return {
        line["application_id"]: (
            line["outcome"],
            tuple(sorted({found["code"] for found in line["findings"]})),
        )
        for line in lines
    }
