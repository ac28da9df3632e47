"""The round or oval seal on a page: where its rim runs, and the words along it as level strips.

An office's round seal bears its name along the upper rim, clockwise, above a star. Unrolled around
the seal's middle the words stand upright on one line, and the reader of lines reads them.
"""

import math
from typing import Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from models.reading.document import Quad
from tasks.reading.files.picture import Pixels

Floats = NDArray[np.float64]
Mask = NDArray[np.uint8]
"""1 where something is."""

_STRIP_HEIGHT: Final = 48
_BEYOND_TEXT: Final = 0.07
"""How far a seal may reach beyond the hull of the printed lines, of the picture's longer side."""
_LEAST_LEAD: Final = 10.0  # grey levels by which red leads in ink that is seen at all
_OF_STRONGEST: Final = 0.4  # of the strongest red on the paper; a form's reddish print stays below
_STRAIGHT: Final = 61  # pixels of the reduced picture; a rim runs straight for forty at most
_ASKEW: Final = np.arange(-9.0, 9.1, 1.5)
"""Degrees at which a form's lines may lie on an upright page that was photographed at a slant."""
_JOINED: Final = np.ones((11, 11), np.uint8)
_THICK: Final = np.ones((3, 3), np.uint8)
"""Thinner strokes are left out where nothing round was found: the lines of a reddish form that lies
askew, which join a seal. A rim is thicker. What lines are as thick are then looked for askew."""
_JOINED_THICK: Final = np.ones((7, 7), np.uint8)
_SIZES: Final = (0.07, 0.45)  # of a seal's sides, of the picture's longer side
_ROUNDEST: Final = 0.5  # shorter against longer axis, seen at a slant
_RAYS: Final = 180
_REACH: Final = np.linspace(0.75, 1.2, 60)  # along a ray, in radii of the first guess
_ON_RIM: Final = 0.05  # of the radius, from the median of the outermost ink
_LEAST_RIM: Final = 0.5  # of the rays that end on the rim
_FITS: Final = 3  # after which the rim moves no more


class SealOutline(NamedTuple):
    """The outer rim of a seal as an ellipse, in pixels.

    Attributes:
        to_rim: Two by two: from a direction (unit vector in the picture) to the rim.
    """

    centre: tuple[float, float]
    to_rim: Floats

    def scaled(self, factor: float) -> "SealOutline":
        """The same on a picture of another size."""
        return SealOutline((self.centre[0] * factor, self.centre[1] * factor), self.to_rim * factor)

    @property
    def axes(self) -> tuple[float, float]:
        """Shorter and longer diameter."""
        long, short = np.linalg.svd(self.to_rim, compute_uv=False)
        return 2 * float(short), 2 * float(long)

    def places(self, angles: Floats, radii: Floats) -> tuple[Floats, Floats]:
        """Points at these angles (radians, clockwise from the right) and shares of the radius."""
        x, y = self.to_rim @ np.stack([np.cos(angles), np.sin(angles)])
        return self.centre[0] + radii * x, self.centre[1] + radii * y


def find_rims(small: Pixels, quads: tuple[Quad, ...]) -> tuple[SealOutline, ...]:
    """The rims of the plain round seals on an upright page, the plainest first.

    Args:
        small: The page, reduced.
        quads: Its printed lines, in pixels of `small`.
    """
    red = _strong_red(small, quads)
    ink = _without_lines(red, (0.0,))
    fits = _rims_in(ink, _JOINED) or _rims_in(_thick(ink), _JOINED_THICK)
    if not fits:
        fits = _rims_in(_thick(_without_lines(red, tuple(_ASKEW))), _JOINED)
    return tuple(fit.rim for fit in sorted(fits, key=lambda fit: fit.share, reverse=True))


