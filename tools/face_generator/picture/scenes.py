"""The studio of an ID photo, and the rooms, lamps and moods of selfies."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.face_generator.picture.camera import turned
from tools.face_generator.picture.light import Lighting
from tools.face_generator.picture.photograph import StudioScene

PORTRAIT_SIZE: Final = (441, 358)
SELFIE_SIZE: Final = (960, 720)
_MOODS: Final[tuple[dict[str, float], ...]] = (
    {},
    {"mouthSmile": 0.55, "cheekSquint": 0.4},
    {"mouthSmile": 0.8, "eyeSquint": 0.45, "cheekSquint": 0.6},
    {"browOuterUp": 0.5, "eyeWide": 0.4},
    {"mouthPress": 0.6, "browDown": 0.4, "eyeSquint": 0.3},
    {"mouthSmile": 0.3, "mouthDimple": 0.3},
)
"""Weights of face units; each is made by both halves of the face, never quite alike."""


def studio(rng: np.random.Generator) -> StudioScene:
    """A registration office: white ground, even light, frontal, serious."""
    height, width = PORTRAIT_SIZE
    side = float(rng.choice((-0.3, 0.3)))
    light = Lighting((side, 0.35, 1.0), (0.62, 0.60, 0.58), (0.50, 0.50, 0.52), (0.28, 0.26, 0.25))
    yaw, pitch, roll = rng.normal(0, (0.025, 0.03, 0.015))
    return StudioScene(
        PORTRAIT_SIZE, 2.0, 0.60, (0.47, 0.5), 28.0, turned(yaw, pitch, roll), light,
        float(rng.uniform(0.92, 1.08)), np.full((height, width, 3), 252, np.uint8), {}, (0.0, 0.0),
        0.35, 1.2,
    )  # fmt: skip


def snapshot(rng: np.random.Generator, *, strength: float) -> StudioScene:
    """A telephone picture at arm's length.

    Args:
        rng: Source of chance.
        strength: How far pose, light and mood go from the studio's, about 1.
    """
    yaw = rng.choice((-1, 1)) * rng.uniform(0.08, 0.26) * strength
    pitch, roll = rng.normal(0, (0.10 * strength, 0.06))
    height, across = rng.uniform(0.42, 0.50), rng.uniform(0.45, 0.55)
    mood = {
        f"{unit}{side}": weight * strength * float(rng.uniform(0.85, 1.1))
        for unit, weight in _MOODS[int(rng.integers(len(_MOODS)))].items()
        for side in ("Left", "Right")
    }
    gaze = (float(-yaw * 0.10), 0.0)
    return StudioScene(
        SELFIE_SIZE, 1.4, float(rng.uniform(0.46, 0.58)), (float(height), float(across)),
        float(rng.uniform(4.6, 7.5)), turned(float(yaw), float(pitch), float(roll)),
        _lamps(rng, strength), float(rng.uniform(0.85, 1.12)), _room(rng), mood, gaze,
        float(rng.uniform(0.5, 0.8)), float(rng.uniform(1.5, 3.0)),
    )  # fmt: skip


def _lamps(rng: np.random.Generator, strength: float) -> Lighting:
    """Window, ceiling lamp or evening light from one side."""
    side = float(rng.choice((-1, 1)) * rng.uniform(0.3, 1.0) * strength)
    above = float(rng.uniform(0.1, 0.9))
    warm = float(rng.uniform(-1, 1))
    tint = np.array([1 + 0.10 * warm, 1.0, 1 - 0.16 * warm])
    key = tuple(float(v) for v in tint * rng.uniform(0.62, 0.95))
    fill = rng.uniform(0.20, 0.40)
    sky = tuple(float(v) for v in fill * np.array([0.98, 1.0, 1.04]))
    ground = tuple(float(v) for v in fill * 0.6 * np.array([1.04, 1.0, 0.95]))
    return Lighting((side, above, 1.0), _three(key), _three(sky), _three(ground))


def _three(values: tuple[float, ...]) -> tuple[float, float, float]:
    red, green, blue = values
    return red, green, blue


def _room(rng: np.random.Generator) -> NDArray[np.uint8]:
    """A wall with a door, shelf, window or curtain, out of focus."""
    height, width = SELFIE_SIZE
    wall = rng.uniform(120, 225) * np.array([1, 1, 1]) + rng.normal(0, 9, 3)
    left_light, right_light = rng.uniform(0.8, 1.15, 2)
    ramp = np.linspace(left_light, right_light, width)[None, :, None]
    room = np.clip(np.ones((height, width, 3)) * wall * ramp, 0, 255).astype(np.uint8)
    for _ in range(int(rng.integers(2, 7))):
        left, top = rng.integers((-200, -200), (width, height))
        wide, tall = rng.integers((60, 150), (380, 700))
        corners = (int(left), int(top)), (int(left + wide), int(top + tall))
        colour = (rng.uniform(50, 230) + rng.normal(0, 16, 3)).tolist()
        cv2.rectangle(room, *corners, colour, -1)
        edge = [0.7 * c for c in colour]
        cv2.rectangle(room, *corners, edge, int(rng.integers(2, 14)))
    soft = cv2.GaussianBlur(room, (0, 0), float(rng.uniform(4, 14)))
    texture = cv2.GaussianBlur(rng.normal(0, 30, (height, width, 1)), (0, 0), 2.5)[..., None]
    return np.asarray(np.clip(soft + texture, 0, 255), np.uint8)
