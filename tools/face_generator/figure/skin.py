"""The colour of skin, lips, eyes and clothes at each place of the head, in linear light."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from specimens.faces.cast import Sex
from tools.face_generator.figure.genes import Genes, Looks
from tools.face_generator.figure.mesh import Floats
from tools.face_generator.figure.noise import value_noise

LIPS_Y: Final = -0.665
"""Height of the mouth's line below the eyes, at rest."""

_SHADES: Final = 0.24
"""Strength of a person's own lighter and darker parts."""


class Surface(NamedTuple):
    """Places on the body, one a pixel.

    Attributes:
        rest: Where it lies on the head at rest, relative to the point between the eyes; N x 3.
        lips: How much it belongs to the lips, 0 to 1.
    """

    rest: Floats
    lips: Floats


class Wear(NamedTuple):
    """What a person wears and how the hair is coloured; colours red-green-blue, 0 to 1.

    Attributes:
        cloth: Colour of the clothes.
        neckline: How far below the eyes the clothes begin, decimetres.
        opening: Width of an open collar; 0 for a round neck.
        hair: Colour of the hair.
        glasses: Whether glasses are worn.
    """

    cloth: tuple[float, float, float]
    neckline: float
    opening: float
    hair: tuple[float, float, float]
    glasses: bool


def linear(colour: Floats | tuple[float, ...]) -> Floats:
    """Screen values to linear light."""
    return np.asarray(np.asarray(colour, float) ** 2.2)


def skin_colour(surface: Surface, genes: Genes, sex: Sex, age: float, eye_x: float) -> Floats:
    """Skin with its reddish, shaded and marked places.

    Args:
        surface: Places on the body.
        genes: The person's own colouring.
        sex: Shadow of a shaved beard for a grown man.
        age: Years; wrinkles and spots come with them.
        eye_x: Distance of an eye from the middle at rest.
    """
    place, looks = surface.rest, genes.looks
    colour = np.tile(_tone(looks, sex, age), (len(place), 1))
    mottle = 0.05 * value_noise(place, 3.1, genes.marks) + 0.05 * value_noise(
        place, 9, genes.marks + 1
    )
    pores = (
        0.05 * value_noise(place, 60, genes.marks + 2) * float(np.interp(age, (8, 40), (0.4, 1)))
    )
    colour *= (1 + mottle + pores)[:, None]
    colour *= (1 + _SHADES * _own_shades(place, genes))[:, None] ** np.array([0.8, 1.0, 1.15])
    _redden(colour, place, looks, age)
    _shade_eyes(colour, place, looks, age, eye_x)
    _wrinkle(colour, place, age)
    _spot(colour, place, genes.marks, age)
    if sex == "男" and age > 17:
        _shaved(colour, place, genes)
    return _lips(colour, surface, genes, sex, age)


def eye_colour(rest: Floats, eye_x: float, dark: float, gaze: tuple[float, float]) -> Floats:
    """White, iris and pupil of eyeballs at rest."""
    side = np.sign(rest[:, 0])
    across = rest[:, 0] - side * eye_x - gaze[0]
    up = rest[:, 1] - gaze[1]
    distance = np.hypot(across, up)
    colour = np.tile(linear((0.86, 0.83, 0.81)), (len(rest), 1))
    colour *= (1 - 0.45 * np.clip((distance - 0.05) / 0.12, 0, 1))[:, None]
    iris = linear((0.30, 0.19, 0.12)) * (1 - 0.5 * dark)
    ring = np.clip((0.069 - distance) / 0.008, 0, 1)[:, None]
    streaks = 1 + 0.25 * np.sin(np.arctan2(up, across) * 23)[:, None]
    colour = colour * (1 - ring) + iris * streaks * ring
    edge = np.exp(-(((distance - 0.066) / 0.006) ** 2))[:, None]
    pupil = np.clip((0.028 - distance) / 0.006, 0, 1)[:, None]
    return np.asarray(colour * (1 - 0.6 * edge) * (1 - 0.96 * pupil))