def unrolled(image: Pixels, rim: SealOutline, low: float, high: float) -> Pixels:
    """The ring between two shares of the radius as a level strip, red ink black on white.

    The strip begins and ends below the seal's middle, where the rim bears no words.
    """
    length = round(_STRIP_HEIGHT / (high - low) * math.pi * (low + high))
    angles = np.linspace(0, 2 * math.pi, length, endpoint=False) + math.pi / 2
    x, y = rim.places(angles, np.linspace(high, low, _STRIP_HEIGHT)[:, None])
    ring = cv2.remap(
        image,
        x.astype(np.float32),
        y.astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    lead = _red_lead(np.asarray(ring, np.uint8))
    lead = np.clip(lead - np.median(lead), 0, None)
    strongest = max(_LEAST_LEAD, float(np.percentile(lead, 95)))
    black = np.clip(255 - lead * (255 / strongest), 0, 255).astype(np.uint8)
    return np.asarray(cv2.cvtColor(black, cv2.COLOR_GRAY2BGR), np.uint8)


class _Fit(NamedTuple):
    rim: SealOutline
    share: float


def _rims_in(ink: Mask, joining: Mask) -> list[_Fit]:
    groups = _round_groups(ink, joining)
    return [fit for guess in groups if (fit := _fitted(ink, guess)) is not None]


def _strong_red(small: Pixels, quads: tuple[Quad, ...]) -> Mask:
    """Where the paper bears a red nearly as strong as its strongest."""
    paper = _paper(small, quads) > 0
    lead = _red_lead(np.asarray(cv2.GaussianBlur(small, (0, 0), 0.8), np.uint8))
    inside = lead[paper]
    lead = np.where(paper, lead - np.median(inside), 0)
    strongest = float(np.percentile(inside, 99.7)) - float(np.median(inside))
    return np.asarray(lead > max(_LEAST_LEAD, _OF_STRONGEST * strongest), np.uint8)


def _without_lines(red: Mask, degrees: tuple[float, ...]) -> Mask:
    """Red without the straight lines of a reddish form, level and upright ones turned so far."""
    lines = np.zeros_like(red)
    for line in map(_line, degrees):
        for along in (line, np.ascontiguousarray(line.T)):
            found = cv2.morphologyEx(red, cv2.MORPH_OPEN, along)
            lines = np.asarray(cv2.max(lines, found), np.uint8)
    return np.asarray(cv2.subtract(red, cv2.dilate(lines, np.ones((3, 3), np.uint8))), np.uint8)


def _line(degrees: float) -> Mask:
    """A line of the length that no rim runs straight, level but for these degrees."""
    rise = round(_STRAIGHT * math.tan(math.radians(degrees)))
    line = np.zeros((abs(rise) + 1, _STRAIGHT), np.uint8)
    first, last = (0, rise) if rise >= 0 else (-rise, 0)
    return np.asarray(cv2.line(line, (0, first), (_STRAIGHT - 1, last), 1), np.uint8)


def _thick(ink: Mask) -> Mask:
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, _THICK), np.uint8)


def _paper(small: Pixels, quads: tuple[Quad, ...]) -> Mask:
    mask = np.zeros(small.shape[:2], np.uint8)
    if not quads:
        return mask + np.uint8(1)
    hull = cv2.convexHull(np.array(quads, np.float32).reshape(-1, 2)).astype(np.int32)
    cv2.fillPoly(mask, [hull], 1)
    reach = 2 * max(1, round(_BEYOND_TEXT * max(small.shape[:2]))) + 1
    return np.asarray(cv2.dilate(mask, np.ones((reach, reach), np.uint8)), np.uint8)


def _red_lead(image: Pixels) -> NDArray[np.float32]:
    """By how many grey levels red leads both other channels; below 0 where it does not."""
    blue, green, red = (image[:, :, i].astype(np.float32) for i in range(3))
    return np.asarray(red - np.maximum(blue, green), np.float32)


def _round_groups(ink: Mask, joining: Mask) -> list[SealOutline]:
    """Ellipses around the groups of red strokes that are as large as a seal."""
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, joining)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    least, most = (share * max(ink.shape) for share in _SIZES)
    found = []
    for i in range(1, count):
        width, height = stats[i, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]]
        if min(width, height) >= least and max(width, height) <= most:
            group = np.asarray((labels == i) & (ink > 0), np.uint8)
            rim = _ellipse(np.asarray(cv2.convexHull(cv2.findNonZero(group)), np.float32))
            found += [rim] if rim else []
    return found


def _fitted(ink: Mask, guess: SealOutline) -> _Fit | None:
    """The ellipse through the outermost ink on rays from the middle, where that is a rim.

    Strokes of a form that touch the seal pull a hull out of shape; few rays end on them.
    """
    angles = np.linspace(0, 2 * math.pi, _RAYS, endpoint=False)
    rim, share = guess, 0.0
    for _ in range(_FITS):
        x, y = (np.rint(c).astype(int) for c in rim.places(angles, _REACH[:, None]))
        seen = _at(ink, x, y)
        has = seen.any(axis=0)
        last = (len(_REACH) - 1 - seen[::-1].argmax(axis=0))[has]
        if not len(last):
            return None
        on_rim = np.abs(_REACH[last] - np.median(_REACH[last])) < _ON_RIM
        rays = np.flatnonzero(has)[on_rim]
        points = np.stack([x[last[on_rim], rays], y[last[on_rim], rays]], axis=1)
        share = len(points) / _RAYS
        better = _ellipse(points.astype(np.float32)) if share >= _LEAST_RIM else None
        if better is None:
            return None
        rim = better
    short, long = rim.axes
    plain = short >= _ROUNDEST * long and long <= _SIZES[1] * max(ink.shape)
    return _Fit(rim, share) if plain else None


def _at(ink: Mask, x: NDArray[np.int_], y: NDArray[np.int_]) -> NDArray[np.bool_]:
    high, wide = ink.shape
    within = (x >= 0) & (y >= 0) & (x < wide) & (y < high)
    found = ink[np.clip(y, 0, high - 1), np.clip(x, 0, wide - 1)] > 0
    return np.asarray(within & found, np.bool_)


def _ellipse(points: NDArray[np.float32]) -> SealOutline | None:
    if len(points) < 6:  # an ellipse needs five
        return None
    centre, (first, second), degrees = cv2.fitEllipse(points)
    if not (first > 0 and second > 0):
        return None
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    turn = np.array([[c, -s], [s, c]])
    to_rim = turn @ np.diag([first / 2, second / 2]) @ turn.T
    return SealOutline((float(centre[0]), float(centre[1])), np.asarray(to_rim, np.float64))
