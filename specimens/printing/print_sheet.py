"""The drawing board: paper in millimetres, pre-printed matter, later ink, seals on top."""

from typing import Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from specimens.printing.typefaces import Typeface, face_for, load

Pixels = NDArray[np.uint8]
"""An image, height x width x 3, in the order blue, green, red."""
Corners = NDArray[np.float64]
"""Four corners (x, y), clockwise from the text's upper left, in pixels."""
Floats = NDArray[np.float32]
Colour = tuple[int, int, int]
"""Red, green, blue, 0 to 255."""

BLACK: Final[Colour] = (25, 25, 28)


class Pen(NamedTuple):
    """How to write.

    Attributes:
        face: Typeface; one that holds the text is taken where this one does not.
        size: Character height in millimetres.
        colour: Of pre-printed matter; ink takes the press's colour.
        spacing: Extra room after each character, millimetres.
    """

    face: Typeface
    size: float
    colour: Colour = BLACK
    spacing: float = 0.0


class Press(NamedTuple):
    """How the values came onto the form.

    Attributes:
        kind: "laser", "dot" (needle printer), "worn" (tired ribbon) or "heavy" (too much ink).
        colour: Of the ink.
        strength: 0.3 (hardly there) to 1.
        shift: How far the whole print wandered, millimetres right and down.
        angle: How far the form went in askew, degrees.
    """

    kind: str = "laser"
    colour: Colour = BLACK
    strength: float = 0.95
    shift: tuple[float, float] = (0.0, 0.0)
    angle: float = 0.0


class PrintSheet:
    """A page under construction; `scale` is pixels a millimetre."""

    def __init__(self, width: float, height: float, scale: float, paper: Pixels | Colour) -> None:
        """Start from a background picture of the right size, or from plain paper."""
        self.width, self.height, self.scale = width, height, scale
        size = (round(width * scale), round(height * scale))
        if isinstance(paper, tuple):
            self.page = Image.new("RGB", size, paper)
        else:
            self.page = Image.fromarray(paper[:, :, ::-1]).resize(size)
        self.draw = ImageDraw.Draw(self.page)
        self.ink = Image.new("L", size, 0)
        self._ink_draw = ImageDraw.Draw(self.ink)
        self.quads: dict[str, Corners] = {}
        self._inked: set[str] = set()

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
        """Write a line whose middle stands at y; the end in millimetres.

        Args:
            x: Left end, millimetres.
            y: Middle of the line, millimetres.
            text: What to write; an empty text leaves no mark.
            pen: How.
            field: Remember the place under this name.
            ink: Put it into the ink layer, which the press shifts and wears, not onto the form.
        """
        pixels = max(6, round(pen.size * self.scale))
        font = load(face_for(pen.face, text), pixels)
        at, middle = x * self.scale, y * self.scale
        board = self._ink_draw if ink else self.draw
        fill = 255 if ink else pen.colour
        baseline = middle + 0.36 * pixels
        step = pen.spacing * self.scale
        if step:
            for character in text:
                board.text((at, baseline), character, font=font, fill=fill, anchor="ls")
                at += font.getlength(character) + step
        else:
            board.text((at, baseline), text, font=font, fill=fill, anchor="ls")
            at += font.getlength(text)
        if field and text:
            self._remember(field, x * self.scale, at - step, middle, 0.56 * pixels)
            if ink:
                self._inked.add(field)
        return at / self.scale

    def measure(self, text: str, pen: Pen) -> float:
        """Length of a text in millimetres."""
        font = load(face_for(pen.face, text), max(6, round(pen.size * self.scale)))
        return font.getlength(text) / self.scale + pen.spacing * len(text)

    def fit(self, text: str, pen: Pen, room: float) -> Pen:
        """The pen, made smaller until a text fits into a width in millimetres."""
        length = self.measure(text, pen)
        if length <= room:
            return pen
        shrink = room / length
        return pen._replace(size=pen.size * shrink, spacing=pen.spacing * shrink)

    def paragraph(
        self,
        x: float,
        y: float,
        text: str,
        pen: Pen,
        *,
        room: float,
        leading: float,
        field: str | None = None,
        ink: bool = False,
    ) -> float:
        """Write a text over as many lines as it needs; y of the next line, millimetres."""
        boxes = []
        for line in self.wrap(text, pen, room):
            self.write(x, y, line, pen, field=field, ink=ink)
            if field and line:
                boxes.append(self.quads[field])
            y += leading
        if field and boxes:
            spots = np.concatenate(boxes)
            (left, top), (right, bottom) = spots.min(0), spots.max(0)
            self.quads[field] = _box(left, top, right, bottom)
        return y

    def wrap(self, text: str, pen: Pen, room: float) -> list[str]:
        """Break a text into lines of at most this many millimetres."""
        lines, line = [], ""
        for character in text:
            if line and self.measure(line + character, pen) > room:
                lines.append(line)
                line = ""
            line += character
        return [*lines, line] if line else lines

    def line(
        self, x1: float, y1: float, x2: float, y2: float, colour: Colour, width: float
    ) -> None:
        """A rule; all in millimetres."""
        s = self.scale
        self.draw.line(
            (x1 * s, y1 * s, x2 * s, y2 * s), fill=colour, width=max(1, round(width * s))
        )

    def frame(self, x: float, y: float, w: float, h: float, colour: Colour, width: float) -> None:
        """A rectangle's outline; all in millimetres."""
        s = self.scale
        self.draw.rectangle(
            (x * s, y * s, (x + w) * s, (y + h) * s), outline=colour, width=max(1, round(width * s))
        )

    def picture(self, x: float, y: float, w: float, h: float, image: Pixels) -> None:
        """Paste a picture into a rectangle in millimetres."""
        s = self.scale
        size = (round(w * s), round(h * s))
        scaled = Image.fromarray(image[:, :, ::-1]).resize(size, Image.Resampling.LANCZOS)
        self.page.paste(scaled, (round(x * s), round(y * s)))

    def press_ink(self, press: Press, rng: np.random.Generator) -> None:
        """Bring the ink layer onto the page, worn and wandered as the press does it."""
        raw: Floats = np.asarray(self.ink, dtype=np.float32) / np.float32(255)
        centre = (self.page.width / 2, self.page.height / 2)
        turn = np.asarray(cv2.getRotationMatrix2D(centre, press.angle, 1.0), dtype=np.float64)
        turn[:, 2] += np.array(press.shift, dtype=np.float64) * self.scale
        moved = np.asarray(cv2.warpAffine(raw, turn, self.page.size), dtype=np.float32)
        mask = _wear(moved, press, self.scale, rng) * np.float32(press.strength)
        page: Floats = np.asarray(self.page, dtype=np.float32)
        page = page + (np.array(press.colour, dtype=np.float32) - page) * mask[:, :, None]
        self.page = Image.fromarray(np.clip(page, 0, 255).astype(np.uint8))
        self.draw = ImageDraw.Draw(self.page)
        for field in self._inked:
            spots = np.hstack((self.quads[field], np.ones((4, 1))))
            self.quads[field] = spots @ turn.T
        self._inked.clear()
        self.ink = Image.new("L", self.page.size, 0)
        self._ink_draw = ImageDraw.Draw(self.ink)

    def stamp(self, x: float, y: float, cover: NDArray[np.float32], colour: Colour) -> None:
        """Stamp a seal (cover 0 to 1) centred at a place in millimetres; what is below shows."""
        page = np.array(self.page, dtype=np.float32)
        height, width = cover.shape
        left, top = round(x * self.scale - width / 2), round(y * self.scale - height / 2)
        x0, y0 = max(left, 0), max(top, 0)
        x1, y1 = min(left + width, page.shape[1]), min(top + height, page.shape[0])
        if x0 >= x1 or y0 >= y1:
            return
        part = cover[y0 - top : y1 - top, x0 - left : x1 - left, None]
        tint = np.array(colour, dtype=np.float32) / 255
        page[y0:y1, x0:x1] *= 1 - part * (1 - tint)
        self.page = Image.fromarray(page.astype(np.uint8))
        self.draw = ImageDraw.Draw(self.page)

    def finish(self) -> Pixels:
        """The page as an image."""
        return np.ascontiguousarray(np.asarray(self.page)[:, :, ::-1])

    def _remember(self, field: str, left: float, right: float, middle: float, half: float) -> None:
        self.quads[field] = _box(left, middle - half, right, middle + half)


