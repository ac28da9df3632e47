"""From the detector's probability map to quadrilaterals around lines of text."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from models.reading.document import Quad

INK_THRESHOLD: Final = 0.3
BOX_THRESHOLD: Final = 0.5
UNCLIP_RATIO: Final = 1.6  # the network is trained on shrunken boxes; this grows them back
MIN_SHORT_SIDE: Final = 3.0


def text_boxes(probability: NDArray[np.float32], scale: float) -> tuple[Quad, ...]:
    """Boxes around the connected areas of text.

    Args:
        probability: Height x width, 0 to 1.
        scale: What the map's pixels are multiplied by to give the image's pixels.
    """
    ink = (probability > INK_THRESHOLD).astype(np.uint8)
    contours, _ = cv2.findContours(ink, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    boxes = []
    for outline in contours:
        contour = np.asarray(outline, dtype=np.int32)
        centre, (width, height), angle = cv2.minAreaRect(contour)
        if (
            min(width, height) < MIN_SHORT_SIDE
            or _mean_inside(probability, contour) < BOX_THRESHOLD
        ):
            continue
        grow = 2 * width * height * UNCLIP_RATIO / (2 * (width + height))
        corners = cv2.boxPoints((centre, (width + grow, height + grow), angle)) * scale
        a, b, c, d = ((float(x), float(y)) for x, y in corners)
        boxes.append(from_upper_left((a, b, c, d)))
    return tuple(boxes)


def from_upper_left(quad: Quad) -> Quad:
    """The same quad clockwise from the corner nearest to the picture's upper left."""
    corners = np.asarray(quad, dtype=np.float64)
    middle = corners.mean(axis=0)
    ring = corners[np.argsort(np.arctan2(*(corners - middle).T[::-1]))]
    ring = np.roll(ring, -int(np.argmin(ring.sum(axis=1))), axis=0)
    a, b, c, d = ((float(x), float(y)) for x, y in ring)
    return a, b, c, d


def _mean_inside(probability: NDArray[np.float32], contour: NDArray[np.int32]) -> float:
    x, y, width, height = cv2.boundingRect(contour)
    mask = np.zeros((height, width), dtype=np.uint8)
    cv2.fillPoly(mask, [contour - np.array([x, y])], 1)
    return float(cv2.mean(probability[y : y + height, x : x + width], mask)[0])
