"""Colour: how far a paper's coloured parts lie from its ground, and whether it bears a red seal."""

from typing import Final, NamedTuple

import cv2
import numpy as np

from tasks.reading.image.grey_levels import percentile
from tasks.reading.signals.scene import Mask, PictureScene
from tasks.reading.signals.thresholds import (
    LARGEST_SEAL,
    LOW_PRINT,
    RED_LEAD,
    ROUND,
    SEAL_INK,
    SEAL_SIZE,
)

_FEWEST_LINES: Final = 4  # fewer show too little of the paper to call all of it grey
_INNER: Final = 0.985  # of the pixels between the text; the rest may be noise
_STEPS: Final = 4  # of a grey level of colour in a byte
_FAINT: Final = 6.0  # grey levels by which faint red leads
_ABOVE_NOISE: Final = 2.0  # faint red is this many times what four in five places of paper show
_STROKE: Final = np.ones((15, 15), np.uint8)  # what is broader than this is no stroke
_JOINED: Final = np.ones((9, 9), np.uint8)  # the parts of one seal are this close
_PARTED: Final = np.ones((5, 5), np.uint8)  # most of them are still joined by this
_STRAIGHT: Final = 21  # pixels of the thumb; no stroke of a seal runs straight for so long
_WITHIN: Final = 0.5  # of a patch lies on the paper
_EMBLEM: Final = (0.32, 0.06, 0.6)
"""Where a card's emblem stands from the box of its text: from so far left of it to so far right
of its left side, in widths of the box, and down from its top, in heights."""


def liveliness(scene: PictureScene) -> float:
    """How far the paper's coloured parts lie from its ground, grey levels.

    A lamp, a white balance or yellowed paper tints everything; what differs from the ground
    nearby, at its own brightness, is colour of the paper itself.
    """
    place = scene.paper
    if len(scene.quads) >= _FEWEST_LINES:
        place = scene.hull | _emblem(scene)
    inside = place > 0
    if not inside.any():
        return 0.0
    warm, cold = scene.off_ground
    return round(float(np.percentile(cv2.magnitude(warm[inside], cold[inside]), 100 * _INNER)), 2)


def _emblem(scene: PictureScene) -> Mask:
    """Where the red emblem of a card's back stands, left of its heading and outside of the hull.

    The place is taken from the text, because a card's edges are not always seen.
    """
    mask = np.zeros_like(scene.hull)
    if not scene.spec.emblem_beside_text:
        return mask
    points = np.array(scene.quads, np.float64)
    tops = points[:, 1] - points[:, 0]
    along = tops.sum(axis=0) / max(1e-6, float(np.linalg.norm(tops.sum(axis=0))))
    axes = np.array([along, (-along[1], along[0])])
    low, high = ((points.reshape(-1, 2) @ axes.T).min(axis=0), (points @ axes.T).max(axis=(0, 1)))
    width, height = high - low
    left, right = low[0] - _EMBLEM[0] * width, low[0] + _EMBLEM[1] * width
    below = low[1] + _EMBLEM[2] * height
    box = np.array([(left, low[1]), (right, low[1]), (right, below), (left, below)])
    cv2.fillPoly(mask, [np.rint(box @ axes * scene.scale).astype(np.int32)], 1)
    return mask


class SealPatch(NamedTuple):
    """A group of red strokes.

    Attributes:
        shorter: Its shorter side as a share of the side of a square of the paper's area.
        longer: Its longer side, likewise.
        ink: How much of the paper its strong red covers outside of lines of text, 0 to 1.
    """

    shorter: float
    longer: float
    ink: float


def find_seal(scene: PictureScene) -> bool | None:
    """Whether a red seal is on the paper; None where red is that may be one or hide one.

    A reddish line of the form that runs into a seal makes one long patch of both; parted by a
    shorter reach, what is round there may be one.
    """
    likely = [patch for patch in red_patches(scene) if _may_be_a_seal(patch)]
    if any(_is_a_seal(patch) for patch in likely):
        return True
    parted = red_patches(scene, _PARTED)
    return None if likely or any(_may_be_a_seal(p) and _is_a_seal(p) for p in parted) else False


def red_patches(scene: PictureScene, joined_within: Mask = _JOINED) -> tuple[SealPatch, ...]:
    """The groups of red strokes on the paper, parts of one group as close as a kernel is wide."""
    size = float(scene.paper.sum())
    if size < 1:
        return ()
    fine = _fine_red(scene)
    faint = _faint_red(fine, scene.paper)
    strong = np.asarray((fine > RED_LEAD * _STEPS) & (faint > scene.text))
    joined = cv2.morphologyEx(faint, cv2.MORPH_CLOSE, joined_within)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    inked = np.bincount(labels[strong], minlength=count)
    within = np.bincount(labels[scene.paper > 0], minlength=count)
    found = []
    for i in range(1, count):
        if inked[i] and within[i] >= _WITHIN * stats[i, cv2.CC_STAT_AREA]:
            sides = stats[i, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]] / np.sqrt(size)
            found.append(SealPatch(float(sides.min()), float(sides.max()), float(inked[i]) / size))
    return tuple(found)


def _fine_red(scene: PictureScene) -> Mask:
    """By how much red leads in strokes, beyond the ground around them."""
    warm, cold = scene.off_ground
    lead = np.where(np.abs(cold) < 0.8 * warm, warm * _STEPS, 0)
    levels = np.clip(lead, 0, 255).astype(np.uint8)
    return np.asarray(cv2.morphologyEx(levels, cv2.MORPH_TOPHAT, _STROKE), np.uint8)


def _faint_red(fine: Mask, paper: Mask) -> Mask:
    """1 where at least faint red is and no straight line."""
    sampled = fine[::2, ::2][paper[::2, ::2] > 0]
    noise = percentile(sampled, 80) if sampled.size else 0.0
    faint = np.asarray(fine > max(_FAINT * _STEPS, _ABOVE_NOISE * noise), np.uint8)
    lines = cv2.max(
        cv2.morphologyEx(faint, cv2.MORPH_OPEN, np.ones((1, _STRAIGHT), np.uint8)),
        cv2.morphologyEx(faint, cv2.MORPH_OPEN, np.ones((_STRAIGHT, 1), np.uint8)),
    )
    return np.asarray(cv2.subtract(faint, lines), np.uint8)


def _is_a_seal(patch: SealPatch) -> bool:
    return patch.longer <= min(LARGEST_SEAL, ROUND * patch.shorter)


def _may_be_a_seal(patch: SealPatch) -> bool:
    """Neither a speck nor a line of red print."""
    low = patch.shorter < LOW_PRINT and patch.longer > 1.5 * ROUND * patch.shorter
    return patch.shorter >= SEAL_SIZE and patch.ink >= SEAL_INK and not low
