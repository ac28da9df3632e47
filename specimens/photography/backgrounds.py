"""What a page lies on: wood, cloth, a plain table, another sheet."""

import cv2
import numpy as np
from numpy.typing import NDArray

from specimens.dice import Dice

Floats = NDArray[np.float32]


def lay_background(size: tuple[int, int], dice: Dice) -> Floats:
    """A ground of this width and height in pixels, blue-green-red, 0 to 255."""
    draw = dice.pick((_wood, _wood, _cloth, _plain, _plain, _sheets))
    small = (max(16, size[0] // 3), max(16, size[1] // 3))
    ground = draw(small, dice)
    return cv2.resize(ground, size, interpolation=cv2.INTER_LINEAR).astype(np.float32)


def _wood(size: tuple[int, int], dice: Dice) -> Floats:
    width, height = size
    y = np.linspace(0, dice.real(4, 14), height, dtype=np.float32)[:, None]
    x = np.linspace(0, 1, width, dtype=np.float32)[None, :]
    grain = np.sin((y + 0.5 * np.sin(x * dice.real(2, 8) + y)) * dice.real(5, 12))
    coarse = dice.rng.normal(0, 1, (height, max(2, width // 90))).astype(np.float32)
    streaks = cv2.resize(coarse, size, interpolation=cv2.INTER_LINEAR)
    colour = np.array(
        dice.pick(((60, 95, 140), (90, 130, 175), (35, 55, 85), (120, 160, 195))), np.float32
    )
    shade = 1 + 0.10 * grain + 0.05 * streaks
    return np.asarray(colour[None, None] * shade[:, :, None], dtype=np.float32)


def _cloth(size: tuple[int, int], dice: Dice) -> Floats:
    width, height = size
    x = np.arange(width, dtype=np.float32)[None, :]
    y = np.arange(height, dtype=np.float32)[:, None]
    pitch = dice.real(3.0, 6.0)
    weave = 1 + 0.07 * np.sin(x * 2 * np.pi / pitch) * np.sin(y * 2 * np.pi / pitch)
    folds = cv2.resize(
        dice.rng.normal(0, 0.08, (4, 5)).astype(np.float32), size, interpolation=cv2.INTER_CUBIC
    )
    colour = np.array([dice.real(40, 200) for _ in range(3)], np.float32)
    return np.asarray(colour[None, None] * (weave + folds)[:, :, None], dtype=np.float32)


def _plain(size: tuple[int, int], dice: Dice) -> Floats:
    grey = dice.real(30, 225)
    colour = np.array([grey + dice.sway(12) for _ in range(3)], np.float32)
    specks = dice.rng.normal(1, 0.025, (size[1], size[0], 1)).astype(np.float32)
    return np.asarray(colour[None, None] * specks, dtype=np.float32)


def _sheets(size: tuple[int, int], dice: Dice) -> Floats:
    """Other papers below: pale rectangles with grey lines that look like text."""
    ground = _plain(size, dice).copy()
    width, height = size
    for _ in range(dice.whole(1, 3)):
        w, h = dice.whole(width // 3, width), dice.whole(height // 3, height)
        at = (dice.whole(-w // 2, width), dice.whole(-h // 2, height))
        pale = dice.real(205, 245)
        cv2.rectangle(ground, at, (at[0] + w, at[1] + h), (pale - 8, pale, pale), -1)
        for row in range(8, h - 8, 14):
            end = (at[0] + dice.whole(w // 3, w - 6), at[1] + row)
            cv2.line(ground, (at[0] + 8, at[1] + row), end, (150, 150, 150), 2)
    return ground
