"""Light and lens: uneven light, shadows, reflections, defocus, shake and noise."""

import cv2
import numpy as np
from numpy.typing import NDArray

from specimens.dice import Dice
from specimens.photography.shot import Shot

Floats = NDArray[np.float32]


def shine(image: Floats, cover: Floats, shot: Shot, dice: Dice) -> tuple[Floats, float]:
    """Light a scene; the picture, and the share of the page (cover 1) that is burnt out."""
    height, width = image.shape[:2]
    w, h = max(8, width // 16), max(8, height // 16)
    x, y = np.meshgrid(np.linspace(-1, 1, w), np.linspace(-1, 1, h))
    angle = dice.real(0, 2 * np.pi)
    shade = (
        1
        + shot.light * (x * np.cos(angle) + y * np.sin(angle))
        - shot.light * 0.25 * (x * x + y * y)
    )
    if shot.shadow:
        shade *= _cast_shadow(x, y, shot.shadow, dice)
    shade *= dice.real(0.86, 1.06) if not shot.flat else dice.real(0.97, 1.04)
    balance = np.array([dice.real(0.9, 1.05), 1.0, dice.real(0.95, 1.06)], np.float32)
    if shot.flat:
        balance = np.ones(3, np.float32)
    full = cv2.resize(shade.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR)
    image = image * (full[:, :, None] * balance)
    if not shot.glare:
        return image, 0.0
    blobs = _glare(x, y, shot.glare, dice)
    full = cv2.resize(blobs.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR)
    image = image + (275 - image) * full[:, :, None]
    return image, float(
        ((full > 0.85) & (cover > 0.5)).sum() / max(1.0, float((cover > 0.5).sum()))
    )


def _cast_shadow(
    x: NDArray[np.float64], y: NDArray[np.float64], depth: float, dice: Dice
) -> NDArray[np.float64]:
    """The soft edge of a hand's or head's shadow."""
    angle = dice.real(0, 2 * np.pi)
    across = x * np.cos(angle) + y * np.sin(angle) - dice.real(-0.3, 0.6)
    across += 0.12 * np.sin(dice.real(2, 6) * (x * np.sin(angle) - y * np.cos(angle)))
    edge = 1 / (1 + np.exp(-across * dice.real(8, 30)))
    return np.asarray(1 - depth * edge)


def _glare(
    x: NDArray[np.float64], y: NDArray[np.float64], strength: float, dice: Dice
) -> NDArray[np.float64]:
    blobs = np.zeros_like(x)
    for _ in range(dice.whole(1, 3)):
        cx, cy = dice.real(-0.7, 0.7), dice.real(-0.7, 0.7)
        rx, ry, angle = dice.real(0.05, 0.22), dice.real(0.04, 0.14), dice.real(0, np.pi)
        u = (x - cx) * np.cos(angle) + (y - cy) * np.sin(angle)
        v = -(x - cx) * np.sin(angle) + (y - cy) * np.cos(angle)
        blobs = np.maximum(blobs, np.exp(-((u / rx) ** 2 + (v / ry) ** 2)))
    return np.clip(blobs * (0.4 + strength), 0, 1) * min(1.0, strength + 0.15)


def develop(image: Floats, shot: Shot, dice: Dice) -> Floats:
    """What lens and sensor add: defocus, shake, noise."""
    if shot.blur > 0.25:
        image = np.asarray(cv2.GaussianBlur(image, (0, 0), shot.blur), dtype=np.float32)
    if shot.motion >= 1.5:
        streak = _streak(shot.motion, dice.real(0, 180))
        image = np.asarray(cv2.filter2D(image, -1, streak), dtype=np.float32)
    if shot.noise > 0:
        image = image + _noise(image.shape[0], image.shape[1], shot.noise, dice)
    return np.asarray(image, dtype=np.float32)


def _streak(length: float, angle: float) -> Floats:
    size = round(length) * 2 + 1
    kernel = np.zeros((size, size), np.float32)
    reach = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))]) * length / 2
    middle = np.array([size // 2, size // 2])
    start, end = middle - reach, middle + reach
    cv2.line(
        kernel,
        tuple(np.rint(start).astype(int).tolist()),
        tuple(np.rint(end).astype(int).tolist()),
        1.0,
        1,
    )
    return np.asarray(kernel / kernel.sum(), dtype=np.float32)


def _noise(height: int, width: int, sigma: float, dice: Dice) -> Floats:
    """Sensor noise: one tile of it, softly correlated, repeated over the picture."""
    tile = dice.rng.standard_normal((512, 512, 3), dtype=np.float32)
    tile = 0.75 * tile + 0.5 * tile.mean(axis=2, keepdims=True)
    reps = (-(-height // 512), -(-width // 512), 1)
    return np.tile(tile * sigma, reps)[:height, :width]
