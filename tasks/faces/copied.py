"""Is the selfie a picture of the card's own portrait, and not of the person?

Two photographs of one person differ in light, hair, pose and expression; a photograph of a
photograph differs only in sharpness, tint and perspective. So the two faces are laid over each
other and their fine structure is correlated: copies stay near 1, whatever the camera did to them.
"""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from models.faces.face_verdict import FaceThresholds
from tasks.faces.sface import Pixels

Picture = NDArray[np.float32]

SAME_PICTURE: Final = 0.80
"""Correlation from which two faces are one picture; `tests/tasks/faces/test_copied.py` holds it."""
TOO_ALIKE: Final = 0.95
"""Cosine that two real photographs of one person do not reach (genuine pairs seldom reach 0.75)."""
_SIDE: Final = 112
_CENTRE: Final = (56, 62)
_RADII: Final = (40, 46)
"""The ellipse inside an aligned face that holds no ground and little hair."""
_FINE: Final = 5.0
"""Structure wider than this many pixels is light and shade of the room, not of the face."""
_MOTIONS: Final = (cv2.MOTION_EUCLIDEAN, cv2.MOTION_AFFINE)
"""Ways to lay one over the other; the freer one follows a skewed copy, but at times runs away."""
_PATCH: Final = 72
_ROUNDS: Final = 40
_PRECISION: Final = 1e-4


def is_copied(one: Pixels, other: Pixels, score: float, thresholds: FaceThresholds) -> bool:
    """Whether two aligned faces come from one picture.

    Args:
        one: The selfie's face, 112 x 112.
        other: The portrait's face, 112 x 112.
        score: Cosine of the two.
        thresholds: A cosine this high counts only beside a perceptual hash this near: a person
            who looks like their portrait is no fraud.
    """
    if score >= TOO_ALIKE or picture_likeness(one, other) >= SAME_PICTURE:
        return True
    return (
        score >= thresholds.copied and hash_distance(one, other) <= thresholds.copied_hash_distance
    )


def picture_likeness(one: Pixels, other: Pixels) -> float:
    """Correlation of the fine structure of two aligned faces laid over each other, -1 to 1."""
    first, second = _structure(one), _structure(other)
    inside = _face_mask() > 0
    shift = _shift(first, second)
    views = [_moved(second, shift), *(_laid_over(first, second, shift, kind) for kind in _MOTIONS)]
    return max(_correlation(first[inside], view[inside]) for view in views)


def hash_distance(one: Pixels, other: Pixels) -> int:
    """Bits of 64 in which the perceptual hashes of two aligned faces differ."""
    return int(np.count_nonzero(_perceptual_hash(one) != _perceptual_hash(other)))


def _structure(face: Pixels) -> Picture:
    """Edges and marks, with the light's own gradients taken out and contrast made even."""
    plain = cv2.cvtColor(face, cv2.COLOR_BGR2GRAY).astype(np.float32)
    grey = cv2.GaussianBlur(plain, (0, 0), 1.2)
    fine = grey - cv2.GaussianBlur(grey, (0, 0), _FINE)
    strength = np.sqrt(cv2.GaussianBlur(fine * fine, (0, 0), 2 * _FINE))
    return np.asarray(fine / (strength + 2), np.float32)


def _shift(first: Picture, second: Picture) -> Picture:
    """The movement that brings the second's face under the first's, as a 2 x 3 warp.

    On a small card the detector places the eyes some pixels off; the finer search starts here.
    """
    top, left = (_SIDE - _PATCH) // 2 + 6, (_SIDE - _PATCH) // 2
    patch = first[top : top + _PATCH, left : left + _PATCH]
    found = cv2.matchTemplate(second, patch, cv2.TM_CCOEFF_NORMED)
    _, _, _, (x, y) = cv2.minMaxLoc(found)
    return np.array([[1, 0, x - left], [0, 1, y - top]], np.float32)


def _laid_over(first: Picture, second: Picture, shift: Picture, motion: int) -> Picture:
    """The second, turned (and bent, where the motion allows) to lie over the first."""
    criteria = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, _ROUNDS, _PRECISION)
    try:
        _, warp = cv2.findTransformECC(
            first,
            second,
            shift.copy(),
            motion,
            criteria,
            inputMask=_face_mask(),
            gaussFiltSize=3,
        )
    except cv2.error:
        # The two have nothing in common to lay over: compared as they are.
        return second
    return _moved(second, np.asarray(warp, np.float32))


def _moved(picture: Picture, warp: Picture) -> Picture:
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(picture, warp, (_SIDE, _SIDE), flags=flags), np.float32)


def _face_mask() -> NDArray[np.uint8]:
    mask = np.zeros((_SIDE, _SIDE), np.uint8)
    return np.asarray(cv2.ellipse(mask, _CENTRE, _RADII, 0, 0, 360, 255, -1), np.uint8)


def _correlation(one: Picture, other: Picture) -> float:
    first, second = one - one.mean(), other - other.mean()
    size = float(np.sqrt((first @ first) * (second @ second)))
    return float(first @ second) / size if size > 0 else 0.0


def _perceptual_hash(aligned: Pixels) -> NDArray[np.bool_]:
    """64 signs of the lowest frequencies of the face (pHash)."""
    grey = cv2.resize(cv2.cvtColor(aligned, cv2.COLOR_BGR2GRAY), (32, 32)).astype(np.float32)
    low = np.asarray(cv2.dct(grey))[:8, :8].ravel()
    return np.asarray(low > np.median(low[1:]))
