"""Red seals: round and oval with a star and text on the rim, square ones, and cancelling stamps."""

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from specimens.dice import Dice
from specimens.printing.print_sheet import Colour
from specimens.printing.typefaces import Typeface, face_for, load

Cover = NDArray[np.float32]
"""How much ink lies where, 0 to 1."""


def round_seal(
    rim: str, middle: str, face: Typeface, diameter: int, dice: Dice, *, flat: float = 1.0
) -> Cover:
    """A round seal with a star (flat below 1 makes it oval), worn and slightly turned.

    Args:
        rim: Text along the upper rim.
        middle: Text below the star, may be empty.
        face: Typeface of both.
        diameter: Pixels.
        dice: Chance.
        flat: Height as a share of the width.
    """
    size = diameter + 8
    image = Image.new("L", (size, size), 0)
    board = ImageDraw.Draw(image)
    width = max(2, diameter // 38)
    board.ellipse((4, 4, size - 4, size - 4), outline=255, width=width)
    _rim_text(image, rim, face, diameter)
    centre = size / 2
    board.polygon(_star(centre, centre, diameter * 0.14), fill=255)
    if middle:
        letter = min(diameter * 0.105, diameter * 0.62 / max(1, len(middle)))
        font = load(face_for(face, middle), max(6, round(letter)))
        board.text((centre, centre + diameter * 0.27), middle, font=font, fill=255, anchor="mm")
    if flat != 1.0:
        image = image.resize((size, round(size * flat)))
    return _worn(image.rotate(dice.sway(9), resample=Image.Resampling.BICUBIC, expand=True), dice)


def square_seal(text: str, face: Typeface, width: int, dice: Dice) -> Cover:
    """A framed seal with one or two lines, as 户口登记专用 or a clerk's name (承办人签章)."""
    half = (len(text) + 1) // 2 if len(text) > 4 else len(text)
    lines = [text[:half], text[half:]] if text[half:] else [text]
    font = load(face_for(face, text), max(6, round(width * 0.86 / max(2, half))))
    height = round(font.size * 1.25 * len(lines) + width * 0.12)
    image = Image.new("L", (width + 8, height + 8), 0)
    board = ImageDraw.Draw(image)
    board.rectangle((4, 4, width + 3, height + 3), outline=255, width=max(2, width // 45))
    for number, line in enumerate(lines):
        y = 4 + height * (number + 0.5) / len(lines)
        board.text(((width + 8) / 2, y), line, font=font, fill=255, anchor="mm")
    turned = image.rotate(dice.sway(3), resample=Image.Resampling.BICUBIC, expand=True)
    return _worn(turned, dice)


def cancel_stamp(text: str, face: Typeface, width: int, dice: Dice) -> Cover:
    """A big stamp across the page: 注销, 迁出, 死亡注销."""
    font = load(face_for(face, text), max(8, round(width * 0.8 / len(text))))
    height = round(font.size * 1.5)
    image = Image.new("L", (width, height), 0)
    board = ImageDraw.Draw(image)
    board.rectangle((2, 2, width - 3, height - 3), outline=255, width=max(3, width // 50))
    board.text((width / 2, height / 2), text, font=font, fill=255, anchor="mm")
    turned = image.rotate(dice.real(-22, 22), resample=Image.Resampling.BICUBIC, expand=True)
    return _worn(turned, dice)


def seal_red(dice: Dice) -> Colour:
    """A red between vermilion and old brick."""
    return (dice.whole(195, 235), dice.whole(25, 75), dice.whole(30, 80))


def _rim_text(image: Image.Image, text: str, face: Typeface, diameter: int) -> None:
    letter = max(6, round(min(diameter * 0.135, diameter * 2.35 / max(8, len(text)) * 0.75)))
    font = load(face_for(face, text), letter)
    span = min(280.0, 25.0 * len(text))
    centre, radius = image.width / 2, diameter * 0.5 - letter * 0.78
    for number, character in enumerate(text):
        angle = -span / 2 + span * number / max(1, len(text) - 1)
        tile = Image.new("L", (letter * 2, letter * 2), 0)
        ImageDraw.Draw(tile).text((letter, letter), character, font=font, fill=255, anchor="mm")
        tile = tile.rotate(-angle, resample=Image.Resampling.BICUBIC)
        x = centre + radius * np.sin(np.radians(angle)) - letter
        y = centre - radius * np.cos(np.radians(angle)) - letter
        image.paste(255, (round(x), round(y)), tile)


def _star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    corners = []
    for number in range(10):
        reach = radius if number % 2 == 0 else radius * 0.382
        angle = np.pi * number / 5
        corners.append((x + reach * np.sin(angle), y - reach * np.cos(angle)))
    return corners


def _worn(image: Image.Image, dice: Dice) -> Cover:
    """Uneven ink: grain, pale patches and a general strength."""
    clean: Cover = np.asarray(image, dtype=np.float32) / np.float32(255)
    height, width = clean.shape
    patches = dice.rng.uniform(0.5, 1.15, (6, 6)).astype(np.float32)
    even = cv2.resize(patches, (width, height), interpolation=cv2.INTER_CUBIC)
    grain = dice.rng.uniform(0.72, 1.0, clean.shape).astype(np.float32)
    soft = cv2.GaussianBlur(clean * even * grain, (0, 0), max(0.5, width / 420))
    return np.asarray(np.clip(soft * dice.real(0.55, 0.95), 0, 1), dtype=np.float32)


def thumb_print(height: int, dice: Dice) -> Cover:
    """The print of a finger: an oval of ridges."""
    width = round(height * 0.72)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    u, v = (x - width / 2) / (width / 2), (y - height * 0.45) / (height / 2)
    wave = dice.rng.normal(0, 0.35, (4, 4)).astype(np.float32)
    bend = cv2.resize(wave, (width, height), interpolation=cv2.INTER_CUBIC)
    ridges = 0.5 + 0.5 * np.sin((np.hypot(u, v * 0.8) * 9 + bend) * 2 * np.pi)
    inside = np.clip((1 - np.hypot(u, v)) * 6, 0, 1)
    return np.asarray(ridges * inside * dice.real(0.5, 0.8), dtype=np.float32)
