"""Red seals: whether there is one, and the text under it without it.

The red channel of a photograph hardly shows red ink and shows black and blue ink fully. So
green and blue are lifted to the red's level wherever red stands out from the paper's own tint;
all other pixels keep their values, unlike with a mask that paints over what it takes for a seal.
"""

from typing import Any, Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from tasks.reading.files.decode import Pixels
from tasks.reading.image.line_crops import reduced

SEAL_SHARE: Final = 0.0006  # of the picture; a small seal on a page photographed from afar
_INK: Final = 35  # how much redder than the paper the ink of a seal is at least
_THUMB: Final = 480
Channel = NDArray[np.integer[Any] | np.floating[Any]]


class SealTint(NamedTuple):
    """How much redder than green, and than blue, the paper itself is; negative on green paper."""

    over_green: int
    over_blue: int


def paper_tint(image: Pixels) -> SealTint | None:
    """The paper's own tint; None where no red ink is seen on the picture."""
    small = reduced(image, _THUMB)
    blue, green, red = (small[:, :, i].astype(np.int16) for i in range(3))
    paper = green >= np.median(green)
    tint = SealTint(int(np.median((red - green)[paper])), int(np.median((red - blue)[paper])))
    excess = red - np.maximum(blue, green) - min(tint)
    return tint if float((excess > _INK).mean()) >= SEAL_SHARE else None


def without_red(image: Pixels, tint: SealTint) -> Pixels:
    """The picture with red ink faded to the paper's colour.

    Args:
        image: All of it or a part.
        tint: The paper's own, as measured on the whole.
    """
    blue, green, red = cv2.split(image)
    merged = cv2.merge(
        [
            cv2.max(blue, _less(red, tint.over_blue)),
            cv2.max(green, _less(red, tint.over_green)),
            red,
        ]
    )
    return np.asarray(merged, dtype=np.uint8)


def _less(channel: Channel, amount: int) -> NDArray[np.uint8]:
    """The channel made darker, or brighter by a negative amount, within 0 to 255."""
    return np.clip(channel.astype(np.int16) - amount, 0, 255).astype(np.uint8)
