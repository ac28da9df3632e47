"""Layers over a paper: watermarks, stamps, grey seals, mosaics, finger tips, captions."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from specimens.dice import Dice
from specimens.printing.paper import Bench, PrintedPaper
from specimens.printing.print_sheet import Colour, Corners, Pixels
from specimens.printing.printed_seals import round_seal
from specimens.printing.typefaces import Typeface, face_for, load, pick_typeface

PURPOSES: Final = (
    "仅供办理医保使用", "仅供办理居住证使用", "仅限办理护照使用", "仅用于银行卡开户",
    "仅供办理社会保障卡使用", "此件仅供入职使用他用无效", "仅供租房登记使用",
    "仅用于办理驾驶证换证",
)  # fmt: skip
"""What people write across a copy so that it serves one purpose only; some name another paper."""
PROHIBITIONS: Final = ("禁止复印", "复印无效", "再次复印无效", "严禁转借", "不得用于贷款")
Cover = NDArray[np.float32]
_COLOURS: Final[tuple[Colour, ...]] = (
    (120, 120, 120), (90, 90, 90), (70, 90, 150), (200, 60, 60), (150, 150, 160),
)  # fmt: skip


def watermark(paper: PrintedPaper, bench: Bench, text: str) -> PrintedPaper:
    """One slanting line of half-transparent words across the whole paper."""
    dice = bench.dice.fork("watermark")
    height, width = paper.image.shape[:2]
    size = round(min(width * 0.92 / len(text), height * 0.2))
    words = _words(text, _face(bench, dice), size)
    laid = _turned(words, dice.real(8, 28))
    cover = _placed(laid, paper.image, (width / 2 + dice.sway(0.03 * width), height / 2))
    return _inked(paper, cover * dice.real(0.22, 0.4), dice.pick(_COLOURS))


def tiled_watermark(paper: PrintedPaper, bench: Bench, text: str) -> PrintedPaper:
    """The same words in light small letters all over the paper."""
    dice = bench.dice.fork("tiles")
    height, width = paper.image.shape[:2]
    size = round(height * dice.real(0.055, 0.08))
    words = _words(text, _face(bench, dice), size)
    tile = np.zeros((round(size * dice.real(2.6, 3.6)), words.shape[1] + 2 * size), np.float32)
    tile[: words.shape[0], : words.shape[1]] = words[: tile.shape[0]]
    side = round(1.5 * float(np.hypot(height, width)))
    rows = -(-side // tile.shape[0])
    every = np.vstack(
        [
            np.roll(np.tile(tile, (1, -(-side // tile.shape[1]) + 1)), i * 3 * size)
            for i in range(rows)
        ]
    )
    laid = _turned(np.ascontiguousarray(every[:, :side]), dice.real(15, 40), expand=False)
    top, left = (laid.shape[0] - height) // 2, (laid.shape[1] - width) // 2
    cover = np.ascontiguousarray(laid[top : top + height, left : left + width])
    return _inked(paper, cover * dice.real(0.16, 0.3), dice.pick(_COLOURS))


def opaque_stamp(paper: PrintedPaper, bench: Bench, field: str, text: str) -> PrintedPaper:
    """Words as dark as print over a field, in about half of the cases on a ground of their own."""
    dice = bench.dice.fork("stamp")
    centre, size = _middle(_first_line(paper, field))
    words = _words(text, _face(bench, dice), round(size * dice.real(1.1, 1.5)))
    image = paper.image
    if dice.chance(0.5):
        ground = _placed(_padded(np.ones_like(words), round(size * 0.25), 1.0), image, centre)
        image = _blended(image, ground, dice.pick(((250, 250, 250), (235, 235, 215))))
    turned = _turned(words, dice.sway(3))
    colour = dice.pick(((40, 40, 40), (60, 60, 66), (30, 60, 140)))
    return paper._replace(image=_blended(image, _placed(turned, image, centre), colour))


def stamp_beside(paper: PrintedPaper, bench: Bench, field: str, text: str) -> PrintedPaper:
    """Words in the same size right behind a value."""
    dice = bench.dice.fork("beside")
    quad = _first_line(paper, field)
    centre, size = _middle(quad)
    words = _words(text, _face(bench, dice), round(size * dice.real(0.85, 1.15)))
    x = float(quad[1:3, 0].mean()) + words.shape[1] / 2 + size * dice.real(0.1, 0.8)
    place = (x, centre[1] + dice.sway(0.1 * size))
    return _inked(paper, _placed(words, paper.image, place) * dice.real(0.5, 0.95), (70, 70, 75))


def mosaic(paper: PrintedPaper, bench: Bench, field: str) -> PrintedPaper:
    """A part of a field in coarse squares."""
    dice = bench.dice.fork("mosaic")
    left, top, right, bottom = _bounds(_first_line(paper, field))
    wide = right - left
    start = left + wide * dice.real(0.2, 0.55)
    return _mosaic(paper, (start, top, start + wide * dice.real(0.18, 0.3), bottom), dice)


def grey_seal(paper: PrintedPaper, bench: Bench, field: str) -> PrintedPaper:
    """A seal that a copier has made grey, across a field."""
    dice = bench.dice.fork("grey seal")
    centre, size = _middle(_first_line(paper, field))
    face = _face(bench, dice)
    seal = round_seal(
        "某某市公安局户口登记", "户口专用章", face, round(size * 8), dice.fork("seal")
    )
    x, y = centre[0] + dice.sway(size), centre[1] + dice.real(-2.2, 2.2) * size
    cover = _placed(seal, paper.image, (x, y))
    return _inked(paper, cover * dice.real(0.45, 0.75), (110, 110, 112))


def finger_tip(paper: PrintedPaper, bench: Bench, field: str) -> PrintedPaper:
    """A finger tip on the label left of a field, hiding nothing else."""
    dice = bench.dice.fork("tip")
    quad = _first_line(paper, field)
    centre, size = _middle(quad)
    x = float(quad[[0, 3], 0].mean()) - size * dice.real(2.0, 2.4)
    cover = np.zeros(paper.image.shape[:2], np.float32)
    axes = (round(size * 1.5), round(size * 0.95))
    cv2.ellipse(cover, (round(x), round(centre[1])), axes, 0, 0, 360, 1.0, -1, cv2.LINE_AA)
    cv2.rectangle(
        cover, (0, round(centre[1] - axes[1])), (round(x), round(centre[1] + axes[1])), 1.0, -1
    )
    soft = np.asarray(cv2.GaussianBlur(cover, (0, 0), size * 0.08), np.float32)
    return paper._replace(image=_blended(paper.image, soft, (226, 182, 155)))


def caption(image: Pixels, bench: Bench, lines: tuple[str, ...], place: str) -> Pixels:
    """Lines of white or yellow words in a corner, as cameras and phones write them.

    Args:
        image: A photograph.
        bench: Chance and typefaces.
        lines: From above.
        place: "top", "bottom" or "middle".
    """
    dice = bench.dice.fork("caption")
    height, width = image.shape[:2]
    size = round(width * dice.real(0.035, 0.05))
    face = _face(bench, dice)
    y = {"top": 0.05, "bottom": 0.97, "middle": 0.6}[place] * height
    if place == "bottom":
        y -= len(lines) * size * 1.5
    x = width * dice.real(0.04, 0.12)
    colour = dice.pick(((255, 255, 255), (250, 220, 90), (245, 150, 40)))
    for line in lines:
        words = _words(line, face, size)
        at = (x + words.shape[1] / 2, y + size / 2)
        shade = _placed(words, image, (at[0] + 2, at[1] + 2))
        image = _blended(image, shade * 0.6, (20, 20, 20))
        image = _blended(image, _placed(words, image, at), colour)
        y += size * 1.5
    return image


def _face(bench: Bench, dice: Dice) -> Typeface:
    return pick_typeface(("hei", "song", "bold"), bench.style_set, dice)


def _words(text: str, face: Typeface, size: int) -> Cover:
    font = load(face_for(face, text), max(8, size))
    width = round(font.getlength(text)) + 4
    image = Image.new("L", (width, round(size * 1.3) + 4), 0)
    ImageDraw.Draw(image).text((2, image.height / 2), text, font=font, fill=255, anchor="lm")
    return np.asarray(image, np.float32) / np.float32(255)


def _padded(cover: Cover, pixels: int, level: float) -> Cover:
    border = cv2.copyMakeBorder(
        cover, pixels, pixels, pixels, pixels, cv2.BORDER_CONSTANT, value=level
    )
    return np.asarray(border, np.float32)


def _turned(cover: Cover, degrees: float, *, expand: bool = True) -> Cover:
    image = Image.fromarray(np.asarray(cover * 255, np.uint8))
    turned = image.rotate(degrees, resample=Image.Resampling.BICUBIC, expand=expand)
    return np.asarray(turned, np.float32) / np.float32(255)


def _placed(cover: Cover, image: Pixels, centre: tuple[float, float]) -> Cover:
    """A cover of the image's size with this one around a point; what reaches beyond is cut off."""
    high, wide = image.shape[:2]
    full: Cover = np.zeros((high, wide), np.float32)
    left, top = round(centre[0] - cover.shape[1] / 2), round(centre[1] - cover.shape[0] / 2)
    x0, y0 = max(0, left), max(0, top)
    x1 = min(wide, left + cover.shape[1])
    y1 = min(high, top + cover.shape[0])
    if x1 > x0 and y1 > y0:
        full[y0:y1, x0:x1] = cover[y0 - top : y1 - top, x0 - left : x1 - left]
    return full


