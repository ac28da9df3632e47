"""A watermark that was tiled over a whole picture: found by its slant, taken out by its lightness.

People write 仅供办理…使用 across a paper before they send it. Its pieces slant alike, and its ink
is lighter than the print, or nothing beneath could be read. So all that is no darker than the
watermark is made paper, but for the rims of darker strokes.
"""

import math
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from models.reading.document import Quad
from tasks.reading.files.picture import Pixels
from tasks.reading.image.geometry import Matrix, moved_quad
from tasks.reading.image.pixels import cut_line, reduced

SLANT: Final = math.radians(6)
"""From which a line of a levelled page was laid over it. Lines of bent and tilted pages of our own
drawing stay below 3 degrees, watermarks are turned by 8 and more."""
ELONGATED: Final = 2.0  # times its height that a line is long whose slant can be measured
_STEEPEST: Final = math.radians(65)  # what stands steeper is a paper on its side
_PIECES: Final = 3  # that slant alike make a tiled watermark; one alone may be a stamp
_CROSSING: Final = 2
"""Pieces that print runs across, at least: of the lines of a card that lies at a slant beside a
paper none is crossed, and a watermark that crosses nothing does no harm."""
_CROSSED: Final = 0.05  # of a piece's area; the boxes of neighbours may touch
_ALIKE: Final = math.radians(5)
_DARKER: Final = 1.35
"""How many times the watermark's contrast that of the print must be for the two to be told apart;
of five watermarked pages 2.7 to 4.8 times."""
_ABOVE: Final = 1.3
"""Times the contrast of the watermark's strokes that print has: their ink is no even grey."""
_LINE: Final = 24  # pixels of a line's height on which contrast is measured
_STROKES: Final = 97  # percentile of a strip's contrast: the middle of strokes, beside their rims
_UNCROSSED: Final = 25  # percentile of a watermark's pieces: most are crossed by print
_GROUND_SIDE: Final = 480  # pixels of the longer side on which the paper's own colour is measured
_GROUND: Final = 31  # pixels of that; wider than a stroke of print, narrower than a shadow
Contrast = NDArray[np.uint8]


def slant(quad: Quad, matrix: Matrix) -> float | None:
    """How far a line slants on the levelled page, radians; None of one too short to tell."""
    corners = np.asarray(moved_quad(quad, matrix), np.float64)
    along = (corners[1] + corners[2] - corners[0] - corners[3]) / 2
    height = float(np.linalg.norm(corners[3] - corners[0]))
    if float(np.hypot(*along)) <= ELONGATED * height:
        return None
    return math.atan2(float(along[1]), float(along[0]))


def watermark_lines(quads: tuple[Quad, ...], matrix: Matrix) -> tuple[Quad, ...]:
    """The lines of a tiled watermark: three and more that slant alike, across others; else none."""
    slants = [(quad, angle) for quad in quads if (angle := slant(quad, matrix)) is not None]
    across = [(quad, angle) for quad, angle in slants if SLANT < abs(angle) < _STEEPEST]
    groups = (
        tuple(quad for quad, other in across if abs(other - angle) < _ALIKE) for _, angle in across
    )
    largest = max(groups, key=len, default=())
    if len(largest) < _PIECES:
        return ()
    others = tuple(quad for quad in quads if quad not in largest)
    crossing = sum(any(_crosses(piece, line) for line in others) for piece in largest)
    return largest if crossing >= _CROSSING else ()


def _crosses(piece: Quad, line: Quad) -> bool:
    """Whether a line runs across a piece of the watermark."""
    one, other = (cv2.minAreaRect(np.asarray(quad, np.float32)) for quad in (piece, line))
    _, common = cv2.rotatedRectangleIntersection(one, other)
    if common is None:
        return False
    return cv2.contourArea(cv2.convexHull(common)) > _CROSSED * one[1][0] * one[1][1]


def without_watermark(
    image: Pixels, over: tuple[Quad, ...], print_lines: tuple[Quad, ...]
) -> Pixels | None:
    """The picture without a watermark; None where its ink is about as dark as the print.

    Which of the two is the watermark their ink tells: it may have more lines than a paper with few,
    whose own then seem to slant.

    Args:
        image: Where they lie.
        over: The lines that slant alike, pixels of `image`.
        print_lines: The others.
    """
    ground = _ground(image)
    contrast = _contrast(image, ground)
    light, dark = sorted(
        (_strokes(contrast, over, _UNCROSSED), _strokes(contrast, print_lines, 50))
    )
    if dark < _DARKER * light:
        return None
    strokes = (contrast > min(_ABOVE * light, (light + dark) / 2)).astype(np.uint8)
    kept = cv2.dilate(strokes, np.ones((3, 3), np.uint8))
    return np.asarray(np.where(kept[:, :, None] > 0, image, ground), np.uint8)


def _ground(image: Pixels) -> Pixels:
    """The paper's own colour everywhere: the light between strokes, evened."""
    small = reduced(image, _GROUND_SIDE)
    light = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((_GROUND, _GROUND), np.uint8))
    even = cv2.blur(light, (_GROUND, _GROUND))
    size = (image.shape[1], image.shape[0])
    return np.asarray(cv2.resize(even, size, interpolation=cv2.INTER_LINEAR), np.uint8)


def _contrast(image: Pixels, ground: Pixels) -> Contrast:
    """How much darker than the paper each pixel is in the colour that tells most, grey levels."""
    return np.asarray(cv2.subtract(ground, image).max(axis=2), np.uint8)


def _strokes(contrast: Contrast, quads: tuple[Quad, ...], percentile: int) -> float:
    """The contrast of the strokes of these lines, grey levels; 0 where there is none."""
    plane = np.asarray(cv2.cvtColor(contrast, cv2.COLOR_GRAY2BGR), np.uint8)
    strips = (cut_line(plane, quad, _LINE)[:, :, 0] for quad in quads)
    inks = [float(np.percentile(strip, _STROKES)) for strip in strips]
    return float(np.percentile(inks or [0.0], percentile))
