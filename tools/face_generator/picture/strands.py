"""Hairs as lines in space: how they catch the light, and how they are drawn."""

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.face_generator.figure.mesh import Floats
from tools.face_generator.picture.camera import Camera
from tools.face_generator.picture.light import Lighting

MIDDLE_OF_HEAD = np.array([0.0, 0.15, -0.75])
"""Relative to the point between the eyes, decimetres."""


class Strands(NamedTuple):
    """Hairs as lines in space.

    Attributes:
        points: Strands x steps x 3, relative to the point between the eyes.
        shine: Own brightness of each strand, about 1.
    """

    points: Floats
    shine: Floats


def draw(
    picture: NDArray[np.uint8],
    strands: Strands,
    colour: Floats,
    light: Lighting,
    camera: Camera,
    depth: Floats,
    exposure: float,
    *,
    filled: bool = True,
) -> None:
    """Draw strands over a picture (blue-green-red), hidden by what stands before them.

    Args:
        picture: Is changed.
        strands: What to draw.
        colour: Of the hair, linear red-green-blue.
        light: The scene's lamps.
        camera: The scene's.
        depth: Nearness of what is already there.
        exposure: Factor from linear light to the screen.
        filled: Lay a darker, thicker copy below, so that nothing shines through between strands.
    """
    screen, near = camera.seen(strands.points)
    middle, nearness = (screen[:, 1:] + screen[:, :-1]) / 2, (near[:, 1:] + near[:, :-1]) / 2
    visible = nearness > _at(depth, middle) - 0.05
    shades = _shades(strands, colour, light, camera) * exposure
    bgr = np.clip(np.clip(shades, 0, 1) ** (1 / 2.2) * 255, 0, 255)[..., ::-1]
    owner, step = np.nonzero(visible)
    order = np.argsort(nearness[owner, step])
    lines = np.stack([screen[:, :-1], screen[:, 1:]], 2)
    ends = np.round(lines[owner, step] * 16).astype(int)[order].tolist()
    tints = bgr[owner, step][order]
    for width, dim in ((2, 0.7), (1, 1.0)) if filled else ((1, 1.0),):
        for (start, stop), tint in zip(ends, (tints * dim).tolist(), strict=True):
            cv2.line(picture, start, stop, tint, width, cv2.LINE_AA, 4)


def shadow(strands: Strands, light: Lighting, camera: Camera) -> Floats:
    """How much of the main lamp reaches each pixel past the hair, 0 to 1."""
    mask = np.zeros(camera.size, np.uint8)
    towards = np.asarray(light.direction) / np.linalg.norm(light.direction)
    screen, near = camera.seen(strands.points[::4])
    shift = np.array([-towards[0], towards[1]]) * 0.10 * camera.scale
    front = (near > -0.9).all(1)
    lines = [line.astype(np.int32) for line in screen[front] + shift]
    cv2.polylines(
        mask, lines, isClosed=False, color=255, thickness=max(2, round(camera.scale / 40))
    )
    soft = cv2.GaussianBlur(mask.astype(float) / 255, (0, 0), camera.scale * 0.07)
    return np.asarray(1 - 0.32 * soft)


def _at(depth: Floats, points: Floats) -> Floats:
    column = np.clip(points[..., 0].astype(int), 0, depth.shape[1] - 1)
    row = np.clip(points[..., 1].astype(int), 0, depth.shape[0] - 1)
    return np.asarray(depth[row, column])


def _shades(strands: Strands, colour: Floats, light: Lighting, camera: Camera) -> Floats:
    along = np.diff(strands.points, axis=1)
    along = camera.directions(along / (np.linalg.norm(along, axis=2, keepdims=True) + 1e-9))
    outward = strands.points[:, 1:] - MIDDLE_OF_HEAD
    outward = camera.directions(outward / np.linalg.norm(outward, axis=2, keepdims=True))
    towards = np.asarray(light.direction) / np.linalg.norm(light.direction)
    half = towards + np.array([0, 0, 1.0])
    half /= np.linalg.norm(half)
    across = np.sqrt(np.clip(1 - (along @ towards) ** 2, 0, 1))
    glint = np.clip(1 - (along @ half) ** 2, 0, 1) ** 30
    facing = np.clip(0.35 + 0.65 * (outward @ towards), 0.05, 1)
    around = np.asarray(light.sky) * 0.8
    lamp = np.asarray(light.key) * (0.75 * across * facing)[..., None]
    bright = strands.shine[:, None, None] * np.linspace(0.75, 1.05, along.shape[1])[None, :, None]
    gleam = 0.055 * (glint * facing)[..., None] * np.asarray(light.key)
    return np.asarray((colour * (lamp + around) + gleam) * bright)