def is_clothed(rest: Floats, wear: Wear) -> NDArray[np.bool_]:
    """Which places lie under the clothes."""
    front = np.clip(rest[:, 2] + 0.9, 0, 1.2)
    edge = -wear.neckline - 0.16 * front + 0.6 * np.clip(np.abs(rest[:, 0]) - 0.4, 0, 1.6)
    if wear.opening:
        edge = edge - np.clip(wear.opening - np.abs(rest[:, 0]), 0, 1) * 1.6 * (front > 0.2)
    return np.asarray(rest[:, 1] < edge)


def cloth_colour(rest: Floats, wear: Wear) -> Floats:
    """Woven cloth with soft folds."""
    folds = 0.12 * value_noise(rest * np.array([1, 0.4, 1]), 2.2, 5) + 0.08 * value_noise(
        rest, 45, 6
    )
    return np.asarray(linear(wear.cloth) * (1 + folds)[:, None])


def _own_shades(place: Floats, genes: Genes) -> Floats:
    """Lighter and darker parts of one's own, alike on both sides."""
    mirrored = place.copy()
    mirrored[:, 0] = np.abs(place[:, 0])
    return np.asarray(
        sum(r.share * value_noise(mirrored, 3.6, r.seed + 5) for r in genes.reliefs), float
    )


def _tone(looks: Looks, sex: Sex, age: float) -> Floats:
    base = np.array([0.86, 0.70, 0.60]) if sex == "女" else np.array([0.80, 0.63, 0.52])
    base = (
        base + np.array([0.03, 0.04, 0.04]) * (age < 14) - np.array([0.03, 0.04, 0.05]) * (age > 60)
    )
    base = base - looks.tone * np.array([0.085, 0.095, 0.09])
    return linear(base + looks.warmth * np.array([-0.012, 0.012, -0.035]))


def _blob(place: Floats, x: float, y: float, width: float, height: float) -> Floats:
    """A soft spot on both halves of the face."""
    return np.asarray(
        np.exp(-(((np.abs(place[:, 0]) - x) / width) ** 2) - ((place[:, 1] - y) / height) ** 2)
    )


def _redden(colour: Floats, place: Floats, looks: Looks, age: float) -> None:
    strength = 0.16 + 0.10 * looks.blush + 0.08 * (age < 14)
    red = strength * _blob(place, 0.42, -0.35, 0.22, 0.18) + 0.16 * _blob(
        place, 0.0, -0.36, 0.14, 0.10
    )
    red += 0.12 * np.exp(-((np.abs(place[:, 0]) - 0.8) ** 2) / 0.01) * (place[:, 2] < -0.5)
    front = np.clip((place[:, 2] + 0.9) * 3, 0, 1)
    colour[:, 1:] *= (1 - np.clip(red * front, 0, 0.5))[:, None]


def _shade_eyes(colour: Floats, place: Floats, looks: Looks, age: float, eye_x: float) -> None:
    bags = (0.14 + 0.12 * looks.shade) * float(np.interp(age, (5, 20, 70), (0.3, 0.8, 1.7)))
    dark = bags * _blob(place, eye_x - 0.02, -0.14, 0.13, 0.05)
    dark = dark + 0.16 * _blob(place, eye_x, 0.09, 0.17, 0.05)
    fold_y = 0.098 + 0.02 * looks.fold - 0.42 * (np.abs(place[:, 0]) - eye_x) ** 2
    crease = np.exp(-(((place[:, 1] - fold_y) / 0.010) ** 2)) * _blob(
        place, eye_x + 0.01, 0.1, 0.13, 0.2
    )
    dark = dark + np.clip(0.28 + 0.3 * looks.fold, 0, 1) * crease
    front = np.clip((place[:, 2] + 0.35) * 4, 0, 1)
    colour *= (1 - np.clip(dark * front, 0, 0.7))[:, None] ** np.array([0.75, 1.0, 1.0])


