"""Pictures of screens: what is shown consists of lit dots, and a camera's pixels beat with them."""

from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from specimens.dice import Dice
from specimens.photography.capture import Photo
from specimens.printing.print_sheet import Corners, Pixels

Floats = NDArray[np.float32]
_DOT = 3  # parts of a dot: red, green, blue


def laptop(photo: Photo, dice: Dice) -> Photo:
    """A laptop's screen, filled by the picture."""
    return _shown(photo, dice, dots=dice.whole(1100, 1500), grid="stripes")


def laptop_window(photo: Photo, dice: Dice) -> Photo:
    """A picture viewer in a window, with the rest of the screen and its frame around it."""
    return _shown(
        _in_window(photo, dice), dice, dots=dice.whole(1300, 1700), grid="stripes", fill=0.96
    )


def phone_screen(photo: Photo, dice: Dice) -> Photo:
    """Another phone, held near: many small dots in a diamond."""
    return _shown(
        _in_gallery(photo, dice), dice, dots=dice.whole(900, 1200), grid="diamond", fill=0.97
    )


def coarse_monitor(photo: Photo, dice: Dice) -> Photo:
    """An old monitor from near by: dots that can be counted."""
    return _shown(photo, dice, dots=dice.whole(650, 900), grid="stripes")


def distant_monitor(photo: Photo, dice: Dice) -> Photo:
    """From farther away and a little soft: only the beat of dots and pixels is left."""
    return _shown(photo, dice, dots=dice.whole(1500, 1900), grid="stripes", soft=0.55)


def projected(photo: Photo, dice: Dice) -> Photo:
    """A tablet with square dots behind a matt film."""
    return _shown(photo, dice, dots=dice.whole(1000, 1400), grid="squares", soft=0.45)


def _in_window(photo: Photo, dice: Dice) -> Photo:
    """On a desktop: title bar, margins, taskbar, black frame."""
    height, width = photo.image.shape[:2]
    side, top, low = (
        round(width * dice.real(*r)) for r in ((0.05, 0.15), (0.03, 0.05), (0.04, 0.08))
    )
    frame = round(width * 0.02)
    size = (height + top + low + 2 * frame, width + 2 * side + 2 * frame, 3)
    page = np.full(size, 12, np.uint8)
    inner = page[frame:-frame, frame:-frame]
    inner[:] = dice.pick(((43, 43, 43), (240, 240, 240), (120, 80, 30)))
    inner[:top] = (225, 225, 225)
    inner[-round(low * 0.6) :] = (60, 45, 40)
    inner[top : top + height, side : side + width] = photo.image
    return _moved(photo, page, frame + side, frame + top)


def _in_gallery(photo: Photo, dice: Dice) -> Photo:
    """In a phone's gallery: black above and below, the phone's edge around it."""
    height, width = photo.image.shape[:2]
    bar, edge = round(height * dice.real(0.1, 0.25)), round(width * 0.015)
    page = np.full((height + 2 * bar + 2 * edge, width + 2 * edge, 3), 6, np.uint8)
    page[bar + edge : bar + edge + height, edge : edge + width] = photo.image
    return _moved(photo, page, edge, bar + edge)


def _moved(photo: Photo, image: Pixels, left: int, top: int) -> Photo:
    shift = np.array([left, top], np.float64)
    quads = {name: quad + shift for name, quad in photo.quads.items()}
    return Photo(image, quads, photo.outline + shift, photo.glare)


