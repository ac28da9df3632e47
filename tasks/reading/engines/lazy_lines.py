"""An upright picture with its lines of text, each read at most once and only when asked for."""

from typing import Final

import cv2
import numpy as np

from models.reading.document import Quad
from tasks.reading.engines.text_boxes import from_upper_left
from tasks.reading.engines.text_reader import Recognised, TextLine, TextReader
from tasks.reading.files.decode import Pixels
from tasks.reading.image.line_crops import cut_line, even_contrast, reduced, scaled_quad
from tasks.reading.image.noise import without_grain
from tasks.reading.image.orient import is_upside_down, lies_on_its_side, longest_lines, sample_lines
from tasks.reading.image.quarter_turns import turn_image, turn_quad
from tasks.reading.image.rectify import Box, Matrix, level_matrix, place
from tasks.reading.marks.seals import SealTint, paper_tint, without_red

LINE_HEIGHT: Final = 48
LONG_SIDE: Final = 768  # on which lines are found; they are read at full size


class PageLines:
    """Lines found once, read on demand. Belongs to one thread, like its reader."""

    def __init__(
        self,
        image: Pixels,
        quads: tuple[Quad, ...],
        reader: TextReader,
        *,
        small: Pixels | None = None,
        legible: Pixels | None = None,
        rotation: int = 0,
        tint: SealTint | None = None,
        known: dict[int, Recognised] | None = None,
    ) -> None:
        """Hold an upright picture.

        Args:
            image: Text runs from left to right on it.
            quads: Its lines, each from the text's upper left.
            reader: Reads them.
            small: The same picture, reduced, where it is at hand.
            legible: The same picture without grain, where it is at hand.
            rotation: The clockwise turn that made it upright, degrees.
            tint: The paper's own, when red ink is to be faded before a line is read.
            known: Lines that are read already, by index.
        """
        self.image = image
        self.small = small if small is not None else reduced(image, LONG_SIDE)
        self.quads = quads
        self.rotation = rotation
        self.tint = tint
        self._legible = legible if legible is not None else without_grain(image)
        self._reader = reader
        self._read: dict[int, Recognised] = dict(known or {})
        self.matrix: Matrix = level_matrix(quads, (image.shape[1], image.shape[0]))
        self.boxes: tuple[Box, ...] = tuple(place(quad, self.matrix) for quad in quads)

    @property
    def small_quads(self) -> tuple[Quad, ...]:
        """The lines in pixels of the reduced picture."""
        scale = self.small.shape[1] / self.image.shape[1]
        return tuple(scaled_quad(quad, scale) for quad in self.quads)

    def line(self, index: int) -> TextLine:
        """A line, read now if it was not before."""
        if index not in self._read:
            self._read[index] = self.reread(self.quads[index])
        return TextLine(self.quads[index], self._read[index])

    def known(self) -> dict[int, TextLine]:
        """The lines that have been read so far, by index."""
        return {i: TextLine(self.quads[i], read) for i, read in sorted(self._read.items())}

    def reread(self, quad: Quad, *, border: float = 0.0, stretch: float = 1.0) -> Recognised:
        """Read a place anew, with more of its surroundings or drawn wider; see `cut_line`."""
        crop = cut_line(self._legible, quad, LINE_HEIGHT, border=border, stretch=stretch)
        if self.tint is not None:
            crop = without_red(crop, self.tint)
        (read,) = self._reader.recognise((crop,))
        return read

    def find_in(self, quad: Quad, height: int) -> tuple[Quad, ...]:
        """The lines in a part of the picture, looked for at another size, faint ones too.

        Args:
            quad: The part.
            height: What its height becomes, pixels.
        """
        crop = cut_line(self._legible, quad, height)
        if self.tint is not None:
            crop = without_red(crop, self.tint)
        crop = even_contrast(crop)
        high, wide = crop.shape[:2]
        corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
        back = np.asarray(
            cv2.getPerspectiveTransform(corners, np.asarray(quad, np.float32)), np.float64
        )
        return tuple(_moved(found, back) for found in self._reader.locate(crop) or ())

    def turned(self, degrees: int) -> "PageLines":
        """The same lines, unread, on the picture turned clockwise."""
        size = (self.image.shape[1], self.image.shape[0])
        quads = tuple(from_upper_left(turn_quad(quad, degrees, size)) for quad in self.quads)
        return PageLines(
            turn_image(self.image, degrees),
            quads,
            self._reader,
            small=turn_image(self.small, degrees),
            legible=turn_image(self._legible, degrees),
            rotation=(self.rotation + degrees) % 360,
            tint=self.tint,
        )


def open_sheet(
    image: Pixels, reader: TextReader, *, fade_red: bool = True, within: Quad | None = None
) -> PageLines:
    """Find the lines of a picture and turn it upright.

    Args:
        image: As uploaded, EXIF applied.
        reader: Finds and reads.
        within: Only lines whose middle lies here are of interest, in pixels of `image`.
        fade_red: Whether red ink is faded, so that seals neither hide nor imitate text.
    """
    legible = without_grain(image)
    small = reduced(legible, LONG_SIDE)
    scale = small.shape[1] / image.shape[1]
    tint = paper_tint(small) if fade_red else None
    found = reader.locate(small if tint is None else without_red(small, tint))
    if found is None:
        lines = tuple(line for line in reader.lines(image) if lies_within(line.quad, within))
        known = {i: line.recognised for i, line in enumerate(lines)}
        return PageLines(
            image, tuple(line.quad for line in lines), reader, small=small, known=known
        )
    quads = tuple(scaled_quad(quad, 1 / scale) for quad in found)
    quads = tuple(quad for quad in quads if lies_within(quad, within))
    sheet = PageLines(image, quads, reader, small=small, legible=legible, tint=tint)
    if lies_on_its_side(sheet.quads):
        sheet = sheet.turned(90)
    sample = tuple(sheet.line(i) for i in sample_lines(sheet.quads))
    upside_down = is_upside_down(
        sheet.image,
        sample,
        reader,
        lambda: tuple(sheet.line(i) for i in longest_lines(sheet.quads)),
    )
    return sheet.turned(180) if upside_down else sheet


def lies_within(quad: Quad, area: Quad | None) -> bool:
    """Whether the middle of a quad lies in an area; everything does in no area."""
    if area is None:
        return True
    middle = np.asarray(quad, dtype=np.float64).mean(axis=0)
    outline = np.asarray(area, dtype=np.float32)
    at = (float(middle[0]), float(middle[1]))
    return cv2.pointPolygonTest(outline, at, measureDist=False) >= 0


def _moved(quad: Quad, matrix: Matrix) -> Quad:
    points = cv2.perspectiveTransform(np.array([quad], np.float64), matrix)[0]
    a, b, c, d = ((float(x), float(y)) for x, y in points)
    return a, b, c, d
