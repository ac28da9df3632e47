"""Colour: whether the paper has any, and whether red ink of a seal is among it."""

from typing import Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from tasks.reading.signals.scene import LEVELS, Floats, Scene

_FEWEST_LINES: Final = 4  # fewer show too little of the paper to call all of it grey
_INNER: Final = 0.985  # of the pixels between the text; the rest may be noise


class Colours(NamedTuple):
    """What colours the paper shows, beyond the lamp's own.

    Attributes:
        liveliness: How far the paper's coloured parts lie from its ground, grey levels.
        red: Share of the paper that is red ink, 0 to 1.
        largest_red: Shorter side of the largest patch of red ink, as a share of the side of a
            square of the paper's area; a line of red print is long and thin.
    """

    liveliness: float
    red: float
    largest_red: float


def look_at_colours(scene: Scene) -> Colours:
    """Measure the colours of the paper against its own ground.

    A lamp, a white balance or yellowed paper tints everything; what differs from the ground
    nearby, at its own brightness, is colour of the paper itself.
    """
    warm, cold = _chroma(scene)
    inside = scene.paper > 0
    if not inside.any():
        return Colours(0.0, 0.0, 0.0)
    spread = np.hypot(warm, cold)
    if len(scene.quads) >= _FEWEST_LINES:
        spread = spread[scene.hull > 0]
    ink = ((warm > RED_LEAD) & (np.abs(cold) < 0.8 * warm) & inside).astype(np.uint8)
    ink = np.asarray(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8)), np.uint8)
    width = float(np.sqrt(inside.sum()))
    return Colours(
        round(float(np.percentile(spread, 100 * _INNER)), 2),
        round(float(ink.sum()) / float(inside.sum()), 5),
        round(_largest(ink) / width, 4),
    )


RED_LEAD: Final = 13.0
"""By how much red leads in ink, beyond what the ground's own tint explains, grey levels."""


def _chroma(scene: Scene) -> tuple[Floats, Floats]:
    """How much redder, and how much bluer than green, each pixel is than its ground would be.

    In grey levels at middle brightness.
    """
    warm, cold = (np.asarray((c - _ground(c)) * LEVELS, np.float32) for c in scene.chroma)
    return warm, cold


def _ground(ratio: Floats) -> Floats:
    """The tint of the ground nearby: the median over a coarse grid, interpolated."""
    height, width = ratio.shape
    small = cv2.resize(
        ratio, (max(2, width // 4), max(2, height // 4)), interpolation=cv2.INTER_AREA
    )
    scaled = np.clip(small * 400 + 128, 0, 255).astype(np.uint8)
    median = cv2.medianBlur(scaled, 31).astype(np.float32)
    back = cv2.resize((median - 128) / 400, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(back, np.float32)


def _largest(ink: NDArray[np.uint8]) -> float:
    """The greatest shorter side of a patch of ink; the parts of one seal count together."""
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((13, 13), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    sides = [
        min(stats[i, cv2.CC_STAT_WIDTH], stats[i, cv2.CC_STAT_HEIGHT]) for i in range(1, count)
    ]
    return float(max(sides, default=0))
