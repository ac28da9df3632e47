"""Blur: how steep the edges of the letters are."""

from itertools import islice
from typing import Final

import cv2
import numpy as np

from models.reading.document import Quad
from tasks.reading.files.decode import Pixels
from tasks.reading.image.line_crops import cut_line
from tasks.reading.signals.scene import PictureScene

_LINES: Final = 3
_HEIGHT: Final = 32
_LEAST_CONTRAST: Final = 25.0  # a pale line says nothing about the lens


def look_at_blur(scene: PictureScene) -> float:
    """0 sharp to 1 unreadable: the steepest steps in the longest lines, against their contrast.

    A step between two pixels of a line that is 32 pixels high is 0.43 of the contrast in a sharp
    picture and below 0.08 where letters run together.
    """
    longest = sorted(scene.quads, key=_length, reverse=True)[: _LINES + 1]
    measured = (_softness(cut_line(scene.image, quad, _HEIGHT)) for quad in longest)
    values = list(islice(filter(None, measured), _LINES))
    return round(float(np.median(values)) - _SHIFT, 3) if values else 0.0


_SHIFT: Final = 1e-6  # a softness of 0 must not pass for "not measured"


def _length(quad: Quad) -> float:
    return float(np.hypot(quad[1][0] - quad[0][0], quad[1][1] - quad[0][1]))


def _softness(strip: Pixels) -> float | None:
    grey = cv2.cvtColor(strip, cv2.COLOR_BGR2GRAY).astype(np.float32)
    low, high = np.percentile(grey[::2, ::2], (2, 98))
    contrast = float(high - low)
    if contrast < _LEAST_CONTRAST:
        return None
    across = float(np.percentile(np.abs(np.diff(grey, axis=1)[::2]), 97)) / contrast
    down = float(np.percentile(np.abs(np.diff(grey, axis=0)[:, ::2]), 97)) / contrast
    return float(np.clip(1.0 - (min(across, down) - 0.08) / 0.35, 0.0, 1.0)) + _SHIFT
