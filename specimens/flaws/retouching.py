"""Values that were changed: on the paper, or in the picture afterwards."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from specimens.dice import Dice
from specimens.flaws.places import flat_patch, lay_patch
from specimens.photography.capture import Photo
from specimens.photography.spoil import paste_over
from specimens.printing.paper import Bench, PrintedPaper
from specimens.printing.print_sheet import Corners, Pixels
from specimens.printing.typefaces import Role, face_for, installed, load

_NUMBERS: Final = ("id_number", "household_number", "certificate_number", "mother_id_number")
_WORTH: Final = (*_NUMBERS, "name", "newborn_name", "householder_name", "birth_date", "valid_until")
_DIGITS: Final = "0123456789"
_MIN_WIDTH: Final = 4


def scrap(paper: PrintedPaper, bench: Bench) -> PrintedPaper:
    """Another number, printed on a scrap of other paper and laid over a field."""
    field = _field(paper.quads, bench.dice)
    return _told(paste_over(paper, field, _other_text(field, bench.dice), bench), field)


def corrected(paper: PrintedPaper, bench: Bench) -> PrintedPaper:
    """Correction fluid over a value, and another one written on it with a pen."""
    dice = bench.dice
    field = _field(paper.quads, dice)
    image = paper.image.copy()
    left, top = np.floor(paper.quads[field].min(0)).astype(int)
    right, bottom = np.ceil(paper.quads[field].max(0)).astype(int)
    area = np.zeros(image.shape[:2], np.float32)
    rough = dice.rng.normal(0, (bottom - top) * 0.06, (12, 2))
    rim = [(left + (right - left) * i / 5, top) for i in range(6)]
    rim += [(right - (right - left) * i / 5, bottom) for i in range(6)]
    cv2.fillPoly(area, [np.rint(np.array(rim) + rough).astype(np.int32)], 1.0)
    mask = np.asarray(cv2.GaussianBlur(area, (0, 0), 1.2), np.float32)[:, :, None]
    white = 244 + dice.rng.normal(0, 3, image.shape)
    mixed = image * (1 - mask * 0.96) + white * mask * 0.96
    image = np.clip(mixed, 0, 255).astype(np.uint8)
    text = _drawn_text(_other_text(field, dice), (right - left, bottom - top), "kai", bench.dice)
    ink = np.array([110, 40, 30], np.float32) if dice.chance(0.5) else np.zeros(3, np.float32)
    patch = image[top:bottom, left:right]
    cover = text[: patch.shape[0], : patch.shape[1], None]
    patch[:] = (patch * (1 - cover) + ink * cover).astype(np.uint8)
    return _told(paper._replace(image=image), field)


def typed_over(photo: Photo, dice: Dice) -> Photo:
    """The value painted out in one colour, and another one typed there in another typeface."""
    return _rewritten(photo, dice, roles=("hei", "song", "kai"), ground="plain", size=1.0)


def typed_larger(photo: Photo, dice: Dice) -> Photo:
    """Painted out with a soft brush; the new value is a size larger or smaller."""
    size = dice.pick((0.78, 0.84, 1.18, 1.26))
    return _rewritten(photo, dice, roles=("hei", "song"), ground="soft", size=size)


def healed(photo: Photo, dice: Dice) -> Photo:
    """Removed by a healing tool, and typed in a typeface close to the paper's own."""
    return _rewritten(photo, dice, roles=("hei",), ground="healed", size=1.0)


def matched(photo: Photo, dice: Dice) -> Photo:
    """As healed, then given noise like the picture's: the careful forger."""
    return _rewritten(photo, dice, roles=("hei", "song"), ground="healed", size=1.0, noise=True)


def digits_copied(photo: Photo, dice: Dice) -> Photo:
    """Some digits of a number replaced by others of the same number."""
    photo = _saved(photo, dice)
    names = [name for name in _NUMBERS if name in photo.quads]
    field = dice.pick(names or [_field(photo.quads, dice)])
    patch, matrix = flat_patch(photo.image, photo.quads[field])
    count = 18 if "id" in field else 10
    step = patch.shape[1] / count
    changed = patch.copy()
    cover = np.zeros(patch.shape[:2], np.float32)
    for target, source in dice.rng.permutation(count)[:8].reshape(4, 2):
        width = int(step)
        at, origin = round(target * step), round(source * step)
        width = min(width, patch.shape[1] - max(at, origin))
        changed[:, at : at + width] = patch[:, origin : origin + width]
        cover[:, at : at + width] = 1
    soft = np.asarray(cv2.GaussianBlur(cover, (0, 0), 0.7), np.float32)
    return photo._replace(image=lay_patch(photo.image, changed, matrix, cover=soft))


def from_elsewhere(photo: Photo, dice: Dice) -> Photo:
    """The place filled from another picture: other sharpness, other noise, saved at low quality."""
    photo = _saved(photo, dice)
    field = _field(photo.quads, dice)
    patch, matrix = flat_patch(photo.image, photo.quads[field], border=0.15)
    text = _other_text(field, dice)
    other = _typed(patch, text, dice, role="hei", ground="plain", size=1.0)
    soft = cv2.GaussianBlur(other, (0, 0), patch.shape[0] * dice.real(0.025, 0.045))
    soft = np.asarray(soft + dice.rng.normal(0, 3, soft.shape) + dice.sway(4), np.float32)
    written, data = cv2.imencode(
        ".jpg",
        np.clip(soft, 0, 255).astype(np.uint8),
        [cv2.IMWRITE_JPEG_QUALITY, dice.whole(25, 50)],
    )
    again = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8) if written else other
    return photo._replace(image=lay_patch(photo.image, again, matrix))


