"""Geometry of text on a picture: quads, their turns, and the level rows that lines lie in.

All lines of a page are parallel on paper, so on a photograph they meet in one point. Sending
that point to infinity makes them level again, without knowing where the page's edges are.
"""

import math
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from models.reading.document import Point, Quad

MIN_LINES: Final = 4
MIN_ELONGATION: Final = 2.5  # a line shorter than this many heights has no reliable slope
MAX_PERSPECTIVE: Final = 0.35  # more is a mismeasured line, not a photograph
SAME_ROW: Final = 0.6
"""Of the lesser height, between the middles of two pieces of one row."""
_RECENT_ROWS: Final = 3  # that a piece may still belong to: slanting rows overlap
_OTHER_DIRECTION: Final = math.radians(8)
"""Lines of one page differ by less from the next one; watermarks run at 15 degrees and more."""
_OF_A_DIRECTION: Final = 0.25
"""Of all lines, at least, so that a direction may be the page's: of a cover under a tiled
watermark a half had its own."""
Matrix = NDArray[np.float64]


class Box(NamedTuple):
    """Where a piece of text lies in level rows, in units close to the image's pixels."""

    left: float
    right: float
    middle: float
    height: float

    @property
    def centre(self) -> float:
        """Half way between the left and the right end."""
        return (self.left + self.right) / 2

    @property
    def width(self) -> float:
        """From the left to the right end."""
        return self.right - self.left


def level_matrix(quads: tuple[Quad, ...], size: tuple[int, int]) -> Matrix:
    """The projection that makes the lines level.

    Args:
        quads: The lines, upper left corner first.
        size: Width and height of the image, pixels.
    """
    slopes = [_ends(quad) for quad in quads if _elongation(quad) >= MIN_ELONGATION]
    scale = max(size) / 2.0
    to_unit = np.array(
        [[1 / scale, 0, -size[0] / 2 / scale], [0, 1 / scale, -size[1] / 2 / scale], [0, 0, 1]]
    )
    if not slopes:
        return np.eye(3)
    angle = _median_angle(slopes)
    unit = _rotation(angle)
    if len(slopes) >= MIN_LINES:
        unit = unit @ _perspective(slopes, to_unit, angle)
        unit = _rotation_after(slopes, to_unit, unit) @ unit
    matrix: Matrix = np.linalg.inv(to_unit) @ unit @ to_unit
    return matrix


def place(quad: Quad, matrix: Matrix) -> Box:
    """The level place of a quad."""
    points = np.array([[x, y, 1.0] for x, y in quad]) @ matrix.T
    flat = points[:, :2] / points[:, 2:]
    left = float(flat[[0, 3], 0].mean())
    right = float(flat[[1, 2], 0].mean())
    top = float(flat[[0, 1], 1].mean())
    bottom = float(flat[[2, 3], 1].mean())
    return Box(left, right, (top + bottom) / 2, abs(bottom - top))


def rows_of_boxes(boxes: Sequence[Box], joins: Callable[[list[Box], Box], bool]) -> list[list[int]]:
    """The indices of boxes row by row from above, in each row from above too.

    Args:
        boxes: In any order.
        joins: Whether a box belongs to a row, of which those above the box are given.
    """
    rows: list[list[int]] = []
    for index in sorted(range(len(boxes)), key=lambda i: boxes[i].middle):
        recent = reversed(rows[-_RECENT_ROWS:])
        row = next((r for r in recent if joins([boxes[i] for i in r], boxes[index])), None)
        if row is None:
            rows.append([index])
        else:
            row.append(index)
    return rows


def on_one_row(one: Box, other: Box) -> bool:
    """Whether two pieces stand on one row."""
    return abs(one.middle - other.middle) < SAME_ROW * min(one.height, other.height)


def _ends(quad: Quad) -> Matrix:
    """The middles of a line's two short sides, as two rows of homogeneous coordinates."""
    ul, ur, lr, ll = quad
    return np.array(
        [
            [(ul[0] + ll[0]) / 2, (ul[1] + ll[1]) / 2, 1.0],
            [(ur[0] + lr[0]) / 2, (ur[1] + lr[1]) / 2, 1.0],
        ]
    )


def _elongation(quad: Quad) -> float:
    height = math.dist(quad[0], quad[3])
    return math.dist(quad[0], quad[1]) / height if height > 0 else 0.0


def _angle(ends: Matrix) -> float:
    return math.atan2(ends[1, 1] - ends[0, 1], ends[1, 0] - ends[0, 0])


