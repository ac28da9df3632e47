"""Sensor noise: how much of it a picture has, and the picture with less of it.

A picture taken in bad light and sent small is grainy at the size of strokes. People look past the
grain; a text reader takes it for strokes. A slight blur costs a sharp picture little and gives a
grainy one back.
"""

from typing import Final

import cv2
import numpy as np

from tasks.reading.files.decode import Pixels

GRAINY: Final = 1.2
"""Standard deviation, in grey levels, from which reading suffers more from grain than from blur."""
_SIGMA: Final = 1.0  # pixels
_SAMPLE: Final = 640  # pixels of the middle that are looked at
_KERNEL: Final = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
"""Answers to grain, hardly to edges; its gain on white noise is 6."""


def grain(image: Pixels) -> float:
    """The noise of a picture: a robust standard deviation in grey levels."""
    height, width = image.shape[:2]
    top, left = max(0, (height - _SAMPLE) // 2), max(0, (width - _SAMPLE) // 2)
    middle = image[top : top + _SAMPLE, left : left + _SAMPLE]
    grey = cv2.cvtColor(middle, cv2.COLOR_BGR2GRAY).astype(np.float32)
    answer = np.abs(cv2.filter2D(grey, -1, _KERNEL))
    return float(np.median(answer)) / 0.6745 / 6


def without_grain(image: Pixels) -> Pixels:
    """The picture smoothed where it is grainy; the same picture where it is not."""
    if grain(image) < GRAINY:
        return image
    return np.asarray(cv2.GaussianBlur(image, (0, 0), _SIGMA), np.uint8)
