"""An upright picture with its lines of text, each read at most once and only when asked for."""

from typing import Final

from models.document import Quad
from tasks.reading.crops import cut_line
from tasks.reading.decode import Pixels
from tasks.reading.engines.text_boxes import from_upper_left
from tasks.reading.engines.text_reader import Recognised, TextLine, TextReader
from tasks.reading.level import Box, Matrix, level_matrix, place
from tasks.reading.orient import is_upside_down, lies_on_its_side, sample_lines
from tasks.reading.turned import turn_image, turn_quad

LINE_HEIGHT: Final = 48


class Sheet:
    """Lines found once, read on demand. Belongs to one thread, like its reader."""

    def __init__(
        self,
        image: Pixels,
        quads: tuple[Quad, ...],
        reader: TextReader,
        *,
        rotation: int = 0,
        known: dict[int, Recognised] | None = None,
    ) -> None:
        """Hold an upright picture.

        Args:
            image: Text runs from left to right on it.
            quads: Its lines, each from the text's upper left.
            reader: Reads them.
            rotation: The clockwise turn that made it upright, degrees.
            known: Lines that are read already, by index.
        """
        self.image = image
        self.quads = quads
        self.rotation = rotation
        self._reader = reader
        self._read: dict[int, Recognised] = dict(known or {})
        size = (image.shape[1], image.shape[0])
        self.matrix: Matrix = level_matrix(quads, size)
        self.boxes: tuple[Box, ...] = tuple(place(quad, self.matrix) for quad in quads)

    def line(self, index: int) -> TextLine:
        """A line, read now if it was not before."""
        if index not in self._read:
            crop = cut_line(self.image, self.quads[index], LINE_HEIGHT)
            (self._read[index],) = self._reader.recognise((crop,))
        return TextLine(self.quads[index], self._read[index])

    def known(self) -> dict[int, TextLine]:
        """The lines that have been read so far, by index."""
        return {i: TextLine(self.quads[i], read) for i, read in sorted(self._read.items())}

    def reread(self, quad: Quad, border: float) -> Recognised:
        """Read a place again with more of its surroundings (a share of the line's height)."""
        crop = cut_line(self.image, quad, LINE_HEIGHT, border=border)
        (again,) = self._reader.recognise((crop,))
        return again


def open_sheet(image: Pixels, reader: TextReader) -> Sheet:
    """Find the lines of a picture and turn it upright."""
    quads = reader.locate(image)
    if quads is None:
        lines = reader.lines(image)
        known = {i: line.recognised for i, line in enumerate(lines)}
        return Sheet(image, tuple(line.quad for line in lines), reader, known=known)
    rotation = 0
    if lies_on_its_side(quads):
        image, quads, rotation = *_turned(image, quads, 90), 90
    return _upright(Sheet(image, quads, reader, rotation=rotation), reader)


def _upright(sheet: Sheet, reader: TextReader) -> Sheet:
    sample = sample_lines(sheet.quads)
    if not is_upside_down(sheet.image, tuple(sheet.line(i) for i in sample), reader):
        return sheet
    image, quads = _turned(sheet.image, sheet.quads, 180)
    return Sheet(image, quads, reader, rotation=sheet.rotation + 180)


def _turned(
    image: Pixels, quads: tuple[Quad, ...], degrees: int
) -> tuple[Pixels, tuple[Quad, ...]]:
    size = (image.shape[1], image.shape[0])
    moved = tuple(from_upper_left(turn_quad(quad, degrees, size)) for quad in quads)
    return turn_image(image, degrees), moved
