"""Hairstyles and clothes that go with a person's sex and age."""

from typing import Final

import numpy as np

from specimens.faces.cast import Sex
from tools.face_generator.figure.hair import HairStyle
from tools.face_generator.figure.skin import Wear

_CLOTHS: Final = (
    (0.12, 0.14, 0.22), (0.10, 0.10, 0.11), (0.30, 0.10, 0.12), (0.20, 0.27, 0.22),
    (0.42, 0.36, 0.30), (0.22, 0.30, 0.45), (0.55, 0.52, 0.50), (0.45, 0.22, 0.30),
    (0.35, 0.38, 0.20), (0.62, 0.40, 0.28),
)  # fmt: skip
_BLACK: Final = np.array([0.13, 0.11, 0.105])
_GREY: Final = np.array([0.62, 0.61, 0.60])


def hairstyle(sex: Sex, age: float, rng: np.random.Generator) -> HairStyle:
    """A style for this person; call again for another of the same kind."""
    part = float(rng.choice((-1, 1)) * rng.uniform(0.15, 0.4))
    styles = _womens(part, rng) if sex == "女" else _mens(part, age, rng)
    if age < 11:
        styles = _childrens(sex, part)
    if age >= 58 and sex == "女":
        styles = [
            HairStyle("side", 0.75, 0.55, part=part, volume=0.22, wave=1.2),
            HairStyle("back", 0.9, 0.7, volume=0.16, wave=1.0),
            HairStyle("away", 0.6, 0.45, part=part, volume=0.20, wave=1.2),
        ]
    return styles[int(rng.integers(len(styles)))]


def wear(age: float, rng: np.random.Generator, *, glasses: bool) -> Wear:
    """Clothes, and hair that greys with the years."""
    grey = float(np.clip(np.interp(age, (42, 60, 80), (0, 0.35, 0.95)) + rng.normal(0, 0.1), 0, 1))
    grey *= age > 38
    hair = _BLACK * rng.uniform(0.75, 1.5) * (1 - grey) + _GREY * grey
    cloth = _CLOTHS[int(rng.integers(len(_CLOTHS)))]
    opening = float(rng.choice((0.0, 0.0, 0.22, 0.32)))
    red, green, blue = (float(part) for part in hair)
    return Wear(cloth, float(rng.uniform(1.62, 1.85)), opening, (red, green, blue), glasses)


def _mens(part: float, age: float, rng: np.random.Generator) -> list[HairStyle]:
    gone = float(np.clip(np.interp(age, (38, 60, 80), (0, 0.4, 0.9)) * rng.uniform(0, 1.3), 0, 1))
    return [
        HairStyle("side", 0.70, 0.20, part=part, volume=0.16, receding=gone),
        HairStyle("away", 0.34, 0.12, part=part, volume=0.12, receding=gone),
        HairStyle("forward", 0.50, 0.18, part=part, volume=0.15, receding=gone),
        HairStyle("back", 0.75, 0.25, volume=0.14, receding=gone),
        HairStyle("away", 0.16, 0.10, volume=0.05, receding=gone),
    ]


def _womens(part: float, rng: np.random.Generator) -> list[HairStyle]:
    wave = float(rng.uniform(0, 1.5))
    return [
        HairStyle("down", 3.0, 2.6, part=part, volume=0.09, wave=wave),
        HairStyle("down", 1.9, 1.6, part=part, volume=0.10, wave=wave),
        HairStyle("back", 1.4, 1.1, volume=0.05, wave=0.1),
        HairStyle("back", 1.4, 1.1, volume=0.05, fringe=0.50, wave=0.1),
        HairStyle("down", 1.5, 1.25, part=part, volume=0.11, fringe=0.50, wave=0.2),
        HairStyle("side", 0.95, 0.5, part=part, volume=0.16, wave=0.4),
    ]


def _childrens(sex: Sex, part: float) -> list[HairStyle]:
    if sex == "男":
        return [
            HairStyle("forward", 0.5, 0.22, part=part, volume=0.13),
            HairStyle("away", 0.22, 0.12, volume=0.08),
        ]
    return [
        HairStyle("back", 1.2, 1.0, volume=0.05, fringe=0.45),
        HairStyle("down", 1.4, 1.2, part=part, volume=0.09, fringe=0.45),
        HairStyle("back", 1.2, 1.0, volume=0.05),
    ]