def _wrinkle(colour: Floats, place: Floats, age: float) -> None:
    strength = float(np.interp(age, (30, 45, 60, 80), (0, 0.12, 0.32, 0.5)))
    if strength == 0:
        return
    x, y = np.abs(place[:, 0]), place[:, 1]
    wave = 0.012 * np.sin(x * 9) + 0.008 * value_noise(place, 4, 3)
    lines = sum(
        np.exp(-(((y - level - wave) / 0.009) ** 2)) * np.clip((0.46 - x) * 6, 0, 1)
        for level in (0.46, 0.56, 0.66)
    )
    fold_x = 0.17 + 0.16 * np.clip((-0.36 - y) / 0.4, 0, 1.2) ** 0.9
    folds = (
        np.exp(-(((x - fold_x) / 0.03) ** 2))
        * np.clip((-0.34 - y) * 8, 0, 1)
        * np.clip((y + 0.82) * 8, 0, 1)
    )
    crow = sum(
        np.exp(-(((y - slope * (x - 0.5) + 0.01) / 0.007) ** 2)) * ((x > 0.52) & (x < 0.68))
        for slope in (-0.7, -0.1, 0.5)
    )
    dark = strength * (0.4 * np.asarray(lines) + 0.45 * folds + 0.35 * np.asarray(crow))
    colour *= (1 - np.clip(dark * (place[:, 2] > -0.55), 0, 0.6))[:, None]


def _spot(colour: Floats, place: Floats, marks: int, age: float) -> None:
    rng = np.random.default_rng(marks)
    moles = int(rng.integers(0, 4)) + (6 if age > 62 else 0)
    for number in range(moles):
        centre = rng.uniform((-0.62, -0.95), (0.62, 0.6))
        size = rng.uniform(0.012, 0.024) * (1.8 if number > 3 else 1)
        distance = np.hypot(place[:, 0] - centre[0], place[:, 1] - centre[1])
        dark = np.clip((size - distance) / 0.012, 0, 1) * (place[:, 2] > -0.6)
        colour *= (1 - dark * (0.3 if number > 3 else 0.65))[:, None]


def _shaved(colour: Floats, place: Floats, genes: Genes) -> None:
    chin = np.clip((-0.52 - place[:, 1]) * 6, 0, 1) * np.clip((place[:, 1] + 1.25) * 5, 0, 1)
    upper = np.exp(-(((place[:, 1] + 0.52) / 0.05) ** 2)) * (np.abs(place[:, 0]) < 0.25)
    strength = 0.10 + 0.08 * genes.looks.shade
    grain = 1 + 0.5 * value_noise(place, 70, genes.marks + 9)
    dark = strength * np.clip(chin + upper, 0, 1) * grain * np.clip((place[:, 2] + 0.7) * 3, 0, 1)
    colour *= (1 - np.clip(dark, 0, 0.5))[:, None] ** np.array([1.15, 1.0, 0.85])


def _lips(colour: Floats, surface: Surface, genes: Genes, sex: Sex, age: float) -> Floats:
    tint = np.array([0.76, 0.45, 0.42]) if sex == "女" else np.array([0.70, 0.47, 0.42])
    red = genes.looks.lip_colour * (0.10 if sex == "女" and age > 18 else 0.04)
    tint = linear(tint - np.array([0.2, 0.9, 0.7]) * red - 0.03 * genes.looks.tone)
    creases = 1 + 0.10 * value_noise(surface.rest * np.array([1, 0.1, 0.1]), 40, genes.marks + 4)
    share = (0.78 * surface.lips)[:, None]
    colour = colour * (1 - share) + tint * creases[:, None] * share
    gap = np.exp(-(((surface.rest[:, 1] - LIPS_Y) / 0.012) ** 2)) * surface.lips
    return np.asarray(colour * (1 - 0.5 * gap)[:, None])