def _median_angle(slopes: list[Matrix]) -> float:
    """Weighted by length, so that short labels do not outvote long lines.

    Of two directions, as where a watermark runs across a page, that which is nearer to level.
    """
    measured = sorted((_angle(ends), float(ends[1, 0] - ends[0, 0]) ** 2) for ends in slopes)
    pairs = min(_directions(measured), key=lambda group: abs(group[len(group) // 2][0]))
    half = sum(weight for _, weight in pairs) / 2
    total = 0.0
    for angle, weight in pairs:
        total += weight
        if total >= half:
            return angle
    return pairs[-1][0]


def _directions(measured: list[tuple[float, float]]) -> list[list[tuple[float, float]]]:
    """Lines by direction, where several have a good share of them; else all as one."""
    groups = [measured[:1]]
    for one in measured[1:]:
        if one[0] - groups[-1][-1][0] > _OTHER_DIRECTION:
            groups.append([])
        groups[-1].append(one)
    least = max(MIN_LINES, len(measured) * _OF_A_DIRECTION)
    large = [group for group in groups if len(group) >= least]
    return large if len(large) > 1 else [measured]


def _rotation(angle: float) -> Matrix:
    c, s = math.cos(-angle), math.sin(-angle)
    return np.array([[c, -s, 0], [s, c, 0], [0, 0, 1.0]])


def _perspective(slopes: list[Matrix], to_unit: Matrix, angle: float) -> Matrix:
    """Send the point where all lines meet to infinity; the identity when they do not meet.

    How the slope changes with the height on the page is fitted by least squares over the lines
    that agree with the median angle within ten degrees.
    """
    rows, wanted, weights = [], [], []
    for ends in slopes:
        deviation = _angle(ends) - angle
        if abs(deviation) > math.radians(10):
            continue
        unit = ends @ to_unit.T @ _rotation(angle).T
        rows.append([1.0, float(unit[:, 1].mean())])
        wanted.append(math.tan(deviation))
        weights.append(float(unit[1, 0] - unit[0, 0]))
    if len(rows) < MIN_LINES:
        return np.eye(3)
    weight = np.array(weights)[:, None]
    (_, change), *_ = np.linalg.lstsq(
        np.array(rows) * weight, np.array(wanted) * weight[:, 0], rcond=None
    )
    change = float(np.clip(change, -MAX_PERSPECTIVE, MAX_PERSPECTIVE))
    # Lines y = y0 + (a + b*y0) x meet at x = -1/b: the row (b, 0, 1) sends that point away.
    back = _rotation(-angle)
    flat = np.array([[1, 0, 0], [0, 1, 0], [change, 0, 1.0]])
    return np.asarray(back @ flat @ _rotation(angle), dtype=np.float64)


def _rotation_after(slopes: list[Matrix], to_unit: Matrix, unit: Matrix) -> Matrix:
    """What is left to turn once the lines are parallel."""
    moved = []
    for ends in slopes:
        points = ends @ to_unit.T @ unit.T
        moved.append(points / points[:, 2:])
    return _rotation(_median_angle(moved))


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


def from_upper_left(quad: Quad | Matrix) -> Quad:
    """The same quad clockwise from the corner nearest to the picture's upper left."""
    corners = np.asarray(quad, dtype=np.float64)
    middle = corners.mean(axis=0)
    ring = corners[np.argsort(np.arctan2(*(corners - middle).T[::-1]))]
    ring = np.roll(ring, -int(np.argmin(ring.sum(axis=1))), axis=0)
    a, b, c, d = ((float(x), float(y)) for x, y in ring)
    return a, b, c, d


def lies_within(quad: Quad, area: Quad | None) -> bool:
    """Whether the middle of a quad lies in an area; everything does in no area."""
    if area is None:
        return True
    middle = np.asarray(quad, dtype=np.float64).mean(axis=0)
    outline = np.asarray(area, dtype=np.float32)
    at = (float(middle[0]), float(middle[1]))
    return cv2.pointPolygonTest(outline, at, measureDist=False) >= 0


def shifted_quad(quad: Quad, right: float, down: float) -> Quad:
    """The quad further right and down by so many pixels, to a tenth of one."""
    a, b, c, d = ((round(x + right, 1), round(y + down, 1)) for x, y in quad)
    return a, b, c, d


def moved_quad(quad: Quad, matrix: Matrix) -> Quad:
    """The quad after a projection."""
    points = cv2.perspectiveTransform(np.array([quad], np.float64), matrix)[0]
    a, b, c, d = ((float(x), float(y)) for x, y in points)
    return a, b, c, d
