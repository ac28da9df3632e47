"""ID cards with another person's portrait."""

from typing import Final

import cv2
import numpy as np

from specimens.dice import Dice
from specimens.faces.gallery import FOLDER
from specimens.flaws.places import flat_patch, lay_patch, to_bytes
from specimens.photography.capture import Photo
from specimens.printing.paper import Bench, PrintedPaper
from specimens.printing.print_sheet import Corners, Pixels

CARD: Final = (85.6, 54.0)
_PLACE: Final = (55.6, 6.6, 82.1, 38.9)  # of the portrait on the card, millimetres


def glued(paper: PrintedPaper, bench: Bench) -> PrintedPaper:
    """A printed photograph glued on: straight edges, a thin shadow, another white."""
    image = paper.image.copy()
    left, top, right, bottom = (round(v * bench.scale) for v in _PLACE)
    face = _face(bench.dice, (right - left, bottom - top), ground=bench.dice.whole(225, 255))
    cv2.rectangle(image, (left + 3, top + 3), (right + 4, bottom + 4), (110, 110, 110), 3)
    image[top:bottom, left:right] = face
    return paper._replace(image=image, marks={**paper.marks, "defect": "portrait"})


def pasted(photo: Photo, dice: Dice) -> Photo:
    """Another portrait laid over the old one in the picture, clean and sharp."""
    return _laid(photo, dice, ground=dice.whole(235, 255))


def pasted_coloured(photo: Photo, dice: Dice) -> Photo:
    """A portrait with a blue, red or grey ground."""
    ground = dice.pick(((190, 120, 40), (40, 30, 190), (200, 180, 150), (170, 170, 170)))
    return _laid(photo, dice, ground=ground)


def pasted_coarse(photo: Photo, dice: Dice) -> Photo:
    """A small picture from the web, enlarged."""
    return _laid(photo, dice, ground=dice.whole(225, 250), shrink=dice.real(0.12, 0.22))


def pasted_noisy(photo: Photo, dice: Dice) -> Photo:
    """Pasted with softened edges and noise to match."""
    return _laid(photo, dice, ground=dice.whole(228, 240), noise=3.0, feather=4.0)


def blended(photo: Photo, dice: Dice) -> Photo:
    """Only the face itself exchanged, blended into the old hair and collar."""
    patch, matrix = _cut(photo, border=0.0)
    height, width = patch.shape[:2]
    face = _face(dice, (width, height), ground=235)
    face = np.clip(face.astype(np.float32) * (patch.mean() / face.mean()), 0, 255).astype(np.uint8)
    cover = np.zeros((height, width), np.float32)
    axes = (round(width * 0.24), round(height * 0.26))
    cv2.ellipse(cover, (width // 2, round(height * 0.47)), axes, 0, 0, 360, 1.0, -1)
    soft = np.asarray(cv2.GaussianBlur(cover, (0, 0), width * 0.03), np.float32)
    return photo._replace(image=lay_patch(photo.image, face, matrix, cover=soft))


def _laid(
    photo: Photo,
    dice: Dice,
    *,
    ground: int | tuple[int, int, int],
    shrink: float = 1.0,
    noise: float = 0.0,
    feather: float = 0.0,
) -> Photo:
    patch, matrix = _cut(photo, border=0.0)
    face = _face(dice, (patch.shape[1], patch.shape[0]), ground=ground)
    if shrink < 1:
        tiny = cv2.resize(face, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
        size = (patch.shape[1], patch.shape[0])
        face = np.asarray(cv2.resize(tiny, size, interpolation=cv2.INTER_LINEAR), np.uint8)
    if noise:
        grain = dice.rng.normal(0, noise, face.shape)
        face = np.clip(cv2.GaussianBlur(face, (0, 0), 0.8) + grain, 0, 255).astype(np.uint8)
    cover = np.ones(patch.shape[:2], np.float32)
    if feather:
        cv2.rectangle(cover, (0, 0), (patch.shape[1] - 1, patch.shape[0] - 1), 0.0, 2)
        cover = np.asarray(cv2.GaussianBlur(cover, (0, 0), feather), np.float32)
    return photo._replace(image=lay_patch(photo.image, face, matrix, cover=cover))


def _cut(photo: Photo, *, border: float) -> tuple[Pixels, Corners]:
    """The portrait's place, found by the card's outline."""
    return flat_patch(photo.image, _place(photo), border=border)


def _place(photo: Photo) -> Corners:
    flat = np.array([(0, 0), (CARD[0], 0), CARD, (0, CARD[1])], np.float32)
    matrix = cv2.getPerspectiveTransform(flat, photo.outline.astype(np.float32))
    left, top, right, bottom = _PLACE
    spots = np.array([[(left, top), (right, top), (right, bottom), (left, bottom)]], np.float64)
    return np.asarray(cv2.perspectiveTransform(spots, matrix)[0], np.float64)


def _face(dice: Dice, size: tuple[int, int], *, ground: int | tuple[int, int, int]) -> Pixels:
    """Somebody's portrait at a size; its pale ground in another colour."""
    files = sorted(FOLDER.glob("*_portrait.jpg"))
    picture = cv2.imread(str(dice.pick(files)))
    if picture is None:
        raise ValueError("the gallery of faces cannot be read")
    scaled = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    pale = cv2.GaussianBlur((scaled.min(axis=2) > 200).astype(np.float32), (0, 0), 1.0)[:, :, None]
    colour = np.array((ground,) * 3 if isinstance(ground, int) else ground, np.float32)
    return to_bytes(scaled * (1 - pale) + colour * pale)
