"""Undo quarter turns: of pixels, of points, and back again."""

import cv2
import numpy as np

from models.reading.document import Point, Quad
from tasks.reading.files.decode import Pixels

_CODES = {
    90: cv2.ROTATE_90_CLOCKWISE,
    180: cv2.ROTATE_180,
    270: cv2.ROTATE_90_COUNTERCLOCKWISE,
}


def turn_image(image: Pixels, degrees: int) -> Pixels:
    """The image turned clockwise by 0, 90, 180 or 270 degrees."""
    return np.asarray(cv2.rotate(image, _CODES[degrees]), np.uint8) if degrees else image


def turn_quad(quad: Quad, degrees: int, size: tuple[int, int]) -> Quad:
    """Where a quad comes to lie when its image is turned clockwise.

    Args:
        quad: Corners before the turn.
        degrees: 0, 90, 180 or 270.
        size: Width and height of the image before the turn.
    """
    a, b, c, d = (_turn(point, degrees, size) for point in quad)
    return a, b, c, d


def _turn(point: Point, degrees: int, size: tuple[int, int]) -> Point:
    x, y = point
    width, height = size
    if degrees == 90:
        return height - y, x
    if degrees == 180:
        return width - x, height - y
    if degrees == 270:
        return y, width - x
    return x, y
