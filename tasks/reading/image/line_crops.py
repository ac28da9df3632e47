"""Cut a line of text out of a picture, straight and at the height that a reader wants."""

import math
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from models.reading.document import Point, Quad
from tasks.reading.files.decode import Pixels

MAX_WIDTH: Final = 1600


def cut_line(
    image: Pixels, quad: Quad, height: int, *, border: float = 0.0, stretch: float = 1.0
) -> Pixels:
    """The quad's content as an upright strip.

    Args:
        image: Where to cut.
        quad: Corners in pixels of `image`, from the text's upper left, clockwise.
        height: Height of the strip in pixels.
        border: What is added on every side, as a share of the line's height.
        stretch: How much wider than natural the strip is made.
    """
    corners = np.asarray(quad, dtype=np.float32)
    if border:
        corners = grow(corners, border)
    across = (math.dist(corners[0], corners[1]) + math.dist(corners[3], corners[2])) / 2
    down = (math.dist(corners[0], corners[3]) + math.dist(corners[1], corners[2])) / 2
    width = int(np.clip(round(height * stretch * across / max(down, 1.0)), 8, MAX_WIDTH))
    source, corners = _reduced(image, corners, down / height)
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(corners, target)
    strip = cv2.warpPerspective(
        source, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(strip, dtype=np.uint8)


def reduced(image: Pixels, long_side: int) -> Pixels:
    """The image with its long side at most `long_side` pixels."""
    scale = long_side / max(image.shape[:2])
    if scale >= 1:
        return image
    size = (max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale)))
    while min(image.shape[:2]) >= 4 and scale <= 0.5:  # exact halves are several times faster
        height, width = image.shape[0] // 2, image.shape[1] // 2
        even = image[: 2 * height, : 2 * width]
        image = np.asarray(
            cv2.resize(even, (width, height), interpolation=cv2.INTER_AREA), np.uint8
        )
        scale *= 2
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def even_contrast(strip: Pixels) -> Pixels:
    """The strip on even white, its darkest ink black: faint print becomes plain."""
    grey = cv2.cvtColor(strip, cv2.COLOR_BGR2GRAY).astype(np.float32)
    ground = cv2.blur(cv2.dilate(grey, np.ones((5, 5), np.uint8)), (31, 31))
    ink = np.clip(ground - grey, 0, None)
    strength = max(float(np.percentile(ink, 99.5)), 12.0)
    plain = np.clip(255 - ink * (255 / strength), 0, 255).astype(np.uint8)
    return np.asarray(cv2.cvtColor(plain, cv2.COLOR_GRAY2BGR), dtype=np.uint8)


def grow(corners: NDArray[np.float32], share: float) -> NDArray[np.float32]:
    """Move a quad's sides outwards by a share of its height."""
    along = corners[1] - corners[0]
    down = corners[3] - corners[0]
    length, height = float(np.linalg.norm(along)), float(np.linalg.norm(down))
    if length < 1 or height < 1:
        return corners
    a, d = along / length * height * share, down * share
    moves = np.array([-a - d, a - d, a + d, -a + d], dtype=np.float32)
    return np.asarray(corners + moves, dtype=np.float32)


def inner_quad(quad: Quad, start: float, stop: float) -> Quad:
    """The part of a line between two places along it (0 left to 1 right)."""
    ul, ur, lr, ll = quad

    def between(left: Point, right: Point, place: float) -> Point:
        return (
            left[0] + (right[0] - left[0]) * place,
            left[1] + (right[1] - left[1]) * place,
        )

    return (
        between(ul, ur, start),
        between(ul, ur, stop),
        between(ll, lr, stop),
        between(ll, lr, start),
    )


def scaled_quad(quad: Quad, factor: float) -> Quad:
    """The quad on a picture that is `factor` times as large."""
    a, b, c, d = ((x * factor, y * factor) for x, y in quad)
    return a, b, c, d


def _reduced(
    image: Pixels, corners: NDArray[np.float32], shrink: float
) -> tuple[Pixels, NDArray[np.float32]]:
    """The neighbourhood of a quad, averaged down first where the strip is much smaller.

    Interpolation alone would skip pixels and leave the noise of a big photograph in the strip.
    """
    low = np.floor(corners.min(axis=0)).astype(int) - 2
    high = np.ceil(corners.max(axis=0)).astype(int) + 3
    left, top = max(0, low[0]), max(0, low[1])
    right, bottom = min(image.shape[1], high[0]), min(image.shape[0], high[1])
    if right - left < 2 or bottom - top < 2:
        return image, corners
    part = image[top:bottom, left:right]
    corners = (corners - np.array([left, top])).astype(np.float32)
    if shrink < 1.7:
        return part, corners
    size = (max(2, round(part.shape[1] / shrink)), max(2, round(part.shape[0] / shrink)))
    factors = np.array([size[0] / part.shape[1], size[1] / part.shape[0]], dtype=np.float32)
    small = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.uint8), (corners * factors).astype(np.float32)
