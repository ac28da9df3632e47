"""Prepare pixels for a reader: cut out lines, reduce, turn, take grain and red ink away."""

import math
from typing import Any, Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from models.reading.document import Quad
from tasks.reading.files.picture import Pixels
from tasks.reading.image.grey_levels import median

MAX_WIDTH: Final = 1600
_CODES = {
    90: cv2.ROTATE_90_CLOCKWISE,
    180: cv2.ROTATE_180,
    270: cv2.ROTATE_90_COUNTERCLOCKWISE,
}
GRAINY: Final = 1.2
"""Standard deviation, in grey levels, from which reading suffers more from grain than from blur."""
_SIGMA: Final = 1.0  # pixels
_SAMPLE: Final = 640  # pixels of the middle that are measured
_KERNEL: Final = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
"""Answers to grain, hardly to edges; its gain on white noise is 6."""
SEAL_SHARE: Final = 0.0006  # of the picture; a small seal on a page photographed from afar
_RED_INK: Final = 35  # how much redder than the paper the ink of a seal is at least
_THUMB: Final = 480
Channel = NDArray[np.integer[Any] | np.floating[Any]]


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
    across, down = _sides(corners)
    width = _strip_width(across, down, height * stretch)
    source, corners = _reduced(image, corners, down / height)
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(corners, target)
    strip = cv2.warpPerspective(
        source, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(strip, dtype=np.uint8)


def strip_width(quad: Quad, height: int) -> int:
    """How wide `cut_line` makes the strip of a quad, pixels."""
    return _strip_width(*_sides(np.asarray(quad, dtype=np.float32)), height)


def _sides(corners: NDArray[np.float32]) -> tuple[float, float]:
    """The mean length of a quad's long sides, and of its short ones."""
    across = (math.dist(corners[0], corners[1]) + math.dist(corners[3], corners[2])) / 2
    down = (math.dist(corners[0], corners[3]) + math.dist(corners[1], corners[2])) / 2
    return across, down


def _strip_width(across: float, down: float, height: float) -> int:
    return min(max(round(height * across / max(down, 1.0)), 8), MAX_WIDTH)


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


def turn_image(image: Pixels, degrees: int) -> Pixels:
    """The image turned clockwise by 0, 90, 180 or 270 degrees."""
    return np.asarray(cv2.rotate(image, _CODES[degrees]), np.uint8) if degrees else image


def grain(image: Pixels) -> float:
    """The noise of a picture: a robust standard deviation in grey levels."""
    height, width = image.shape[:2]
    top, left = max(0, (height - _SAMPLE) // 2), max(0, (width - _SAMPLE) // 2)
    middle = image[top : top + _SAMPLE, left : left + _SAMPLE]
    grey = cv2.cvtColor(middle, cv2.COLOR_BGR2GRAY)
    answer = np.abs(cv2.filter2D(grey, cv2.CV_16S, _KERNEL)).astype(np.uint16)
    return median(answer) / 0.6745 / 6


def without_grain(image: Pixels) -> Pixels:
    """The picture smoothed where it is grainy; the same picture where it is not."""
    if grain(image) < GRAINY:
        return image
    return np.asarray(cv2.GaussianBlur(image, (0, 0), _SIGMA), np.uint8)


class SealTint(NamedTuple):
    """How much redder than green, and than blue, the paper itself is; negative on green paper."""

    over_green: int
    over_blue: int


def paper_tint(image: Pixels) -> SealTint | None:
    """The paper's own tint; None where no red ink is seen on the picture."""
    small = reduced(image, _THUMB)
    blue, green, red = (small[:, :, i].astype(np.int16) for i in range(3))
    paper = green >= median(small[:, :, 1])
    tint = SealTint(_middle((red - green)[paper]), _middle((red - blue)[paper]))
    excess = red - np.maximum(blue, green) - min(tint)
    return tint if float((excess > _RED_INK).mean()) >= SEAL_SHARE else None


def _middle(differences: NDArray[np.int16]) -> int:
    """The median of differences of grey levels, towards 0."""
    return int(median((differences + 255).astype(np.uint16)) - 255)


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
    return np.asarray(cv2.subtract(channel, np.array([amount, 0, 0, 0], np.float64)), np.uint8)
