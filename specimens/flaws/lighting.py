"""Bad pictures of good papers: out of focus, shaken, burnt out, shaded, dark."""

import cv2
import numpy as np
from numpy.typing import NDArray

from specimens.dice import Dice
from specimens.flaws.places import a_field, outline_mask, to_bytes
from specimens.photography.capture import Photo
from specimens.photography.shot import Shot

Floats = NDArray[np.float32]


def defocus(shot: Shot, dice: Dice) -> Shot:
    """Everything soft: a third to half of a glyph's height."""
    return shot._replace(blur=shot.long_side * dice.real(0.0026, 0.0045))


def disc_defocus(photo: Photo, dice: Dice) -> Photo:
    """Focus on something nearer: each point becomes a disc, not a soft spot."""
    radius = max(2, round(max(photo.image.shape[:2]) * dice.real(0.0035, 0.006)))
    kernel = np.zeros((2 * radius + 1, 2 * radius + 1), np.float32)
    cv2.circle(kernel, (radius, radius), radius, 1.0, -1)
    soft = cv2.filter2D(photo.image.astype(np.float32), -1, kernel / kernel.sum())
    grain = dice.rng.normal(0, 2, soft.shape)
    return photo._replace(image=to_bytes(soft + grain))


def shake(shot: Shot, dice: Dice) -> Shot:
    """A straight pull while the shutter was open."""
    return shot._replace(motion=shot.long_side * dice.real(0.008, 0.016))


def trembling(photo: Photo, dice: Dice) -> Photo:
    """A hand that trembles: the light draws a curved path."""
    reach = max(3, round(max(photo.image.shape[:2]) * dice.real(0.006, 0.011)))
    kernel = np.zeros((2 * reach + 1, 2 * reach + 1), np.float32)
    steps = np.cumsum(dice.rng.normal(0, 1, (60, 2)), axis=0)
    steps -= steps.mean(0)
    steps *= reach * 0.95 / np.abs(steps).max()
    path = np.rint(steps + reach).astype(np.int32)
    cv2.polylines(kernel, [path.reshape(-1, 1, 2)], isClosed=False, color=1.0, thickness=2)
    soft = cv2.filter2D(photo.image.astype(np.float32), -1, kernel / kernel.sum())
    grain = dice.rng.normal(0, 2, soft.shape)
    return photo._replace(image=to_bytes(soft + grain))


def lamp(photo: Photo, dice: Dice) -> Photo:
    """A lamp's round reflection over a field."""
    return _burn(photo, dice, _spot(photo, dice, stretch=1.0))


def tube(photo: Photo, dice: Dice) -> Photo:
    """A ceiling tube's long reflection over a field."""
    return _burn(photo, dice, _spot(photo, dice, stretch=dice.real(3, 6)))


def window(photo: Photo, dice: Dice) -> Photo:
    """A window's reflection: a slanting bright rectangle with a cross in it."""
    height, width = photo.image.shape[:2]
    name = a_field(photo, dice)
    x, y = photo.quads[name].mean(0)
    w, h = width * dice.real(0.1, 0.2), height * dice.real(0.08, 0.16)
    slant = dice.real(-0.4, 0.4)
    panes = np.zeros((height, width), np.float32)
    for left, top in ((-1, -1), (0.06, -1), (-1, 0.06), (0.06, 0.06)):
        pane = np.array([(left, top), (left + 0.94, top), (left + 0.94, top + 0.94)])
        pane = np.vstack((pane, [(left, top + 0.94)]))
        spots = np.stack((x + pane[:, 0] * w + pane[:, 1] * slant * w, y + pane[:, 1] * h), axis=1)
        cv2.fillPoly(panes, [np.rint(spots).astype(np.int32)], 1.15)
    soft = cv2.GaussianBlur(panes, (0, 0), max(1.0, width * 0.004))
    return _burn(photo, dice, np.asarray(soft, np.float32))


def film(photo: Photo, dice: Dice) -> Photo:
    """A laminated card's or plastic cover's ragged streaks of light, one over a field."""
    height, width = photo.image.shape[:2]
    rough = cv2.resize(
        dice.rng.normal(0, 1, (height // 60 + 2, width // 160 + 2)).astype(np.float32),
        (width, height),
        interpolation=cv2.INTER_CUBIC,
    )
    veil = _spot(photo, dice, stretch=dice.real(1.5, 4), size=1.8)
    return _burn(photo, dice, np.asarray(np.clip(veil * (0.9 + 0.5 * rough), 0, 2), np.float32))


def hard_shadow(photo: Photo, dice: Dice) -> Photo:
    """The phone's own dark shadow over a good part of the page."""
    height, width = photo.image.shape[:2]
    angle = dice.real(0, 2 * np.pi)
    x = (np.arange(width, dtype=np.float32)[None, :] / width - 0.5) * 2
    y = (np.arange(height, dtype=np.float32)[:, None] / height - 0.5) * 2
    across = x * np.cos(angle) + y * np.sin(angle) - dice.real(-0.2, 0.2)
    edge = 1 / (1 + np.exp(-across * dice.real(15, 60)))
    depth = dice.real(0.72, 0.88)
    dark = photo.image.astype(np.float32) * (1 - depth * edge)[:, :, None]
    return photo._replace(image=to_bytes(dark + dice.rng.normal(0, 3, dark.shape)))


def too_dark(photo: Photo, dice: Dice) -> Photo:
    """Hardly any light: dark, and the noise of a sensor at its limit."""
    dark = photo.image.astype(np.float32) * dice.real(0.1, 0.17)
    return photo._replace(image=to_bytes(dark + dice.rng.normal(0, 5, dark.shape)))


def _spot(photo: Photo, dice: Dice, *, stretch: float, size: float = 1.0) -> Floats:
    """A bright spot over a field, as wide as `stretch` times its height."""
    height, width = photo.image.shape[:2]
    x0, y0 = photo.quads[a_field(photo, dice)].mean(0)
    page = float(np.sqrt(outline_mask(photo).mean()))
    base = max(height, width) * page * dice.real(0.055, 0.085) * size
    rx, ry, angle = base * np.sqrt(stretch), base / np.sqrt(stretch), dice.real(0, np.pi)
    x = np.arange(width, dtype=np.float32)[None, :] - x0
    y = np.arange(height, dtype=np.float32)[:, None] - y0
    u, v = x * np.cos(angle) + y * np.sin(angle), -x * np.sin(angle) + y * np.cos(angle)
    return np.asarray(2.4 * np.exp(-((u / rx) ** 2 + (v / ry) ** 2)), np.float32)


def _burn(photo: Photo, dice: Dice, light: Floats) -> Photo:
    """Add light; what is full is white, in the light's own faint tint."""
    image = photo.image.astype(np.float32)
    tint = np.array([dice.real(262, 285), 272, dice.real(262, 285)], np.float32)
    image += (tint - image) * np.clip(light, 0, 1)[:, :, None]
    return photo._replace(image=to_bytes(image))
