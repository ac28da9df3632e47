"""Security grounds and emblems: fine waves, faint textures, a drawn stand-in for the emblem."""

import cv2
import numpy as np
from numpy.typing import NDArray

from specimens.dice import Dice
from specimens.printing.print_sheet import Colour, Pixels


def guilloche(
    width: int, height: int, paper: Colour, waves: tuple[Colour, ...], dice: Dice
) -> Pixels:
    """Paper with bundles of fine wavy lines, one for each wave colour."""
    half_w, half_h = max(2, width // 2), max(2, height // 2)
    x = np.linspace(0, 1, half_w, dtype=np.float32)[None, :]
    y = np.linspace(0, half_h / half_w, half_h, dtype=np.float32)[:, None]
    page = np.empty((half_h, half_w, 3), np.float32)
    page[:] = paper[::-1]
    for colour in waves:
        phase = _phase(x, y, dice)
        stroke = np.clip(1 - np.abs(np.sin(phase)) * dice.real(2.2, 3.5), 0, 1)
        strength = dice.real(0.25, 0.5)
        page += (np.array(colour[::-1], np.float32) - page) * (stroke * strength)[:, :, None]
    shade = (1 + 0.02 * np.sin(x * dice.real(2, 5) + y * 3))[:, :, None]
    whole = cv2.resize(np.clip(page * shade, 0, 255).astype(np.uint8), (width, height))
    return np.asarray(whole, dtype=np.uint8)


def emblem(diameter: int) -> tuple[Pixels, NDArray[np.float32]]:
    """A red and gold roundel in the place of the national emblem, and its cover (0 to 1).

    It is a sign of our own, like enough for a reader to take it for the emblem's place.
    """
    size = diameter
    image = np.full((size, size, 3), 255, np.uint8)
    red, gold = (40, 40, 205), (70, 190, 240)
    middle, radius = (size // 2, size // 2), size // 2 - 1
    cv2.circle(image, middle, radius, gold, -1, cv2.LINE_AA)
    cv2.circle(image, middle, round(radius * 0.80), red, -1, cv2.LINE_AA)
    for number in range(28):
        angle = np.pi * (0.62 + number * 1.76 / 27)
        tip = _around(middle, radius * 0.99, angle)
        root = _around(middle, radius * 0.82, angle + 0.12)
        cv2.line(image, root, tip, red, max(1, size // 80), cv2.LINE_AA)
    _fill_star(image, (middle[0], round(size * 0.30)), size * 0.10, gold)
    for dx, dy in ((-0.17, 0.36), (-0.09, 0.44), (0.09, 0.44), (0.17, 0.36)):
        _fill_star(image, (round(middle[0] + dx * size), round(dy * size)), size * 0.045, gold)
    left, top = round(size * 0.28), round(size * 0.54)
    cv2.rectangle(image, (left, top), (size - left, round(size * 0.66)), gold, -1)
    cv2.rectangle(
        image, (round(size * 0.34), round(size * 0.49)), (round(size * 0.66), top), gold, -1
    )
    cv2.rectangle(image, (left, round(size * 0.60)), (size - left, round(size * 0.62)), red, -1)
    cover = np.zeros((size, size), np.uint8)
    cv2.circle(cover, middle, radius, 255, -1, cv2.LINE_AA)
    return image, (cover / 255).astype(np.float32)


def great_wall(width: int, height: int, dice: Dice) -> NDArray[np.float32]:
    """A faint ridge with a battlement line, 0 to 1."""
    cover = np.zeros((height, width), np.uint8)
    x = np.arange(width)
    for number in range(4):
        base = height * (0.35 + 0.15 * number)
        ridge = base + height * 0.09 * np.sin(x / width * dice.real(3, 9) + dice.real(0, 6))
        points = np.stack((x, ridge), axis=1).astype(np.int32)
        cv2.polylines(cover, [points], isClosed=False, color=160, thickness=max(1, height // 160))
        teeth = points[:: max(4, width // 90)]
        for px, py in teeth:
            cv2.line(cover, (int(px), int(py)), (int(px), int(py) - max(2, height // 60)), 150, 1)
    return (cover / 255).astype(np.float32)


def _phase(x: NDArray[np.float32], y: NDArray[np.float32], dice: Dice) -> NDArray[np.float32]:
    slow = np.sin(x * dice.real(5, 12) + dice.real(0, 6)) * dice.real(0.02, 0.06)
    cross = np.sin(y * dice.real(6, 16) + dice.real(0, 6)) * dice.real(0.01, 0.04)
    tilt = dice.real(-0.6, 0.6)
    lines = dice.real(130, 210)
    return np.asarray((y + slow + cross + tilt * x * 0.3) * lines, dtype=np.float32)


def _around(middle: tuple[int, int], radius: float, angle: float) -> tuple[int, int]:
    return (round(middle[0] + radius * np.sin(angle)), round(middle[1] - radius * np.cos(angle)))


def _fill_star(image: Pixels, at: tuple[int, int], radius: float, colour: Colour) -> None:
    corners = [
        _around(at, radius if n % 2 == 0 else radius * 0.4, np.pi * n / 5) for n in range(10)
    ]
    cv2.fillPoly(image, [np.array(corners, np.int32)], colour, cv2.LINE_AA)
