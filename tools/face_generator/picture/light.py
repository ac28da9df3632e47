"""How light falls on a head: soft on skin, glossy on eyes, dark in hollows."""

from typing import Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.face_generator.figure.mesh import Floats

_RED_FIRST: Final = (0.9, 0.45, 0.25)
"""How far light wanders under the skin, red the farthest; hundredths of the head's width."""


class Lighting(NamedTuple):
    """The lamps of a scene; colours red-green-blue in linear light.

    Attributes:
        direction: Towards the main lamp: x right, y up, z to the camera.
        key: Colour and strength of the main lamp.
        sky: Light from above and all round.
        ground: Light from below.
    """

    direction: tuple[float, float, float]
    key: tuple[float, float, float]
    sky: tuple[float, float, float]
    ground: tuple[float, float, float]


class Canvas(NamedTuple):
    """One picture's pixels before colour; height x width (x 3).

    Attributes:
        normal: Unit normals, camera axes.
        depth: Nearness in decimetres; minus infinity where nothing is.
        skin: How much a pixel is skin, 0 to 1.
        head_px: Width of the head in pixels.
    """

    normal: Floats
    depth: Floats
    skin: Floats
    head_px: float


def lit(canvas: Canvas, albedo: Floats, gloss: Floats, light: Lighting) -> Floats:
    """The light that comes back from each pixel, linear.

    Args:
        canvas: What is seen where.
        albedo: Own colours, linear.
        gloss: Strength of the highlight, 0 to 1.
        light: The lamps.
    """
    towards = np.asarray(light.direction) / np.linalg.norm(light.direction)
    facing = canvas.normal @ towards
    wrapped = np.stack(
        [np.clip((facing + w) / (1 + w), 0, 1) ** (1 + w) for w in (0.42, 0.28, 0.22)], -1
    )
    plain = np.clip(facing, 0, 1)[..., None]
    skin = canvas.skin[..., None]
    direct = (wrapped * skin + plain * (1 - skin)) * np.asarray(light.key)
    up = (canvas.normal[..., 1:2] + 1) / 2
    around = np.asarray(light.sky) * up + np.asarray(light.ground) * (1 - up)
    hollow = _openness(canvas)[..., None] ** np.array([0.8, 1.0, 1.1])
    received = _under_skin((direct * (0.35 + 0.65 * hollow) + around * hollow), canvas)
    half = towards + np.array([0, 0, 1.0])
    half /= np.linalg.norm(half)
    shine = np.clip(canvas.normal @ half, 0, 1) ** 28 * gloss
    return np.asarray(albedo * received + (0.5 * shine)[..., None] * np.asarray(light.key) * hollow)


def _openness(canvas: Canvas) -> Floats:
    """1 in the open, towards 0 in hollows: how far the surroundings stand nearer."""
    seen = np.isfinite(canvas.depth)
    depth = np.where(seen, canvas.depth, -4.0)
    closed = np.zeros_like(depth)
    for spread, strength in ((0.02, 3.2), (0.06, 1.5), (0.16, 0.55)):
        around = _blurred(depth, spread * canvas.head_px)
        closed += strength * np.clip(around - depth - 0.01 * spread, 0, 1)
    return np.asarray(np.where(seen, np.exp(-closed), 1.0))


def _under_skin(received: Floats, canvas: Canvas) -> Floats:
    softened = np.empty_like(received)
    weight = canvas.skin + 1e-3
    for channel, spread in enumerate(_RED_FIRST):
        sigma = spread / 100 * canvas.head_px
        wandered = _blurred(received[..., channel] * weight, sigma) / _blurred(weight, sigma)
        share = canvas.skin * 0.85
        softened[..., channel] = received[..., channel] * (1 - share) + wandered * share
    return softened


def _blurred(image: Floats, sigma: float) -> NDArray[np.float64]:
    """A wide blur is done on a smaller copy: the same to the eye, and much faster."""
    small, shrink = image.astype(np.float32), max(1, int(sigma / 3))
    if shrink > 1:
        size = (image.shape[1] // shrink, image.shape[0] // shrink)
        small = cv2.resize(small, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    blurred = cv2.GaussianBlur(small, (0, 0), max(sigma / shrink, 0.3))
    return np.asarray(cv2.resize(blurred, image.shape[::-1], interpolation=cv2.INTER_LINEAR), float)