def _shown(
    photo: Photo,
    dice: Dice,
    *,
    dots: int,
    grid: Literal["stripes", "diamond", "squares"],
    fill: float = 1.06,
    soft: float = 0.3,
) -> Photo:
    """Show a picture on a screen and photograph that.

    Args:
        photo: What is shown.
        dice: Chance.
        dots: Of the screen, along the picture's longer side.
        grid: How a dot is made of its parts.
        fill: Share of the picture's side that the screen spans; above 1 its edges are outside.
        soft: Blur of the lens, pixels of the camera.
    """
    height, width = photo.image.shape[:2]
    ratio = dots / max(height, width)
    screen = cv2.resize(photo.image, None, fx=ratio, fy=ratio, interpolation=cv2.INTER_AREA)
    lit, share = _lit(np.asarray(screen, np.uint8), grid, dice)
    size = (width, height)
    corners = _corners(size, fill, dice)
    source = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float32) * lit.shape[1::-1]
    matrix = cv2.getPerspectiveTransform(source.astype(np.float32), corners.astype(np.float32))
    parts = lit.shape[1] / float(np.linalg.norm(corners[1] - corners[0]))
    # A camera guesses two of three colours of each of its pixels from the neighbours.
    blurred = cv2.GaussianBlur(lit, (0, 0), max(1.25, parts * np.hypot(0.29, soft)))
    image = cv2.warpPerspective(
        blurred, matrix, size, flags=cv2.INTER_LINEAR, borderValue=(8, 8, 8)
    )
    glow = image.astype(np.float32) / share * dice.real(0.8, 0.98) + dice.real(8, 25)
    glow *= np.array([dice.real(1.0, 1.1), 1.0, dice.real(0.92, 1.02)], np.float32)
    glow += dice.rng.normal(0, dice.real(1.5, 4), glow.shape)
    whole = np.asarray(matrix, np.float64) @ np.diag([ratio * _DOT, ratio * _DOT, 1.0])
    whole = np.asarray(whole, np.float64)
    return Photo(
        np.clip(glow, 0, 255).astype(np.uint8),
        {name: _carried(quad, whole) for name, quad in photo.quads.items()},
        _carried(photo.outline, whole),
        photo.glare,
    )


def _lit(screen: Pixels, grid: str, dice: Dice) -> tuple[Pixels, Floats]:
    """Every dot as its parts, and how much of each colour's light they give on the whole.

    Three columns, a diamond, or a square with a dark rim.
    """
    large = np.repeat(np.repeat(screen, _DOT, axis=0), _DOT, axis=1)
    gap = dice.real(0.25, 0.7)
    mask = np.full((_DOT, _DOT, 3), 0.12, np.float32)
    if grid == "stripes":
        for column, channel in enumerate((2, 1, 0)):
            mask[:, column, channel] = 1.0
        mask[_DOT - 1] *= gap
    elif grid == "squares":
        mask[:] = 0.55
        mask[_DOT - 1], mask[:, _DOT - 1] = 0.55 * gap, 0.55 * gap
    else:
        mask = _diamond()
    tiles = np.tile(
        mask, (-(-large.shape[0] // mask.shape[0]), -(-large.shape[1] // mask.shape[1]), 1)
    )
    lit = large * tiles[: large.shape[0], : large.shape[1]]
    share = np.asarray(mask.mean(axis=(0, 1)), np.float32)
    return np.clip(lit, 0, 255).astype(np.uint8), share


def _diamond() -> Floats:
    """Green in every dot, red and blue in every other one, lying aslant."""
    mask = np.full((_DOT * 2, _DOT * 2, 3), 0.1, np.float32)
    for x, y, channel in (
        (0, 1, 1),
        (3, 1, 1),
        (0, 4, 1),
        (3, 4, 1),
        (1, 3, 2),
        (4, 0, 2),
        (1, 0, 0),
        (4, 3, 0),
    ):
        mask[y : y + 2, x : x + 2, channel] = 1.0
    return mask


def _corners(size: tuple[int, int], fill: float, dice: Dice) -> Corners:
    w, h = size[0] * fill / 2, size[1] * fill / 2
    corners = np.array([(-w, -h), (w, -h), (w, h), (-w, h)])
    corners += dice.rng.uniform(-0.012, 0.012, (4, 2)) * np.array([w, h])
    angle = np.radians(dice.sway(1.2))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return np.asarray(corners @ turn.T + np.array(size) / 2, np.float64)


def _carried(points: Corners, matrix: Corners) -> Corners:
    return np.asarray(cv2.perspectiveTransform(points.reshape(1, -1, 2), matrix)[0], np.float64)