def _box(left: float, top: float, right: float, bottom: float) -> Corners:
    return np.array([(left, top), (right, top), (right, bottom), (left, bottom)], dtype=np.float64)


def _wear(
    mask: NDArray[np.float32], press: Press, scale: float, rng: np.random.Generator
) -> NDArray[np.float32]:
    if press.kind == "dot":
        return _needles(mask, scale, rng)
    if press.kind == "heavy":
        size = max(2, round(0.09 * scale))
        grown = cv2.dilate(mask, np.ones((size, size), np.uint8))
        return cv2.GaussianBlur(grown, (0, 0), 0.05 * scale).astype(np.float32)
    if press.kind == "worn":
        small = rng.uniform(0.45, 1.1, (max(2, mask.shape[0] // 60), max(2, mask.shape[1] // 90)))
        patches = cv2.resize(small.astype(np.float32), (mask.shape[1], mask.shape[0]))
        return np.asarray(np.clip(mask * patches, 0, 1), dtype=np.float32)
    return mask


def _needles(
    mask: NDArray[np.float32], scale: float, rng: np.random.Generator
) -> NDArray[np.float32]:
    """A needle printer's dots: the glyph seen through a grid, with the odd weak needle."""
    pitch = max(2.2, 0.19 * scale)
    rows = np.arange(mask.shape[0], dtype=np.float32)
    columns = np.arange(mask.shape[1], dtype=np.float32)
    count = max(mask.shape[0] // round(pitch), int(mask.shape[0] // pitch)) + 2
    needle = rng.uniform(0.75, 1.0, count).astype(np.float32)
    weak = needle[(rows // pitch).astype(int)]
    grid = (0.66 + 0.34 * np.cos(rows * 2 * np.pi / pitch))[:, None] * (
        0.78 + 0.22 * np.cos(columns * 2 * np.pi / pitch)
    )[None, :]
    fat = cv2.dilate(mask, np.ones((2, 2), np.uint8))
    dots = fat * grid * weak[:, None] * 1.3
    soft = cv2.GaussianBlur(dots, (0, 0), 0.025 * scale)
    return np.asarray(np.clip(soft, 0, 1), dtype=np.float32)
