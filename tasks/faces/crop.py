"""Cut the face out of an upright picture, with hair and chin."""

from typing import Final, NamedTuple

import cv2
import numpy as np

from models.reading.document import DocumentKind
from tasks.faces.sface import Face, Pixels, SFaceEngine, sface_engine, smaller

_SMALL_SIDE: Final = 330
"""A portrait on a card photographed from afar is enlarged to this before a face is looked for."""
_MARGIN: Final = 0.45
_BYSTANDER: Final = 0.15
"""A face smaller than this share of the largest one's area is a picture on the wall."""

_CERTAIN: Final = 0.9
"""Detector score of a face that stands upright; turned ones get less."""


class FaceCrop(NamedTuple):
    """The largest face of a picture.

    Attributes:
        image: The face with a margin of nearly half its size.
        faces: Faces of a comparable size on the whole picture.
        sharpness: Laplacian variance of the aligned face, 112 x 112; below 100 is blurred.
    """

    image: Pixels
    faces: int
    sharpness: float


def crop_face(
    image: Pixels, *, kind: DocumentKind, long_side: int | None = None
) -> FaceCrop | None:
    """The largest face of an upright page or selfie; None where none is found.

    Args:
        image: Blue-green-red, upright.
        kind: On a card the right half is looked at again, enlarged, when the whole shows no face.
        long_side: The crop is no larger than it would be on a picture of this long side, pixels.
    """
    share = min(1.0, long_side / max(image.shape[:2])) if long_side else 1.0
    image, found = _looked_for(sface_engine(), image, kind)
    if not found:
        return None
    largest = found[0]
    count = sum(face.area >= _BYSTANDER * largest.area for face in found)
    crop, face = _cut(image, largest)
    if not crop.size:
        return FaceCrop(crop, count, 0.0)
    sharp = sharpness(sface_engine().align(crop, face))
    return FaceCrop(smaller(crop, share) if share < 1 else crop, count, sharp)


def _looked_for(
    engine: SFaceEngine, image: Pixels, kind: DocumentKind
) -> tuple[Pixels, tuple[Face, ...]]:
    """The picture, or the part of it, or the turn of it, that shows faces; and these faces."""
    if kind is not DocumentKind.ID_CARD_PORTRAIT:
        return _upright(engine, image)
    found = engine.find(image)
    if found:
        return image, found
    half = _enlarged(image[:, image.shape[1] // 2 :])
    return half, engine.find(half)


def _upright(engine: SFaceEngine, image: Pixels) -> tuple[Pixels, tuple[Face, ...]]:
    """The picture turned so that its largest face stands upright, and the faces on it.

    No text tells which way up a selfie is, and telephones do lose the mark that says so. The
    detector sees faces in turned ones too, but is less sure of them.
    """
    views = [(image, engine.find(image))]
    if _score(views[0][1]) < _CERTAIN:
        turned = (np.ascontiguousarray(np.rot90(image, turns)) for turns in (1, 2, 3))
        views += [(view, engine.find(view)) for view in turned]
    return max(views, key=lambda view: _score(view[1]))


def _score(found: tuple[Face, ...]) -> float:
    return found[0].score if found else 0.0


def sharpness(aligned: Pixels) -> float:
    """Laplacian variance of an aligned face, grey levels squared; below 100 is blurred."""
    return float(cv2.Laplacian(cv2.cvtColor(aligned, cv2.COLOR_BGR2GRAY), cv2.CV_64F).var())


def _enlarged(image: Pixels) -> Pixels:
    scale = max(1.0, _SMALL_SIDE / min(image.shape[:2]))
    larger = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    return np.asarray(larger, np.uint8)


def _cut(image: Pixels, face: Face) -> tuple[Pixels, Face]:
    """The face with its margin, and where the face is in that."""
    x, y, width, height = face.box
    left, right = x - _MARGIN * width, x + (1 + _MARGIN) * width
    top, bottom = y - _MARGIN * height, y + (1 + _MARGIN) * height
    rows = slice(max(0, int(top)), int(bottom) + 1)
    columns = slice(max(0, int(left)), int(right) + 1)
    x, y = x - columns.start, y - rows.start
    marks = face.marks - np.array([columns.start, rows.start], np.float32)
    cut = np.ascontiguousarray(image[rows, columns])
    return cut, face._replace(box=(x, y, width, height), marks=marks)
