"""Writing by hand: no two characters alike, no two lines level, in pen ink.

The typefaces are printed ones; what makes a hand of them is that every single character is slanted,
stretched, turned and bent anew, that the line climbs and sinks, and that the ink is uneven.
"""

from typing import Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from specimens.dice import Dice
from specimens.printing.print_sheet import Colour, Floats, Pen, PrintSheet
from specimens.printing.typefaces import StyleSet, Typeface, face_for, load, pick_typeface

INKS: Final[tuple[Colour, ...]] = ((25, 25, 30), (30, 30, 45), (25, 40, 105), (35, 55, 140))


class Hand(NamedTuple):
    """One person's way of writing.

    Attributes:
        face: What the strokes start from.
        colour: Of the ink.
        slant: Sideways lean of every character, share of its height.
        unrest: How much characters differ from each other, 0.5 (tidy) to 1.5 (hasty).
        weight: Thickness of the strokes, share of the character's height.
    """

    face: Typeface
    colour: Colour
    slant: float
    unrest: float
    weight: float


def invent_hand(style_set: StyleSet, dice: Dice) -> Hand:
    """Somebody's hand."""
    return Hand(
        pick_typeface(("kai",), style_set, dice),
        dice.pick(INKS),
        dice.real(-0.10, 0.28),
        dice.real(0.7, 1.4),
        dice.real(0.02, 0.05),
    )


def write_by_hand(
    sheet: PrintSheet,
    x: float,
    y: float,
    text: str,
    hand: Hand,
    size: float,
    dice: Dice,
    *,
    field: str | None = None,
) -> float:
    """Write a line by hand onto the page; where it ends, millimetres.

    Args:
        sheet: The page.
        x: Left end, millimetres.
        y: Middle of the line, millimetres.
        text: What to write.
        hand: Whose hand.
        size: Character height, millimetres.
        dice: Chance: the same character never comes out twice alike.
        field: Remember the place under this name.
    """
    climb, wander = dice.sway(0.02), 0.0
    start, at = x, x
    for character in text:
        wander = 0.6 * wander + dice.sway(0.05 * hand.unrest)
        middle = y - climb * (at - start) + wander * size
        at += _one(sheet, at, middle, character, hand, size, dice)
    if field and text:
        half = 0.62 * size * sheet.scale
        left, right, height = start * sheet.scale, at * sheet.scale, y * sheet.scale
        sheet.quads[field] = np.array(
            [
                (left, height - half),
                (right, height - half),
                (right, height + half),
                (left, height + half),
            ],
            dtype=np.float64,
        )
    return at


def _one(
    sheet: PrintSheet, x: float, y: float, character: str, hand: Hand, size: float, dice: Dice
) -> float:
    """One character; how far the pen moves on, millimetres."""
    tall = size * (1 + dice.sway(0.07 * hand.unrest))
    pixels = max(8, round(tall * sheet.scale))
    font = load(face_for(hand.face, character), pixels)
    tile = 2 * pixels
    image = Image.new("L", (tile, tile), 0)
    ImageDraw.Draw(image).text((tile / 2, tile / 2), character, font=font, fill=255, anchor="mm")
    ink = _bent(np.asarray(image, dtype=np.float32) / np.float32(255), hand, pixels, dice)
    left = x * sheet.scale + font.getlength(character) / 2 - tile / 2
    mask = Image.fromarray((ink * 255).astype(np.uint8))
    at = (round(left), round(y * sheet.scale - tile / 2))
    sheet.page.paste(Image.new("RGB", mask.size, hand.colour), at, mask)
    sheet.draw = ImageDraw.Draw(sheet.page)
    return font.getlength(character) / sheet.scale * (1.02 + dice.sway(0.06 * hand.unrest))


def _bent(shape: Floats, hand: Hand, pixels: int, dice: Dice) -> NDArray[np.float32]:
    """The character leaned, turned, stretched, bent by a slow field, with a pen's even stroke."""
    size = shape.shape[0]
    turn = np.radians(dice.sway(4.0 * hand.unrest))
    lean = hand.slant + dice.sway(0.06 * hand.unrest)
    wide = 1 + dice.sway(0.08 * hand.unrest)
    matrix = np.array(
        [[wide * np.cos(turn), -np.sin(turn) - lean], [np.sin(turn), np.cos(turn)]], np.float32
    )
    half = size / 2
    offset = np.array([half, half], np.float32) - matrix @ np.array([half, half], np.float32)
    moved = cv2.warpAffine(shape, np.hstack((matrix, offset[:, None])), (size, size))
    coarse = dice.rng.normal(0, 0.032 * hand.unrest * pixels, (2, 5, 5)).astype(np.float32)
    dx, dy = (cv2.resize(part, (size, size), interpolation=cv2.INTER_CUBIC) for part in coarse)
    grid_y, grid_x = np.mgrid[0:size, 0:size].astype(np.float32)
    warped = cv2.remap(moved, grid_x + dx, grid_y + dy, cv2.INTER_LINEAR)
    thick = cv2.GaussianBlur(warped, (0, 0), max(0.6, hand.weight * pixels * 0.7))
    level = dice.real(0.30, 0.42)
    stroke = np.clip((thick - level) * 5 + 0.5, 0, 1)
    pressure = cv2.resize(dice.rng.uniform(0.72, 1.0, (4, 4)).astype(np.float32), (size, size))
    return np.asarray(stroke * pressure, dtype=np.float32)


class PenSheet(PrintSheet):
    """A form whose values are written into it by hand instead of printed."""

    hand: Hand
    dice: Dice

    @classmethod
    def of(cls, form: PrintSheet, hand: Hand, dice: Dice) -> "PenSheet":
        """The same form, to be filled in by somebody."""
        sheet = cls.__new__(cls)
        sheet.__dict__.update(form.__dict__)
        sheet.hand, sheet.dice = hand, dice
        return sheet

    def write(
        self,
        x: float,
        y: float,
        text: str,
        pen: Pen,
        *,
        field: str | None = None,
        ink: bool = False,
    ) -> float:
        """What would be printed into the form is written; what belongs to the form is printed."""
        if not ink:
            return super().write(x, y, text, pen, field=field)
        return write_by_hand(self, x, y, text, self.hand, pen.size * 1.08, self.dice, field=field)
