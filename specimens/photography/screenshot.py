"""A picture as a telephone's gallery shows it, kept as a screenshot: bars above and below."""

from typing import Final

import cv2
import numpy as np

from specimens.dice import Dice
from specimens.photography.capture import Photo
from specimens.printing.print_sheet import Corners, Pixels

_SCREENS: Final = ((1080, 2340), (1170, 2532), (1080, 2400), (1440, 3200))
"""Pixels of usual screens, width and height."""
_BAR: Final = 0.045  # of the height: the bar of a system; that of a gallery is twice as high


def take_screenshot(photo: Photo, dice: Dice) -> Photo:
    """The photograph in the middle of an upright screen, with clock, battery and buttons.

    Args:
        photo: As it was taken.
        dice: Chance for the screen, its colours and the time it shows.
    """
    width, height = dice.pick(_SCREENS)
    dark = dice.chance(0.5)
    screen = np.full((height, width, 3), 8 if dark else 250, np.uint8)
    bar = round(height * _BAR)
    factor = min(width / photo.image.shape[1], (height - 6 * bar) / photo.image.shape[0])
    shown = cv2.resize(photo.image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    left, top = (width - shown.shape[1]) // 2, (height - shown.shape[0]) // 2
    screen[top : top + shown.shape[0], left : left + shown.shape[1]] = shown
    _draw_bars(screen, bar, (235,) * 3 if dark else (40,) * 3, dice)
    moved: dict[str, Corners] = {
        name: quad * factor + (left, top) for name, quad in photo.quads.items()
    }
    return Photo(screen, moved, photo.outline * factor + (left, top), photo.glare)


def _draw_bars(screen: Pixels, bar: int, ink: tuple[int, int, int], dice: Dice) -> None:
    height, width = screen.shape[:2]
    size = bar / 48
    clock = f"{dice.whole(0, 23)}:{dice.whole(0, 59):02d}"
    percent = f"{dice.whole(5, 100)}%"
    face = cv2.FONT_HERSHEY_SIMPLEX
    cv2.putText(screen, clock, (bar, round(bar * 0.7)), face, size, ink, 2, cv2.LINE_AA)
    at = (width - 3 * bar, round(bar * 0.7))
    cv2.putText(screen, percent, at, face, size, ink, 2, cv2.LINE_AA)
    for place in range(4):
        x = round(width * (place + 0.5) / 4)
        cv2.circle(screen, (x, height - bar), bar // 3, ink, 2, cv2.LINE_AA)
