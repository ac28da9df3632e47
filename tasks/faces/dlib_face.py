"""The second face engine: dlib's descriptor, as a second opinion and as the fallback."""

from functools import cache
from importlib.util import find_spec
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from models.errors import MissingPartError
from tasks.faces.sface import Pixels

_FIND_SIDE: Final = 480
_NEEDED: Final = ("pkg_resources", "dlib", "face_recognition_models", "face_recognition")


class DlibEngine:
    """Distance between the largest faces of two pictures."""

    name: Final = "dlib-resnet-v1"

    def __init__(self, library: Any) -> None:  # noqa: ANN401  (a module without types)
        """Wrap the loaded library."""
        self._library = library

    def distance(self, one: Pixels, other: Pixels) -> float | None:
        """Euclidean distance of the descriptors, 0 to about 1.4; lower is closer.

        Returns:
            None where this engine finds no face in one of the pictures.
        """
        first, second = self.describe(one), self.describe(other)
        if first is None or second is None:
            return None
        return float(np.linalg.norm(first - second))

    def describe(self, image: Pixels) -> NDArray[np.float64] | None:
        """The descriptor of the largest face, 128 numbers; None where none is found."""
        rgb = np.ascontiguousarray(cv2.cvtColor(_no_larger(image), cv2.COLOR_BGR2RGB))
        # A second, finer look costs four times as much; a turned head often needs it.
        places = self._library.face_locations(rgb, 1) or self._library.face_locations(rgb, 2)
        if not places:
            return None
        largest = max(places, key=lambda p: (p[2] - p[0]) * (p[1] - p[3]))
        return np.asarray(self._library.face_encodings(rgb, [largest])[0], np.float64)


def _no_larger(image: Pixels) -> Pixels:
    """This detector wants faces of 80 pixels; a larger picture only costs time."""
    scale = min(1.0, _FIND_SIDE / max(image.shape[:2]))
    smaller = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(smaller, np.uint8)


@cache
def dlib_engine() -> DlibEngine:
    """This process's engine.

    Raises:
        MissingPartError: A part is not installed, or a model cannot be loaded. What is missing is
            looked for before the import, because the library ends the whole interpreter then.
    """
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        named = ", ".join(missing)
        msg = (
            f"第二人脸引擎缺少 {named}，请运行 make setup。"
            f" the second face engine lacks {named}; run: make setup"
        )
        raise MissingPartError(msg)
    import warnings

    with warnings.catch_warnings():
        # The library looks its models up through an interface that setuptools has announced to end.
        warnings.simplefilter("ignore")
        try:
            import face_recognition
        except RuntimeError:  # a model that is cut off or replaced
            msg = (
                "第二人脸引擎的模型已损坏，请运行 make setup。"
                " a model of the second face engine is damaged; run: make setup"
            )
            raise MissingPartError(msg) from None
    return DlibEngine(face_recognition)
