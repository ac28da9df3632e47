"""What people do to papers and pictures: copy, paste over, cut, cover, photograph a screen."""

from typing import Final

import cv2
import numpy as np
from PIL import Image, ImageDraw

from specimens.dice import Dice
from specimens.photography.capture import Photo
from specimens.printing.paper import Bench, PrintedPaper
from specimens.printing.print_sheet import Corners
from specimens.printing.typefaces import installed, load

PHOTO_SPOILS: Final = ("recapture", "cut", "finger", "flash")


def photocopy(paper: PrintedPaper, dice: Dice) -> PrintedPaper:
    """The page as a black-and-white copier gives it: grey, hard, with specks."""
    grey = cv2.cvtColor(paper.image, cv2.COLOR_BGR2GRAY).astype(np.float32)
    grey = (grey - np.percentile(grey, 80)) * dice.real(1.2, 1.6) + dice.real(225, 250)
    grey += dice.rng.normal(0, 7, grey.shape)
    specks = dice.rng.random(grey.shape) < 0.0004
    grey[specks] = 40
    image = cv2.cvtColor(np.clip(grey, 0, 255).astype(np.uint8), cv2.COLOR_GRAY2BGR)
    return paper._replace(
        image=image.astype(np.uint8), marks={**paper.marks, "defect": "photocopy"}
    )


def paste_over(paper: PrintedPaper, field: str, text: str, bench: Bench) -> PrintedPaper:
    """Another value, printed on a scrap of other paper and laid over a field.

    The truth of the field becomes what a reader now sees.
    """
    spot = paper.quads[field]
    left, top = np.floor(spot.min(0)).astype(int) - 3
    right, bottom = np.ceil(spot.max(0)).astype(int) + 3
    width, height = int(right - left) + bench.dice.whole(2, 8), int(bottom - top)
    shade = bench.dice.whole(222, 250)
    scrap = Image.new("RGB", (width, height), (shade, shade, shade - 5))
    face = bench.dice.pick(installed("number", bench.style_set))
    size = round(height * 0.82)
    while size > 8 and load(face, size).getlength(text) > width - 4:
        size -= 1
    ImageDraw.Draw(scrap).text(
        (2, height / 2), text, font=load(face, size), fill=(10, 10, 10), anchor="lm"
    )
    image = paper.image.copy()
    patch = np.asarray(scrap)[:, :, ::-1]
    room = image[max(0, top) : top + height, max(0, left) : left + width]
    room[:] = patch[: room.shape[0], : room.shape[1]]
    return paper._replace(
        image=image, fields={**paper.fields, field: text}, marks={**paper.marks, "defect": "pasted"}
    )


def spoil_photo(photo: Photo, spoil: str, dice: Dice) -> Photo:
    """One of PHOTO_SPOILS.

    Raises:
        KeyError: No such spoil.
    """
    spoils = {"recapture": _recapture, "cut": _cut, "finger": _finger, "flash": _flash}
    return spoils[spoil](photo, dice)


def _recapture(photo: Photo, dice: Dice) -> Photo:
    """The picture of a screen: fine stripes, a bluish cast, less contrast."""
    image = photo.image.astype(np.float32)
    height, width = image.shape[:2]
    x = np.arange(width, dtype=np.float32)[None, :]
    y = np.arange(height, dtype=np.float32)[:, None]
    pitch, angle = dice.real(2.6, 3.4), dice.real(0.02, 0.12)
    fine = np.sin(2 * np.pi * (x * np.cos(angle) + y * np.sin(angle)) / pitch)
    fine = fine * np.sin(2 * np.pi * (y * np.cos(angle) - x * np.sin(angle)) / pitch)
    slow = np.sin(2 * np.pi * (x * dice.real(0.6, 1.4) + y) / dice.real(38, 70))
    image = 30 + image * 0.84 + (fine * 13 + slow * 7)[:, :, None]
    image *= np.array([1.06, 1.0, 0.97], np.float32)
    return photo._replace(image=np.clip(image, 0, 255).astype(np.uint8))


def _cut(photo: Photo, dice: Dice) -> Photo:
    """One or two sides of the page lie outside the picture."""
    height, width = photo.image.shape[:2]
    (left, top), (right, bottom) = photo.outline.min(0), photo.outline.max(0)
    page_w, page_h = right - left, bottom - top
    x0, y0, x1, y1 = 0, 0, width, height
    if dice.chance(0.5):
        x0 = round(max(0, left) + page_w * dice.real(0.16, 0.26))
    else:
        x1 = round(min(width, right) - page_w * dice.real(0.22, 0.34))
    if dice.chance(0.4):
        y1 = round(min(height, bottom) - page_h * dice.real(0.15, 0.25))
    shift = np.array([x0, y0], dtype=np.float64)
    return Photo(
        np.ascontiguousarray(photo.image[y0:y1, x0:x1]),
        {name: quad - shift for name, quad in photo.quads.items()},
        photo.outline - shift,
        photo.glare,
    )


def _finger(photo: Photo, dice: Dice) -> Photo:
    """A thumb over the number, else over the lower edge."""
    image = photo.image.copy()
    height, width = image.shape[:2]
    spot = _target(photo, width, height)
    x, y = float(spot[0]), float(spot[1])
    size = max(height, width) * dice.real(0.055, 0.075)
    edge = np.array([x + dice.real(-0.2, 0.2) * size, height + size])
    skin = np.array([dice.whole(120, 150), dice.whole(155, 185), dice.whole(200, 230)], np.float32)
    cover = np.zeros((height, width), np.uint8)
    ends = [tuple(np.rint(p).astype(int).tolist()) for p in (np.array([x, y]), edge)]
    cv2.line(cover, ends[0], ends[1], 255, round(size * 2))
    soft = (
        cv2.GaussianBlur(cover, (0, 0), max(1.0, size * 0.05)).astype(np.float32)[:, :, None] / 255
    )
    shade = (
        cv2.GaussianBlur(cover, (0, 0), max(2.0, size * 0.4)).astype(np.float32)[:, :, None] / 255
    )
    painted = image * (1 - soft) + (skin * (0.72 + 0.3 * shade)) * soft
    return photo._replace(image=np.clip(painted, 0, 255).astype(np.uint8))


def _flash(photo: Photo, dice: Dice) -> Photo:
    """The lamp's reflection burns out the number, else the middle."""
    image = photo.image.astype(np.float32)
    height, width = image.shape[:2]
    x0, y0 = _target(photo, width, height)
    x = np.arange(width, dtype=np.float32)[None, :]
    y = np.arange(height, dtype=np.float32)[:, None]
    rx, ry = width * dice.real(0.11, 0.17), height * dice.real(0.08, 0.14)
    blob = np.exp(-(((x - x0) / rx) ** 2 + ((y - y0) / ry) ** 2)) * 2.2
    image += (280 - image) * np.clip(blob, 0, 1)[:, :, None]
    return photo._replace(image=np.clip(image, 0, 255).astype(np.uint8))


def _target(photo: Photo, width: int, height: int) -> Corners:
    for field in ("id_number", "certificate_number", "name", "valid_until"):
        if field in photo.quads:
            return np.asarray(photo.quads[field].mean(0), dtype=np.float64)
    return np.array([width * 0.5, height * 0.6])
