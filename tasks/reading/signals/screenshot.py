"""Whether a picture is a telephone's screenshot: flat bars stand above and below what was shown."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from tasks.reading.files.picture import Pixels

_UPRIGHT: Final = 1.7
"""Height by width: telephones' screens have 1.78 and more, photographs and scans 1.33 to 1.78."""
_LIKE: Final = 10
"""Grey levels within which a bar has one colour; JPEG leaves 2 beside its letters."""
_FILLED: Final = 0.6  # of a row: the clock and the buttons of a bar leave more
_HIGH: Final = 0.04  # of the picture's height, that a bar has at least
_DARK, _LIGHT = 48, 225
"""Grey levels of bars: programs draw them nearly black or nearly white."""
_STILL: Final = 1.5
"""Standard deviation of a bar between its signs, grey levels; photographed grounds 2 and more."""
_TOP: Final = 0.06  # of the picture's height, where a clock and other signs stand
_MARKED: Final = 0.001
"""Share of the top that clock and signs cover at least; margins of a scan bear none."""
_MOST_MARKED: Final = 0.12
_SIDE: Final = 800  # pixels at which the picture is looked at


def is_screenshot(image: Pixels) -> bool:
    """Whether bars of one colour, the upper one with signs in it, stand above and below a picture.

    Args:
        image: The whole picture as a viewer shows it.
    """
    if image.shape[0] < _UPRIGHT * image.shape[1]:
        return False
    grey = _small(image)
    above, below = _bar(grey), _bar(grey[::-1])
    if min(len(above), len(below)) < _HIGH * len(grey):
        return False
    if len(above) + len(below) > 2 * len(grey) - 2 or abs(_colour(above) - _colour(below)) > _LIKE:
        return False
    top = above[: round(_TOP * len(grey))].astype(np.int16)
    marks = float((np.abs(top - _colour(above)) > 4 * _LIKE).mean())
    return _MARKED <= marks <= _MOST_MARKED and max(_unrest(above), _unrest(below)) <= _STILL


def _small(image: Pixels) -> NDArray[np.uint8]:
    scale = min(1.0, _SIDE / image.shape[0])
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.uint8)


def _bar(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The rows from above that are nearly all of one colour; none of a colour that is no bar's."""
    colour = _colour(grey[: max(1, round(_HIGH * len(grey)))])
    if _DARK < colour < _LIGHT:
        return grey[:0]
    like = (np.abs(grey.astype(np.int16) - colour) <= _LIKE).mean(axis=1) >= _FILLED
    return grey[: int(np.argmin(like)) if not like.all() else len(grey)]


def _colour(rows: NDArray[np.uint8]) -> int:
    return int(np.median(rows))


def _unrest(rows: NDArray[np.uint8]) -> float:
    """How much the bare part of a bar varies, grey levels."""
    values = rows.astype(np.float32)
    bare = values[np.abs(values - _colour(rows)) <= _LIKE]
    return float(bare.std()) if bare.size else 255.0