def one_digit(photo: Photo, dice: Dice) -> Photo:
    """One digit of a number painted out and typed anew: the smallest change that helps."""
    photo = _saved(photo, dice)
    names = [name for name in _NUMBERS if name in photo.quads]
    field = dice.pick(names or [_field(photo.quads, dice)])
    patch, matrix = flat_patch(photo.image, photo.quads[field])
    step = patch.shape[1] / (18 if "id" in field else 10)
    left = round(dice.whole(6, 8) * step)
    part = patch[:, left : left + round(step)]
    digit = dice.pick(_DIGITS)
    changed = patch.copy()
    changed[:, left : left + part.shape[1]] = _typed(
        part, digit, dice, role="hei", ground="plain", size=1.0
    )
    return photo._replace(image=lay_patch(photo.image, changed, matrix))


def _rewritten(
    photo: Photo,
    dice: Dice,
    *,
    roles: tuple[Role, ...],
    ground: str,
    size: float,
    noise: bool = False,
) -> Photo:
    photo = _saved(photo, dice)
    field = _field(photo.quads, dice)
    patch, matrix = flat_patch(photo.image, photo.quads[field], border=0.12)
    text = _other_text(field, dice)
    typed = _typed(patch, text, dice, role=dice.pick(roles), ground=ground, size=size)
    if noise:
        flat = cv2.GaussianBlur(patch, (0, 0), 1.2)
        sigma = float(np.median(np.abs(patch.astype(np.float32) - flat))) * 1.6
        grain = cv2.GaussianBlur(dice.rng.normal(0, 1, patch.shape).astype(np.float32), (0, 0), 0.5)
        noisy = cv2.GaussianBlur(typed, (0, 0), 0.7) + grain * sigma * 1.7
        typed = np.clip(noisy, 0, 255).astype(np.uint8)
    return photo._replace(image=lay_patch(photo.image, typed, matrix))


def _typed(patch: Pixels, text: str, dice: Dice, *, role: Role, ground: str, size: float) -> Pixels:
    """The patch without its text, and another text on it."""
    flat = patch.astype(np.float32)
    light = np.percentile(flat, 75, axis=(0, 1))
    if ground == "plain":
        flat[:] = light
    elif ground == "soft":
        pale = np.maximum(flat, light * 0.97)
        flat = cv2.GaussianBlur(pale, (0, 0), max(1.0, patch.shape[0] * 0.15))
    else:
        grey = patch.mean(axis=2)
        ink = (grey < np.percentile(grey, 75) - 18).astype(np.uint8)
        ink = cv2.dilate(ink, np.ones((3, 3), np.uint8), iterations=2)
        flat = cv2.inpaint(patch, ink, 4, cv2.INPAINT_TELEA).astype(np.float32)
    dark = np.percentile(patch.astype(np.float32), 3, axis=(0, 1))
    cover = _drawn_text(text, (patch.shape[1], patch.shape[0]), role, dice, size=size)[:, :, None]
    return np.clip(flat * (1 - cover) + dark * cover, 0, 255).astype(np.uint8)


def _drawn_text(
    text: str, room: tuple[int, int], role: Role, dice: Dice, *, size: float = 1.0
) -> NDArray[np.float32]:
    """How much ink lies where when a text is typed into a box of this width and height."""
    width, height = max(_MIN_WIDTH, room[0]), max(_MIN_WIDTH, room[1])
    face = face_for(dice.pick(installed(role, "tuning")), text)
    pixels = max(6, round(height * 0.82 * size))
    while pixels > 6 and load(face, pixels).getlength(text) > width * max(1.0, size):
        pixels -= 1
    board = Image.new("L", (width, height), 0)
    ImageDraw.Draw(board).text(
        (1, height / 2), text, font=load(face, pixels), fill=240, anchor="lm"
    )
    return np.asarray(board, np.float32) / np.float32(255)


def _saved(photo: Photo, dice: Dice) -> Photo:
    """The phone's file, as an editor opens it."""
    quality = [cv2.IMWRITE_JPEG_QUALITY, dice.whole(85, 95)]
    written, data = cv2.imencode(".jpg", photo.image, quality)
    shown = cv2.imdecode(data, cv2.IMREAD_COLOR) if written else photo.image
    return photo._replace(image=np.asarray(shown, np.uint8))


def _field(quads: dict[str, Corners], dice: Dice) -> str:
    names = [name for name in _WORTH if name in quads]
    return dice.pick(names or sorted(quads))


def _other_text(field: str, dice: Dice) -> str:
    if field.endswith("name"):
        return dice.pick("王李张刘陈杨赵黄") + dice.pick(
            ("建国", "思远", "晓雯", "子轩", "雅婷", "明")
        )
    if field == "valid_until":
        year, day = dice.whole(2018, 2025), f"{dice.whole(1, 12):02d}.{dice.whole(1, 28):02d}"
        return f"{year}.{day}-{year + 20}.{day}"
    if field.endswith("date"):
        return f"{dice.whole(1950, 2024)}年{dice.whole(1, 12)}月{dice.whole(1, 28)}日"
    count = 18 if "id" in field else 9
    return "".join(dice.pick(_DIGITS) for _ in range(count))


def _told(paper: PrintedPaper, field: str) -> PrintedPaper:
    return paper._replace(marks={**paper.marks, "defect": "pasted", "where": field})
