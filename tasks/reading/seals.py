"""Red seals: whether there is one, and the text under it without it.

The red channel of a photograph hardly shows red ink and shows black and blue ink fully. So
green and blue are lifted to the red's level wherever red stands out from the paper's own tint;
all other pixels keep their values, unlike with a mask that paints over what it takes for a seal.
"""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from tasks.reading.decode import Pixels

SEAL_SHARE: Final = 0.0006  # of the picture; a small seal on a page photographed from afar
_INK: Final = 35  # how much redder than the paper the ink of a seal is at least
_TOLERANCE: Final = 2
_THUMB: Final = 480


def paper_tint(image: Pixels) -> int | None:
    """How much redder than green and blue the paper itself is; None where no red ink is seen."""
    excess = _excess(_reduced(image))
    tint = int(np.median(excess))
    return tint if float((excess - tint > _INK).mean()) >= SEAL_SHARE else None


def without_red(image: Pixels, tint: int) -> Pixels:
    """The picture with red ink faded to the paper's colour.

    Args:
        image: All of it or a part.
        tint: The paper's own redness, as `paper_tint` measured it on the whole.
    """
    blue, green, red = cv2.split(image)
    floor = cv2.subtract(red, max(0, tint) + _TOLERANCE)
    merged = cv2.merge([cv2.max(blue, floor), cv2.max(green, floor), red])
    return np.asarray(merged, dtype=np.uint8)


def _reduced(image: Pixels) -> Pixels:
    scale = min(1.0, _THUMB / max(image.shape[:2]))
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.uint8)


def _excess(image: Pixels) -> NDArray[np.int16]:
    blue, green, red = (image[:, :, i].astype(np.int16) for i in range(3))
    return np.asarray(red - np.maximum(blue, green), dtype=np.int16)