def _blended(image: Pixels, cover: Cover, colour: Colour) -> Pixels:
    share = cover[:, :, None]
    ink = np.array(colour[::-1], np.float32)
    return np.asarray(np.clip(image * (1 - share) + ink * share, 0, 255), np.uint8)


def _inked(paper: PrintedPaper, cover: Cover, colour: Colour) -> PrintedPaper:
    return paper._replace(image=_blended(paper.image, cover, colour))


def _bounds(quad: Corners) -> tuple[float, float, float, float]:
    (left, top), (right, bottom) = quad.min(0), quad.max(0)
    return float(left), float(top), float(right), float(bottom)


def _first_line(paper: PrintedPaper, field: str) -> Corners:
    """The place of a field; of a paragraph its first line."""
    quad = paper.quads[field]
    usual = float(np.median([_height(q) for q in paper.quads.values()]))
    if _height(quad) < 1.6 * usual:
        return quad
    line = quad.copy()
    line[2:, 1] = line[:2, 1] + usual
    return line


def _height(quad: Corners) -> float:
    _, top, _, bottom = _bounds(quad)
    return bottom - top


def _middle(quad: Corners) -> tuple[tuple[float, float], float]:
    """The middle of a line and the height of its letters, pixels."""
    left, top, right, bottom = _bounds(quad)
    return ((left + right) / 2, (top + bottom) / 2), (bottom - top) * 0.85


def _mosaic(
    paper: PrintedPaper, area: tuple[float, float, float, float], dice: Dice
) -> PrintedPaper:
    left, top, right, bottom = (round(v) for v in area)
    image = paper.image.copy()
    patch = image[top:bottom, left:right]
    cell = max(3, round((bottom - top) * dice.real(0.22, 0.4)))
    small = cv2.resize(
        patch,
        (max(1, patch.shape[1] // cell), max(1, patch.shape[0] // cell)),
        interpolation=cv2.INTER_AREA,
    )
    size = (patch.shape[1], patch.shape[0])
    image[top:bottom, left:right] = cv2.resize(small, size, interpolation=cv2.INTER_NEAREST)
    return paper._replace(image=image)
